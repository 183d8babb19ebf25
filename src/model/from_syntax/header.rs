//! The fields at the head of a procedure.

use super::{citation, reference};
use crate::lang::say;
use crate::model::header::{
    Agency, Applicant, Channel, ChannelUse, Level, OnlineLevel, ReceivingPlace, Transition, Way,
};
use crate::source::Spanned;
use crate::syntax::reader::{Draft, Reader};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::Kw;

pub(super) fn level(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Level>> {
    let level = match reader.word() {
        Some(Kw::LevelMinistry | Kw::Sets) => Level::Ministry,
        Some(Kw::LevelProvince) => Level::Province,
        Some(Kw::LevelDistrict) => Level::District,
        Some(Kw::LevelCommune) => Level::Commune,
        Some(Kw::LevelOther) => Level::Other,
        _ => {
            let help = say!(
                cx.lang,
                "chọn: cấp bộ, tỉnh, xã, cơ quan khác",
                "choose from: ministry, province, commune, other agency"
            );
            reader.expected_or(cx, "cấp thực hiện", "a level", Some(help));
            return None;
        }
    };
    let word = reader.eat_word(cx)?;
    Some(Spanned::new(level, word.span))
}

pub(super) fn applicant(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<Applicant>> {
    if let Some(text) = reader.text(cx) {
        return Some(Spanned::new(Applicant::Other(text.value), text.span));
    }
    let applicant = match reader.word() {
        Some(Kw::Citizen) => Applicant::Citizen,
        Some(Kw::Overseas) => Applicant::Overseas,
        Some(Kw::Foreigner) => Applicant::Foreigner,
        Some(Kw::Officials) => Applicant::Officials,
        Some(Kw::Enterprise) => Applicant::Enterprise,
        Some(Kw::ForeignInvested) => Applicant::ForeignInvested,
        Some(Kw::Organisation) => Applicant::Organisation,
        Some(Kw::ForeignOrganisation) => Applicant::ForeignOrganisation,
        Some(Kw::Cooperative) => Applicant::Cooperative,
        _ => {
            let help = say!(
                cx.lang,
                "đối tượng chọn trong danh mục: công dân Việt Nam, người Việt Nam định cư ở nước ngoài, người nước ngoài, doanh nghiệp, tổ chức…; tuổi và điều kiện riêng khai trong “trường hợp”, hoặc ghi vào ghi chú",
                "choose from the list: Vietnamese citizens, overseas Vietnamese, foreigners, enterprises, organisations…; ages and conditions are facts, or go into a note"
            );
            reader.expected_or(cx, "đối tượng trong danh mục", "an applicant of the list", Some(help));
            return None;
        }
    };
    let word = reader.eat_word(cx)?;
    Some(Spanned::new(applicant, word.span))
}

pub(super) fn channel(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<ChannelUse> {
    let start = reader.here();
    let (channel, online) = match reader.word() {
        Some(Kw::InPerson) => (Channel::InPerson, None),
        Some(Kw::Post) => (Channel::Post, None),
        Some(Kw::OnlineFull) => (Channel::Online, Some(OnlineLevel::Full)),
        Some(Kw::OnlinePartial) => (Channel::Online, Some(OnlineLevel::Partial)),
        Some(Kw::OnlineInfo) => (Channel::Online, Some(OnlineLevel::InformationOnly)),
        Some(Kw::Online) => (Channel::Online, Some(OnlineLevel::Unsaid)),
        _ => {
            let help = say!(
                cx.lang,
                "chọn: trực tiếp, trực tuyến toàn trình, trực tuyến một phần theo …, chỉ cung cấp thông tin trực tuyến, bưu chính",
                "choose from: in person, online in full, online in part under …, online information only, by public post"
            );
            reader.expected_or(cx, "cách thức thực hiện", "a channel", Some(help));
            return None;
        }
    };
    reader.eat_word(cx);
    let cites = citation::citations(cx, reader);
    Some(ChannelUse { channel, online, cites, span: reader.since(start) })
}

pub(super) fn agencies(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Vec<Spanned<Agency>>> {
    super::list(cx, reader, reference::agency)
}

pub(super) fn receiving_places(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Vec<Spanned<ReceivingPlace>>> {
    super::list(cx, reader, receiving_place)
}

fn receiving_place(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Spanned<ReceivingPlace>> {
    let place = match reader.word() {
        Some(Kw::NotBound) => ReceivingPlace::NotBound,
        Some(Kw::PlaceOfResidence) => ReceivingPlace::Residence,
        Some(Kw::PlaceOfPermanentResidence) => ReceivingPlace::PermanentResidence,
        Some(Kw::PlaceOfTemporaryResidence) => ReceivingPlace::TemporaryResidence,
        Some(Kw::PlaceOfEvent) => ReceivingPlace::PlaceOfEvent,
        Some(Kw::PlaceOfLand) => ReceivingPlace::PlaceOfLand,
        Some(Kw::PlaceOfSeat) => ReceivingPlace::Seat,
        _ => {
            let agency = reference::agency(cx, reader)?;
            return Some(Spanned::new(ReceivingPlace::Agency(agency.value), agency.span));
        }
    };
    let word = reader.eat_word(cx)?;
    Some(Spanned::new(place, word.span))
}

/// `giải quyết theo quy định cũ, kể cả hồ sơ đã gửi bưu chính theo Điều 6 nq-66.18-2026`
pub(super) fn transition(cx: &mut Draft<'_>, reader: &mut Reader<'_>) -> Option<Transition> {
    let way = match reader.word() {
        Some(Kw::UnderOldRules) => Way::Old,
        Some(Kw::UnderNewRules) => Way::New,
        Some(Kw::StopAndReturn) => Way::Stop,
        _ => {
            let help = say!(
                cx.lang,
                "chọn: giải quyết theo quy định cũ; giải quyết theo quy định mới; dừng giải quyết, trả lại hồ sơ",
                "choose from: under the old rules; under the new rules; stop and return the papers"
            );
            reader.expected_or(
                cx,
                "cách xử lý hồ sơ còn dở dang khi quy định này hết hiệu lực",
                "what becomes of cases still open when these rules end",
                Some(help),
            );
            return None;
        }
    };
    reader.eat_word(cx);
    let mut posted = false;
    if reader.eat_kind(TokenKind::Comma).is_some() {
        posted = reader.eat(cx, Kw::AlsoPosted).is_some();
        if !posted {
            reader.expected(cx, "“kể cả hồ sơ đã gửi bưu chính”", "“also papers already posted”");
        }
    }
    let cites = citation::citations(cx, reader);
    Some(Transition { way, posted, cites })
}
