"""A reader of the FEEL that generated files hold: literals, names, paths, lists, ranges, comparisons, between, in, and / or /
not() with three-valued logic, arithmetic, if-then-else, a few functions, and the unary tests of decision tables.

Numbers are exact, as the standard's decimals are as good as. It is written apart from feelin (which the Node judges use), so that two readers must agree on every expression.
Anything it does not know is an error, never a guess.
"""
import datetime as dt
import math
import re
from fractions import Fraction
from functools import lru_cache

TOKEN = re.compile(r'''\s*(?:
    (?P<num>\d+(?:\.\d+)?|\.\d+) | (?P<str>"(?:[^"\\]|\\.)*") | (?P<op>\.\.|!=|<=|>=|\*\*|[-+*/=<>()\[\],.?{}:])
    | (?P<name>[^\W\d]\w*))''', re.X)
ESCAPE = {'n': '\n', 't': '\t', 'r': '\r'}
NUMBER = (int, float, Fraction)
KEYWORDS = {'if', 'then', 'else', 'and', 'or', 'in', 'between'}


class FeelError(Exception):
    pass


class Range:
    def __init__(self, low, high, closed_low, closed_high):
        self.low, self.high, self.cl, self.ch = low, high, closed_low, closed_high

    def has(self, v):
        return both(order('>=' if self.cl else '>', v, self.low), order('<=' if self.ch else '<', v, self.high))


def kind(v):
    return ('null' if v is None else 'boolean' if isinstance(v, bool) else 'number' if isinstance(v, NUMBER) else
            type(v).__name__)


def both(a, b):
    return False if a is False or b is False else True if a is True and b is True else None


def either(a, b):
    return True if a is True or b is True else False if a is False and b is False else None


def exact(v):
    """A binary fraction as the decimal that was written."""
    return Fraction(repr(v)) if isinstance(v, float) else v


def plain(v):
    """A value as JSON holds it."""
    if isinstance(v, Fraction):
        return int(v) if v.denominator == 1 else float(v)
    return [plain(i) for i in v] if isinstance(v, list) else v


def equal(a, b):
    if a is None or b is None:
        return a is b
    return exact(a) == exact(b) if kind(a) == kind(b) else None


def order(op, a, b):
    if a is None or b is None or kind(a) != kind(b) or isinstance(a, (bool, list, dict)):
        return None
    a, b = exact(a), exact(b)
    return {'<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b}[op]


def arithmetic(op, a, b):
    if op == '+' and isinstance(a, str) and isinstance(b, str):
        return a + b
    if kind(a) != 'number' or kind(b) != 'number' or op == '/' and b == 0:
        return None
    a, b = Fraction(exact(a)), Fraction(exact(b))
    return {'+': lambda: a + b, '-': lambda: a - b, '*': lambda: a * b, '/': lambda: a / b}[op]()


def flat(args):
    return args[0] if len(args) == 1 and isinstance(args[0], list) else list(args)


def on_numbers(f):
    """Of some numbers; nothing where one of them is none, or there are none."""
    def g(*args):
        items = flat(args)
        return f(map(exact, items)) if items and all(kind(i) == 'number' for i in items) else None
    return g


def best(f):
    """The least or greatest of values of one kind."""
    def g(*args):
        items = flat(args)
        return f(map(exact, items)) if len({kind(i) for i in items}) == 1 and kind(items[0]) in ('number', 'str', 'date') else None
    return g


def rounded(f):
    return lambda v: f(exact(v)) if kind(v) == 'number' else None


def contains(items, v):
    return any(equal(i, v) is True for i in items) if isinstance(items, list) else None


def negate(v):
    return (not v) if isinstance(v, bool) else None


def on_text(f):
    return lambda *a: f(*a) if all(isinstance(x, str) for x in a) else None


def parsed(f):
    def g(s):
        try:
            return f(s)
        except (TypeError, ValueError):
            return None
    return g


FUNCTIONS = {
    'not': negate, 'list contains': contains,
    'contains': on_text(lambda a, b: b in a), 'starts with': on_text(str.startswith), 'ends with': on_text(str.endswith),
    'string length': on_text(len), 'upper case': on_text(str.upper), 'lower case': on_text(str.lower),
    'count': lambda v: len(v) if isinstance(v, list) else None, 'sum': on_numbers(sum), 'min': best(min), 'max': best(max),
    'floor': rounded(math.floor), 'ceiling': rounded(math.ceil),
    'date': parsed(dt.date.fromisoformat), 'date and time': parsed(dt.datetime.fromisoformat),
    'is defined': lambda v: v is not None,
}


def tokens(text):
    out, i = [], 0
    while text[i:].strip():
        m = TOKEN.match(text, i)
        if not m:
            raise FeelError(f'cannot read {text[i:]!r}')
        out.append((m.lastgroup, m[m.lastgroup]))
        i = m.end()
    return out


class Parser:
    """Turns text into a function of the variables. '?' (the value under test) is the variable named '?'."""

    def __init__(self, text):
        self.text, self.toks, self.i, self.asks = text, tokens(text), 0, False

    def peek(self, *values):
        return self.i < len(self.toks) and self.toks[self.i][0] != 'str' and self.toks[self.i][1] in values

    def take(self, *values):
        if self.peek(*values):
            self.i += 1
            return self.toks[self.i - 1][1]
        return None

    def need(self, value):
        if not self.take(value):
            raise FeelError(f'{value!r} expected in {self.text!r}')

    def whole(self, rule):
        f = rule()
        if self.i != len(self.toks):
            raise FeelError(f'cannot read {self.toks[self.i][1]!r} in {self.text!r}')
        return f

    def expression(self):
        if self.take('if'):
            c = self.expression()
            self.need('then')
            a = self.expression()
            self.need('else')
            b = self.expression()
            return lambda v: a(v) if c(v) is True else b(v)
        f = self.conjunction()
        while self.take('or'):
            f = (lambda l, r: lambda v: either(l(v), r(v)))(f, self.conjunction())
        return f

    def conjunction(self):
        f = self.comparison()
        while self.take('and'):
            f = (lambda l, r: lambda v: both(l(v), r(v)))(f, self.comparison())
        return f

    def comparison(self):
        a = self.sum()
        op = self.take('=', '!=', '<', '<=', '>', '>=')
        if op:
            b = self.sum()
            if op == '=':
                return lambda v: equal(a(v), b(v))
            if op == '!=':
                return lambda v: negate(equal(a(v), b(v)))
            return lambda v: order(op, a(v), b(v))
        if self.take('between'):
            low = self.sum()
            self.need('and')
            high = self.sum()
            return lambda v: Range(low(v), high(v), True, True).has(a(v))
        if self.take('in'):
            start = self.i
            if self.take('('):
                try:  # a list of tests, or a range that begins with a parenthesis
                    test = self.tests()
                    self.need(')')
                    return lambda v: test({**v, '?': a(v)})
                except FeelError:
                    self.i = start
            test = self.test()
            return lambda v: test({**v, '?': a(v)})
        return a

    def sum(self):
        f = self.product()
        while op := self.take('+', '-'):
            f = (lambda o, l, r: lambda v: arithmetic(o, l(v), r(v)))(op, f, self.product())
        return f

    def product(self):
        f = self.signed()
        while op := self.take('*', '/'):
            f = (lambda o, l, r: lambda v: arithmetic(o, l(v), r(v)))(op, f, self.signed())
        return f

    def signed(self):
        if self.take('-'):
            f = self.signed()
            return lambda v: arithmetic('-', 0, f(v))
        f = self.primary()
        while self.take('.'):
            k = self.name()
            f = (lambda g, n: lambda v: g(v).get(n) if isinstance(g(v), dict) else None)(f, k)
        return f

    def name(self):
        if self.i < len(self.toks) and self.toks[self.i][0] == 'name' and self.toks[self.i][1] not in KEYWORDS:
            self.i += 1
            return self.toks[self.i - 1][1]
        raise FeelError(f'a name expected in {self.text!r}')

    def bracketed(self, close):
        out = []
        while not self.take(close):
            if out:
                self.need(',')
            out.append(self.expression())
        return out

    def primary(self):
        if self.i >= len(self.toks):
            raise FeelError(f'ends too early: {self.text!r}')
        kind_, t = self.toks[self.i]
        if kind_ == 'num':
            self.i += 1
            n = Fraction(t) if '.' in t else int(t)
            return lambda v: n
        if kind_ == 'str':
            self.i += 1
            s = re.sub(r'\\(.)', lambda m: ESCAPE.get(m[1], m[1]), t[1:-1])
            return lambda v: s
        if t in '([':
            return self.enclosed(t)
        if t == '?':
            self.i += 1
            self.asks = True
            return lambda v: v.get('?')
        name = self.name()
        # Names of functions may hold spaces: take as many words as make a known one.
        for words in (2, 1, 0):
            more = self.toks[self.i:self.i + words]
            full = ' '.join([name] + [w for _k, w in more])
            if full in FUNCTIONS and self.toks[self.i + words:self.i + words + 1] == [('op', '(')]:
                self.i += words + 1
                args = self.bracketed(')')
                f = FUNCTIONS[full]
                return lambda v: f(*[a(v) for a in args])
        if self.peek('('):
            raise FeelError(f'unknown function {name!r} in {self.text!r}')
        if name in ('true', 'false', 'null'):
            c = {'true': True, 'false': False, 'null': None}[name]
            return lambda v: c
        return lambda v: v.get(name)

    def enclosed(self, opening):
        """'(a)' and '[a, b]' share their first bracket with the ranges '(a..b]' and '[a..b]'."""
        start = self.i
        self.i += 1
        if not self.peek(']'):
            low = self.sum_or_expression()
            if self.take('..'):
                high = self.sum()
                closing = self.take(')', ']', '[')
                if not closing:
                    raise FeelError(f'range without an end in {self.text!r}')
                return lambda v: Range(low(v), high(v), opening == '[', closing == ']')
        self.i = start + 1
        if opening == '[':
            items = self.bracketed(']')
            return lambda v: [f(v) for f in items]
        f = self.expression()
        self.need(')')
        return f

    def sum_or_expression(self):
        try:
            return self.sum()
        except FeelError:
            return self.expression()

    # ---- unary tests: functions of the variables with '?', giving true, false or null --------------------------
    def tests(self):
        if self.peek('-') and len(self.toks) == 1:
            self.i += 1
            return lambda v: True
        if self.toks[self.i:self.i + 2] == [('name', 'not'), ('op', '(')]:
            start = self.i
            self.i += 2
            f = self.tests()
            self.need(')')
            if self.i == len(self.toks) or self.peek(')'):
                return lambda v: negate(f(v))
            self.i = start
        fs = [self.test()]
        while self.take(','):
            fs.append(self.test())

        def any_of(v):
            out = False
            for f in fs:
                out = either(out, f(v))
            return out
        return any_of

    def test(self):
        op = self.take('<', '<=', '>', '>=', '=', '!=')
        if op:
            b = self.sum()
            if op in ('=', '!='):
                return lambda v: equal(v['?'], b(v)) if op == '=' else negate(equal(v['?'], b(v)))
            return lambda v: order(op, v['?'], b(v))
        asked, self.asks = self.asks, False
        f = self.expression()
        asks, self.asks = self.asks, asked
        if asks:  # '? > 5', 'contains(?, "a")': the expression is itself the test
            return f

        def test(v):
            x = f(v)
            if isinstance(x, Range):
                return x.has(v['?'])
            if isinstance(x, list):
                return contains(x, v['?'])
            return equal(v['?'], x)
        return test


@lru_cache(maxsize=None)
def compile_expression(text):
    p = Parser(text)
    return p.whole(p.expression)


@lru_cache(maxsize=None)
def compile_tests(text):
    p = Parser(text)
    return p.whole(p.tests)


def evaluate(text, variables):
    return plain(compile_expression(text.strip())(variables))


def unary(text, value, variables):
    """True only if the test is met: a null test does not match a rule."""
    if text is None or not text.strip():
        return True
    return compile_tests(text.strip())({**variables, '?': value}) is True
