//! A file that nobody wants to start after all.

use domain::i18n::t;
use domain::import::Import;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api;
use crate::boot::use_lang;
use crate::kit::{Toast, new_command, use_toasts};
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

#[component]
pub fn Delete(import: Signal<Import>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let asking = RwSignal::new(false);
    let id = import.with_untracked(|import| import.id);
    let title = Signal::derive(move || import.with(|import| t::import_delete_title(lang, &import.file_name)));
    let delete = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            api::delete_import(new_command(), id).await?;
            toasts.show(Toast::done(t::import_deleted(lang)));
            navigate("/settings/import", Default::default());
            Ok(())
        }
    });
    view! {
        <div class="settings-buttons">
            <button type="button" class="button danger" on:click=move |_| { delete.clear(); asking.set(true); }>
                {t::import_delete(lang)}
            </button>
        </div>
        <Confirm
            open=asking
            title
            words=t::import_delete_ask(lang)
            label=t::import_delete(lang)
            pending=delete.pending()
            fault=fault_of(delete)
            on_confirm=move |()| { delete.dispatch(()); }
        />
    }
}
