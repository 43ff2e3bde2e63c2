//! A status as a chip: its colour, its word, and a sign of what it means.

use domain::i18n::t;
use domain::orders::{Flag, StatusKind, StatusName};
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};

#[component]
pub fn StatusChip(status: StatusName) -> impl IntoView {
    let lang = use_lang();
    let StatusName { name, kind, colour, .. } = status;
    view! {
        <span class=format!("chip status c-{}", colour.key()) title=t::status_kind_name(lang, kind)>
            <Icon glyph=sign(kind)/><span>{name}</span>
        </span>
    }
}

#[component]
pub fn FlagChip(flag: Flag) -> impl IntoView {
    let lang = use_lang();
    view! { <span class="chip danger flag"><Icon glyph=Glyph::Warning/><span>{t::flag_name(lang, flag)}</span></span> }
}

fn sign(kind: StatusKind) -> Glyph {
    match kind {
        StatusKind::New => Glyph::Plus,
        StatusKind::AwaitingConfirmation | StatusKind::AwaitingPayment => Glyph::Clock,
        StatusKind::Processing => Glyph::Gear,
        StatusKind::Delayed => Glyph::Warning,
        StatusKind::Picking => Glyph::Rows,
        StatusKind::Packed => Glyph::Box,
        StatusKind::Shipped | StatusKind::InTransit => Glyph::Right,
        StatusKind::ReadyForPickup => Glyph::Down,
        StatusKind::Paid | StatusKind::Delivered => Glyph::Check,
        StatusKind::Returning | StatusKind::Returned => Glyph::Left,
        StatusKind::Cancelled => Glyph::Cross,
    }
}
