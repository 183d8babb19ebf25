//! Who acts: the lane of a step, and what an agency is called there.

use super::{Lane, LaneKind};
use crate::model::process::{Responsible, Role, Step};
use crate::model::{Agency, Body, Id, Process, Ref, RefKey};
use crate::resolve::Registers;
use crate::syntax::fold::identifier;

/// The lane of a step; nothing where the applicant acts and no role is named.
pub(super) fn of_step(step: &Step, process: &Process, body: &Body, registers: &Registers) -> Option<Lane> {
    let general =
        step.responsible.as_ref().and_then(|by| by.values().into_iter().find_map(|value| value.setting.given()));
    match general {
        Some(Responsible::System) => Some(lane(LaneKind::System, None, String::new(), None)),
        Some(Responsible::Role(role)) => Some(of_role(role, process, body, registers)),
        None if super::is_awaited(step) => None,
        None => Some(unknown()),
    }
}

pub(super) fn unknown() -> Lane {
    lane(LaneKind::Unknown, None, String::new(), None)
}

/// A lane named after its role; what nobody gave an id goes by what it is.
fn lane(kind: LaneKind, role: Option<&Id>, name: String, agency: Option<String>) -> Lane {
    let id = match (role, kind) {
        (Some(role), _) => identifier(role.as_str()),
        (None, LaneKind::System) => "he_thong".to_owned(),
        (None, _) if name.is_empty() => "chua_phan_cong".to_owned(),
        (None, _) => identifier(&name),
    };
    Lane { id, kind, role: role.cloned(), name, agency }
}

/// The lane of a role: of the process, of the register, or an agency that acts as one.
pub fn of_role(reference: &Ref, process: &Process, body: &Body, registers: &Registers) -> Lane {
    if let Some(role) = own_role(reference, process) {
        let agency = role.agency.as_ref().map(|agency| agency_name(&agency.value, body, registers));
        return lane(LaneKind::Role, Some(&role.id.value), role.name.value.clone(), agency);
    }
    let RefKey::Id(id) = &reference.key else {
        return lane(LaneKind::Unknown, None, reference.key.to_string(), None);
    };
    if let Some(role) = registers.shared_role(id) {
        let agency = registers.agencies.get(role.agency.as_str()).map(|agency| agency.name.clone());
        return lane(LaneKind::Role, Some(id), role.name.clone(), agency);
    }
    match registers.agencies.get(id.as_str()) {
        Some(agency) => lane(LaneKind::Role, Some(id), agency.name.clone(), None),
        None => lane(LaneKind::Unknown, Some(id), id.to_string(), None),
    }
}

/// The agency in which a role acts: of the process, of the register, or an agency that acts as one.
pub fn agency_of(reference: &Ref, process: &Process, registers: &Registers) -> Option<Agency> {
    if let Some(role) = own_role(reference, process) {
        return role.agency.as_ref().map(|agency| agency.value.clone());
    }
    let RefKey::Id(id) = &reference.key else { return None };
    let shared = registers.shared_role(id).map(|role| role.agency.clone());
    let agency = shared.or_else(|| registers.agencies.get(id.as_str()).map(|_| id.clone()))?;
    Some(Agency::Register(agency))
}

fn own_role<'p>(reference: &Ref, process: &'p Process) -> Option<&'p Role> {
    process.roles.iter().find(|role| reference.names(Some(&role.id.value), Some(&role.name.value)))
}

/// An agency's short name, as lanes and tables show it.
pub fn agency_name(agency: &Agency, body: &Body, registers: &Registers) -> String {
    match agency {
        Agency::Register(id) => registers
            .agencies
            .get(id.as_str())
            .map_or_else(|| id.to_string(), |entry| entry.short.clone().unwrap_or_else(|| entry.name.clone())),
        Agency::Text(text) | Agency::AtDecision(text) => text.clone(),
        Agency::Deciding => match body.decided_by.as_ref().and_then(|by| by.general.as_ref()?.setting.given()?.first())
        {
            Some(agency) if agency.value != Agency::Deciding => agency_name(&agency.value, body, registers),
            _ => "Cơ quan có thẩm quyền".to_owned(),
        },
        Agency::Receiving => "Nơi tiếp nhận".to_owned(),
        Agency::Hole => "…".to_owned(),
    }
}
