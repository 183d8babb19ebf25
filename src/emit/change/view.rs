//! A comparison as data and in words: what the page and the templates see, and the published JSON.

use serde::Serialize;

use super::Versions;
use crate::change::{
    Change, Comparison, Kind, LayerChange, ProcedureChange, SharedChange, SharedKind, Touched, TouchedLayer, What,
    words,
};
use crate::compile::Catalogue;
use crate::emit::local::name_of_place;
use crate::lang::{Lang, Words, say};
use crate::model::quantity::short_date;
use crate::plan::wording::capitalised;
use crate::source::Span;

#[derive(Serialize)]
pub(super) struct View {
    schema: &'static str,
    pub(super) title: String,
    old: String,
    new: String,
    /// `YYYY-MM-DD`
    day: String,
    place: Option<String>,
    pub(super) procedures: Vec<ProcedureView>,
    pub(super) shared: Vec<SharedView>,
}

#[derive(Serialize)]
pub(super) struct ProcedureView {
    pub(super) code: String,
    pub(super) name: String,
    #[serde(serialize_with = "kind_id")]
    pub(super) kind: Kind,
    /// Of one that replaces others: their codes and names.
    pub(super) replaces: Vec<String>,
    pub(super) changes: Vec<ChangeView>,
    /// What changed in what places and other regimes lay over it.
    pub(super) layers: Vec<LayerView>,
    pub(super) touched: TouchedView,
}

/// What must be looked at again.
#[derive(Serialize)]
pub(super) struct TouchedView {
    /// Papers that are made anew.
    pub(super) outputs: Vec<String>,
    /// Steps that are to be done within a limit that changed.
    pub(super) steps: Vec<String>,
    /// Bundles that the procedure is a part of.
    pub(super) bundles: Vec<String>,
    pub(super) layers: Vec<TouchedLayerView>,
}

/// What a place says of its own about what changed: three versions side by side.
#[derive(Serialize)]
pub(super) struct TouchedLayerView {
    place: Option<String>,
    pub(super) title: String,
    pub(super) what: String,
    old: Option<String>,
    new: Option<String>,
    pub(super) own: String,
    /// `keep`, `drop`, `redo`
    advice: &'static str,
    pub(super) advice_text: &'static str,
    pub(super) why: String,
    own_place: Place,
}

impl TouchedLayerView {
    pub(super) fn place(&self) -> String {
        format!("  [{}:{}]", self.own_place.file, self.own_place.line)
    }
}

#[derive(Serialize)]
pub(super) struct LayerView {
    #[serde(serialize_with = "kind_id")]
    kind: Kind,
    place: Option<String>,
    pub(super) title: String,
    pub(super) changes: Vec<ChangeView>,
}

#[derive(Serialize)]
pub(super) struct SharedView {
    #[serde(serialize_with = "kind_id")]
    kind: Kind,
    pub(super) title: String,
    pub(super) changes: Vec<ChangeView>,
    pub(super) performed_by: Vec<String>,
}

/// One change.
#[derive(Serialize)]
pub(super) struct ChangeView {
    part: &'static str,
    /// Whether a decision announces it; what is not is of the internal process.
    pub(super) announced: bool,
    of: Option<String>,
    /// `added`, `removed`, `moved`, `became`, `applies`, `applies-no-longer`
    what: &'static str,
    field: Option<&'static str>,
    old: Option<String>,
    new: Option<String>,
    /// For which applicants, where not for all.
    when: Option<String>,
    /// The whole of it as a sentence.
    pub(super) text: String,
    old_place: Option<Place>,
    new_place: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    file: String,
    /// From 1.
    line: usize,
}

impl ChangeView {
    /// Where to look: in the newer version, else in the older.
    pub(super) fn place(&self, lang: Lang) -> String {
        match (&self.new_place, &self.old_place) {
            (Some(Place { file, line }), _) => format!("  [{file}:{line}]"),
            (None, Some(Place { file, line })) => say!(lang, "  [bản cũ, {file}:{line}]", "  [old, {file}:{line}]"),
            (None, None) => String::new(),
        }
    }
}

fn kind_id<S: serde::Serializer>(kind: &Kind, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(match kind {
        Kind::New => "new",
        Kind::Amended => "amended",
        Kind::Replacing => "replacing",
        Kind::Abolished => "abolished",
    })
}

impl View {
    pub(super) fn of(versions: &Versions<'_>, comparison: &Comparison) -> View {
        let lang = versions.lang();
        let (old, new, day) = (&versions.old_name, &versions.new_name, short_date(comparison.day));
        let title = match comparison.place.as_deref().map(|place| name_of_place(versions.new, place)) {
            None => say!(lang, "Thay đổi từ {old} đến {new}", "Changes from {old} to {new}"),
            Some(place) => say!(
                lang,
                "Thay đổi từ {old} đến {new}, tại {place}, ngày {day}",
                "Changes from {old} to {new}, at {place}, on {day}"
            ),
        };
        View {
            schema: "urn:thutuc:changes:1",
            title,
            old: old.clone(),
            new: new.clone(),
            day: comparison.day.to_string(),
            place: comparison.place.clone(),
            procedures: comparison.procedures.iter().map(|one| procedure(versions, one)).collect(),
            shared: comparison.shared.iter().map(|one| shared(versions, one)).collect(),
        }
    }
}

fn procedure(versions: &Versions<'_>, one: &ProcedureChange) -> ProcedureView {
    ProcedureView {
        code: one.code.to_string(),
        name: one.name.clone(),
        kind: one.kind,
        replaces: one.replaces.iter().map(|old| format!("{} {}", old.code, old.name)).collect(),
        changes: changes(versions, &one.changes),
        layers: one.layers.iter().map(|layer| self::layer(versions, layer)).collect(),
        touched: touched(versions, &one.touched),
    }
}

fn touched(versions: &Versions<'_>, touched: &Touched) -> TouchedView {
    let lang = versions.lang();
    let layer = |one: &TouchedLayer| TouchedLayerView {
        place: one.place.clone(),
        title: over(versions, one.place.as_deref()),
        what: one.of.clone().unwrap_or_else(|| words::part(one.part).get(lang).to_owned()),
        old: one.old.clone(),
        new: one.new.clone(),
        own: one.own.clone(),
        advice: words::advice(one.advice).en,
        advice_text: words::advice(one.advice).get(lang),
        why: one.why.clone(),
        own_place: place(versions.new, one.span),
    };
    TouchedView {
        outputs: touched.outputs.iter().map(|output| words::output(*output).get(lang).to_owned()).collect(),
        steps: touched.steps.clone(),
        bundles: touched.bundles.iter().map(ToString::to_string).collect(),
        layers: touched.layers.iter().map(layer).collect(),
    }
}

/// Where something is laid over, in words.
fn over(versions: &Versions<'_>, place: Option<&str>) -> String {
    match place {
        Some(place) => name_of_place(versions.new, place),
        None => say!(versions.lang(), "chế độ khác của trung ương", "another regime of the nation"),
    }
}

fn layer(versions: &Versions<'_>, one: &LayerChange) -> LayerView {
    let lang = versions.lang();
    let place = over(versions, one.place.as_deref());
    let title = match one.kind {
        Kind::New | Kind::Replacing => {
            say!(lang, "Thêm quy định áp dụng riêng: {place}", "New rules of its own: {place}")
        }
        Kind::Amended => say!(lang, "Quy định áp dụng riêng được sửa: {place}", "Own rules amended: {place}"),
        Kind::Abolished => say!(lang, "Bỏ quy định áp dụng riêng: {place}", "Own rules dropped: {place}"),
    };
    LayerView { kind: one.kind, place: one.place.clone(), title, changes: changes(versions, &one.changes) }
}

fn shared(versions: &Versions<'_>, one: &SharedChange) -> SharedView {
    let (lang, name) = (versions.lang(), &one.name);
    let what = match one.of {
        SharedKind::Subprocess => Words::new("quy trình con", "the shared process"),
        SharedKind::Norm => Words::new("quy định", "the norm"),
    };
    let what = what.get(lang);
    let title = capitalised(&match one.kind {
        Kind::New | Kind::Replacing => say!(lang, "thêm {what} “{name}”", "{what} “{name}” is new"),
        Kind::Amended => say!(lang, "{what} “{name}” được sửa", "{what} “{name}” is amended"),
        Kind::Abolished => say!(lang, "bỏ {what} “{name}”", "{what} “{name}” is dropped"),
    });
    let performed_by = one.performed_by.iter().map(ToString::to_string).collect();
    SharedView { kind: one.kind, title, changes: changes(versions, &one.changes), performed_by }
}

fn changes(versions: &Versions<'_>, all: &[Change]) -> Vec<ChangeView> {
    all.iter().map(|one| change(versions, one)).collect()
}

fn change(versions: &Versions<'_>, one: &Change) -> ChangeView {
    let lang = versions.lang();
    let (what, field, old, new, when) = match &one.what {
        What::Added { says } => ("added", None, None, says.clone(), None),
        What::Removed { said } => ("removed", None, said.clone(), None, None),
        What::Moved => ("moved", None, None, None, None),
        What::Applies { now: true, when } => ("applies", None, None, None, Some(when.clone())),
        What::Applies { now: false, when } => ("applies-no-longer", None, None, None, Some(when.clone())),
        What::Became { field, old, new, when, .. } => {
            ("became", Some(words::field(*field).get(Lang::En)), old.clone(), new.clone(), when.clone())
        }
    };
    ChangeView {
        part: words::part(one.part).get(Lang::En),
        announced: one.part.is_announced(),
        of: one.of.clone(),
        what,
        field,
        old,
        new,
        when,
        text: capitalised(&words::sentence(one, lang)),
        old_place: one.old.map(|span| place(versions.old, span)),
        new_place: one.new.map(|span| place(versions.new, span)),
    }
}

fn place(catalogue: &Catalogue, span: Span) -> Place {
    let file = catalogue.sources.get(span.file);
    Place { file: file.name.clone(), line: file.position(span.start).line }
}
