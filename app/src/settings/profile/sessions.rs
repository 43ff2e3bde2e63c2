//! Signing out, here or everywhere.

use domain::i18n::t;
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::auth::{Submit, leave_when_done};
use crate::boot::use_lang;
use crate::kit::Fault;
use crate::settings::api::{SignOut, SignOutEverywhere};
use crate::settings::outcome::fault_of;

#[component]
pub fn Sessions() -> impl IntoView {
    let lang = use_lang();
    let here = ServerAction::<SignOut>::new();
    let everywhere = ServerAction::<SignOutEverywhere>::new();
    leave_when_done(here);
    leave_when_done(everywhere);
    view! {
        <section class="card settings-card" aria-labelledby="sessions">
            <h2 id="sessions">{t::profile_sessions(lang)}</h2>
            <ActionForm action=here>
                <Fault words=fault_of(here.into())/>
                <div class="settings-buttons"><Submit label=t::sign_out(lang) pending=here.pending() class="button"/></div>
            </ActionForm>
            <ActionForm action=everywhere>
                <p class="settings-hint">{t::sign_out_everywhere_hint(lang)}</p>
                <Fault words=fault_of(everywhere.into())/>
                <div class="settings-buttons"><Submit label=t::sign_out_everywhere(lang) pending=everywhere.pending() class="button danger"/></div>
            </ActionForm>
        </section>
    }
}
