//! An import taken back, whole.

use domain::i18n::{Lang, t};
use domain::import::{Import, Kind};
use leptos::prelude::*;

use super::api;
use super::counts::number;
use crate::boot::use_lang;
use crate::kit::new_command;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

#[component]
pub fn Undo(import: Signal<Import>, #[prop(into)] changed: Callback<Import>) -> impl IntoView {
    let lang = use_lang();
    let asking = RwSignal::new(false);
    let id = import.with_untracked(|import| import.id);
    let title = Signal::derive(move || import.with(|import| t::import_undo_title(lang, &import.file_name)));
    let words = Signal::derive(move || import.with(|import| ask(import, lang)));
    let possible =
        Memo::new(move |_| import.with(|one| !one.emptied && (one.counts.made > 0 || one.counts.changed > 0)));
    let undo = Action::new(move |(): &()| async move {
        let undone = api::undo_import(new_command(), id).await?;
        asking.set(false);
        changed.run(undone);
        Ok(())
    });
    view! {
        <Show when=move || possible.get()>
            <div class="settings-buttons">
                <button type="button" class="button danger" on:click=move |_| { undo.clear(); asking.set(true); }>
                    {t::import_undo(lang)}
                </button>
            </div>
            <Confirm
                open=asking
                title
                words
                label=t::import_undo(lang)
                pending=undo.pending()
                fault=fault_of(undo)
                on_confirm=move |()| { undo.dispatch(()); }
            />
        </Show>
    }
}

/// What will go, and what stays.
fn ask(import: &Import, lang: Lang) -> String {
    let (made, changed) = (number(import.counts.made, lang), number(import.counts.changed, lang));
    match import.kind {
        Kind::Deals => t::import_undo_deals(lang, &made),
        Kind::Orders => t::import_undo_orders(lang, &made),
        Kind::Customers => t::import_undo_customers(lang, &made, &changed),
    }
}
