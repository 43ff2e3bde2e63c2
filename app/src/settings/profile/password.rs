//! One's own password.

use domain::i18n::t;
use leptos::form::ActionForm;
use leptos::html;
use leptos::prelude::*;

use crate::auth::{PasswordField, Submit};
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, use_toasts};
use crate::settings::api::ChangePassword;
use crate::settings::outcome::fault_of;

#[component]
pub fn ChangePasswordForm() -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let action = ServerAction::<ChangePassword>::new();
    let form = NodeRef::<html::Form>::new();
    Effect::new(move || {
        if let Some(Ok(())) = action.value().get() {
            toasts.show(Toast::done(t::password_changed(lang)));
            if let Some(form) = form.get_untracked() {
                form.reset();
            }
        }
    });
    view! {
        <section class="card settings-card" aria-labelledby="change-password">
            <h2 id="change-password">{t::password_change(lang)}</h2>
            <ActionForm action node_ref=form>
                <PasswordField name="current" label=t::password_current(lang) hint=t::password_current_hint(lang) optional=true/>
                <PasswordField name="password" label=t::password_new(lang) fresh=true/>
                <Fault words=fault_of(action.into())/>
                <div class="settings-buttons"><Submit label=t::password_change(lang) pending=action.pending()/></div>
            </ActionForm>
        </section>
    }
}
