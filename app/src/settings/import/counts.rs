//! How many rows there were, and what became of them.

use domain::i18n::{Lang, t};
use domain::import::{Import, ImportState};
use domain::money;
use leptos::prelude::*;

use crate::boot::use_lang;

#[component]
pub fn Counts(import: Signal<Import>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <dl class="facts import-counts">
            {move || {
                import
                    .with(|import| facts(import, lang))
                    .into_iter()
                    .map(|(name, count)| view! { <dt>{name}</dt><dd>{number(count, lang)}</dd> })
                    .collect_view()
            }}
        </dl>
        {move || import.with(|import| import.resumed > 0).then(|| view! { <p class="settings-hint">{t::import_resumed(lang)}</p> })}
    }
}

/// What there is none of is not spoken of, but for what was made.
fn facts(import: &Import, lang: Lang) -> Vec<(&'static str, i64)> {
    let counts = import.counts;
    let only_would = matches!(import.state, ImportState::Uploaded | ImportState::Checking | ImportState::Checked);
    let (made, changed) = if only_would {
        (t::import_would_make(lang), t::import_would_change(lang))
    } else {
        (t::import_made(lang), t::import_changed(lang))
    };
    let always = [(t::import_rows_all(lang), counts.total), (made, counts.made)];
    let some = [
        (changed, counts.changed),
        (t::import_left(lang), counts.left),
        (t::import_refused(lang), counts.refused),
        (t::import_taken_back(lang), counts.undone),
        (t::import_spared(lang), counts.spared),
    ];
    always.into_iter().chain(some.into_iter().filter(|(_, count)| *count > 0)).collect()
}

pub fn number(count: i64, lang: Lang) -> String {
    money::group(count.unsigned_abs(), lang)
}
