//! Names that a register must list.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::{Lang, say};
use crate::model::{Atom, Expr, Id, Register, RegisterName, Subject};
use crate::resolve::Registers;
use crate::source::Span;
use crate::syntax::codes;

/// Names that a register must list.
pub fn in_registers(names: &[RegisterName], registers: &Registers, lang: Lang) -> Vec<Diagnostic> {
    names
        .iter()
        .filter(|name| !registers.is_unread(name.register) && !registers.knows(name.register, name.key.as_str()))
        .map(|name| unknown_in_register(name, registers, lang))
        .collect()
}

fn unknown_in_register(name: &RegisterName, registers: &Registers, lang: Lang) -> Diagnostic {
    let key = name.key.as_str();
    let likely = registers.likely_once(name.register, key);
    let (what_vi, what_en, file) = match name.register {
        Register::Acts => ("văn bản", "act", "acts.yaml"),
        Register::Agencies => ("cơ quan", "agency", "agencies.yaml"),
        Register::Fields => ("lĩnh vực", "field", "fields.yaml"),
        Register::Forms => ("biểu mẫu", "form", "forms.yaml"),
        Register::Sources => ("cơ sở dữ liệu", "data source", "sources.yaml"),
        Register::Units => ("địa bàn", "place", "units.yaml"),
    };
    let shown = if name.register == Register::Acts { key.to_uppercase() } else { key.to_owned() };
    let shown = if key.contains('/') { shown } else { key.to_owned() };
    let message = if key.contains(' ') {
        say!(
            lang,
            "mã {what_vi} viết liền bằng gạch nối, không phải “{shown}”",
            "an id is joined by hyphens, unlike “{shown}”"
        )
    } else {
        say!(lang, "chưa có {what_vi} “{shown}” trong danh mục", "no {what_en} “{shown}” in the register")
    };
    let mut found = Diagnostic::new(codes::UNKNOWN_IN_REGISTER, Severity::Error, name.span, message);
    found.help(match likely {
        Some((id, title)) => say!(lang, "có phải ý là {id} ({title})?", "did you mean {id} ({title})?"),
        None => say!(
            lang,
            "thêm vào registers/{file}, hoặc kiểm tra lại cách viết",
            "add it to registers/{file}, or check its spelling"
        ),
    });
    found
}

/// What a norm says of facts, fields and kinds must be in the registers.
pub fn in_norm(condition: &Expr, registers: &Registers, lang: Lang) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (subject, test, _) in condition.tests() {
        for atom in test.atoms() {
            let Atom::Id(id) = &atom.value else { continue };
            let known = match subject {
                Subject::Field(_) => registers.fields.get(id.as_str()).is_some(),
                Subject::Outcome(_) => registers.shared.outcome_kinds.iter().any(|kind| kind.id == *id),
                Subject::Fact(_)
                | Subject::Channel(_)
                | Subject::Level(_)
                | Subject::Procedure(_)
                | Subject::Every(_) => true,
            };
            if !known {
                found.push(unknown_in_norm(id, atom.span, lang));
            }
        }
        if let Subject::Fact(id) = subject
            && registers.shared_fact(&id.value).is_none()
        {
            found.push(unknown_in_norm(&id.value, id.span, lang));
        }
    }
    found
}

fn unknown_in_norm(id: &Id, span: Span, lang: Lang) -> Diagnostic {
    let message = say!(lang, "danh mục dùng chung chưa có `{id}`", "the shared register does not list `{id}`");
    let help = say!(
        lang,
        "quy định chỉ nêu những gì nhiều thủ tục cùng khai: thêm vào registers/shared.yaml hoặc fields.yaml",
        "a norm names only what many procedures share: add it to registers/shared.yaml or fields.yaml"
    );
    let mut found = Diagnostic::new(codes::UNKNOWN_IN_REGISTER, Severity::Error, span, message);
    found.help(help);
    found
}
