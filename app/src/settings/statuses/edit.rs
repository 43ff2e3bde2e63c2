//! Changing one status, in its place in the list.

use domain::i18n::t;
use domain::orders::{Status, StatusChange, StatusForm};
use leptos::prelude::*;

use super::desk::Desk;
use super::draft::Draft;
use super::fields::StatusFields;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, use_toasts};
use crate::settings::outcome::fault_of;

#[component]
pub fn EditStatus(desk: Desk, status: Status, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = status.id;
    let draft = Draft::of(&status);
    let save = Action::new(move |form: &StatusForm| {
        let change = StatusChange::Edit { status: id, form: form.clone() };
        async move {
            desk.change(change).await?;
            toasts.show(Toast::done(t::saved(lang)));
            on_close.run(());
            Ok(())
        }
    });
    view! {
        <form
            class="stage-form"
            on:submit=move |event| { event.prevent_default(); save.dispatch(draft.read()); }
            on:keydown=move |event| { if event.key() == "Escape" { on_close.run(()) } }
        >
            <StatusFields id=format!("status-{id}") desk draft own=Some(id)/>
            <Fault words=fault_of(save)/>
            <div class="settings-buttons">
                <Submit label=t::save(lang) pending=save.pending()/>
                <button type="button" class="button quiet" on:click=move |_| on_close.run(())>{t::cancel(lang)}</button>
            </div>
        </form>
    }
}
