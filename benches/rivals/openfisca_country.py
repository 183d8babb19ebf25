"""The rules of procedure.tthc as a country package of OpenFisca.

Amounts stand in the formulas, not in dated parameter files: that is less than a real package has, and faster.
"""

from numpy import minimum, select
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Case = build_entity(key="case", plural="cases", label="One dossier", is_person=True)


class Matters(Enum):
    first = "First licence"
    reissue = "Lost licence"
    change = "Change of name"
    extension = "Extension"
    adjustment = "Adjustment"


class Channels(Enum):
    in_person = "In person"
    online = "Online"
    post = "By public post"


def variable(name, value_type, **rest):
    """A class for OpenFisca, which reads attributes from the class itself and not from its parents."""
    common = {"value_type": value_type, "entity": Case, "definition_period": DateUnit.MONTH}
    return type(name, (Variable,), {**common, **rest})


FACTS = [
    variable("matter", Enum, possible_values=Matters, default_value=Matters.first),
    variable("poor", bool),
    variable("copies", int),
    variable("channel", Enum, possible_values=Channels, default_value=Channels.in_person),
]
RESULTS = []


def result(value_type):
    """Makes a variable of the formula it decorates."""
    return lambda formula: RESULTS.append(variable(formula.__name__, value_type, formula=formula))


@result(bool)
def application(case, period):
    return case("channel", period) != Channels.online


@result(bool)
def e_form(case, period):
    return case("channel", period) == Channels.online


@result(bool)
def old_licence(case, period):
    matter = case("matter", period)
    return (matter == Matters.change) + (matter == Matters.extension) + (matter == Matters.adjustment)


@result(bool)
def loss_report(case, period):
    return case("matter", period) == Matters.reissue


@result(bool)
def photos(case, period):
    matter = case("matter", period)
    offline = case("channel", period) != Channels.online
    return (matter == Matters.first) + (matter == Matters.reissue) * offline


@result(bool)
def certificate(case, period):
    return case("poor", period) * (case("matter", period) != Matters.extension)


@result(bool)
def site_plan(case, period):
    return (case("matter", period) == Matters.first) * (case("copies", period) > 50)


@result(bool)
def envelope(case, period):
    copies = case("copies", period)
    some = (copies >= 20) * (copies <= 50) * ~case("poor", period)
    return (case("channel", period) == Channels.post) + some


@result(int)
def deadline(case, period):
    matter = case("matter", period)
    reissue = matter == Matters.reissue
    return select(
        [
            reissue * (case("channel", period) == Channels.online),
            reissue,
            (matter == Matters.change) + (matter == Matters.extension),
            (matter == Matters.adjustment) * (case("copies", period) > 100),
        ],
        [3, 5, 7, 15],
        10,
    )


@result(int)
def charge(case, period):
    matter = case("matter", period)
    copies = case("copies", period)
    poor = case("poor", period)
    online = case("channel", period) == Channels.online
    reissue = matter == Matters.reissue
    small = (matter == Matters.change) + (matter == Matters.extension)
    return select(
        [reissue * poor, reissue, small * ~online, small * poor, small],
        [20_000, minimum(50_000 + 2_000 * copies, 150_000), 80_000, 0, 60_000],
        minimum(120_000 + 3_000 * copies, 300_000),
    )


@result(int)
def fee(case, period):
    online = case("channel", period) == Channels.online
    return select([online, case("poor", period)], [15_000, 0], 30_000)


class CountryTaxBenefitSystem(TaxBenefitSystem):
    """The name by which OpenFisca finds a country."""

    def __init__(self):
        super().__init__([Case])
        self.parameters = ParameterNode("", data={})  # the test runner wants it, even empty
        self.add_variables(*FACTS, *RESULTS)
