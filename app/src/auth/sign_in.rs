//! Signing in.

use domain::i18n::t;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

use super::api::{SignIn, is_first_run};
use super::door::{Door, Looking, busy, why};
use super::leaving::leave_when_done;
use super::next::safe_next;
use super::password::PasswordField;
use super::submit::Submit;
use crate::boot::{use_boot, use_lang};
use crate::kit::Fault;

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = use_lang();
    let next = use_query_map().with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = safe_next(&next).to_owned();
    let first_run = Resource::new(|| (), |()| is_first_run());
    if use_boot().me.is_some() {
        return view! { <Redirect path=next/> }.into_any();
    }
    view! {
        <Door title=t::sign_in_title(lang)>
            <Suspense fallback=|| view! { <Looking/> }>
                {move || {
                    let next = next.clone();
                    Suspend::new(async move {
                        match first_run.await {
                            Ok(true) => view! { <Redirect path="/setup"/> }.into_any(),
                            Ok(false) | Err(_) => view! { <SignInForm next/> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </Door>
    }
    .into_any()
}

#[component]
fn SignInForm(next: String) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<SignIn>::new();
    leave_when_done(action);
    view! {
        <ActionForm action>
            <input type="hidden" name="next" value=next/>
            <div class="field">
                <label for="email">{t::email(lang)}</label>
                <input id="email" name="email" type="email" required maxlength="200" autocomplete="username" inputmode="email" autofocus/>
            </div>
            <PasswordField name="password" label=t::password(lang)/>
            <Fault words=why(action, lang)/>
            <Submit label=t::sign_in(lang) pending=busy(action)/>
        </ActionForm>
        <p class="auth-hint">{t::sign_in_help(lang)}</p>
    }
}
