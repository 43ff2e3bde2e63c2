//! Which columns are shown; this browser remembers.

use domain::i18n::{Lang, t};
use leptos::prelude::*;

use super::state::ListState;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};

/// The number is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Placed,
    Customer,
    Status,
    Flag,
    Sum,
    Payment,
    Responsible,
    Storefront,
}

impl Column {
    pub const ALL: [Column; 8] = [
        Column::Placed,
        Column::Customer,
        Column::Status,
        Column::Flag,
        Column::Sum,
        Column::Payment,
        Column::Responsible,
        Column::Storefront,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Column::Placed => "placed",
            Column::Customer => "customer",
            Column::Status => "status",
            Column::Flag => "flag",
            Column::Sum => "sum",
            Column::Payment => "payment",
            Column::Responsible => "responsible",
            Column::Storefront => "storefront",
        }
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Column::Placed => t::order_placed(lang),
            Column::Customer => t::customer(lang),
            Column::Status => t::list_status(lang),
            Column::Flag => t::list_flag(lang),
            Column::Sum => t::sum(lang),
            Column::Payment => t::payment(lang),
            Column::Responsible => t::responsible(lang),
            Column::Storefront => t::storefront(lang),
        }
    }
}

#[component]
pub fn Columns(state: ListState) -> impl IntoView {
    let lang = use_lang();
    Effect::new(move || recall(state));
    let toggle = move |column: Column| {
        state.hidden.update(|hidden| {
            if !hidden.remove(&column) {
                hidden.insert(column);
            }
        });
        remember(state);
    };
    view! {
        <details class="orders-columns">
            <summary class="button"><Icon glyph=Glyph::Rows/><span>{t::list_columns(lang)}</span></summary>
            <fieldset class="checks">
                <legend class="visually-hidden">{t::list_columns(lang)}</legend>
                {Column::ALL.into_iter().map(|column| view! {
                    <label class="check">
                        <input type="checkbox" prop:checked=move || state.hidden.with(|hidden| !hidden.contains(&column)) on:change=move |_| toggle(column)/>
                        {column.name(lang)}
                    </label>
                }).collect_view()}
            </fieldset>
        </details>
    }
}

#[cfg(feature = "hydrate")]
const KEPT_AS: &str = "voronka-orders-hidden";

fn remember(state: ListState) {
    #[cfg(feature = "hydrate")]
    if let Ok(Some(storage)) = window().local_storage() {
        let keys: Vec<&str> = state.hidden.with_untracked(|hidden| hidden.iter().map(|column| column.key()).collect());
        let _ = storage.set_item(KEPT_AS, &keys.join(" "));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = state;
}

fn recall(state: ListState) {
    #[cfg(feature = "hydrate")]
    if let Ok(Some(storage)) = window().local_storage() {
        let kept = storage.get_item(KEPT_AS).ok().flatten().unwrap_or_default();
        let hidden = Column::ALL.into_iter().filter(|column| kept.split(' ').any(|key| key == column.key())).collect();
        state.hidden.set(hidden);
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = state;
}
