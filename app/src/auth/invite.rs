//! An invitation: the invited chooses a password and is in.

use domain::auth::LinkOwner;
use domain::i18n::t;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{AcceptInvite, invited};
use super::door::{Door, Looking, Shut, busy, why};
use super::leaving::leave_when_done;
use super::password::PasswordField;
use super::submit::Submit;
use crate::boot::use_lang;
use crate::kit::Fault;

#[component]
pub fn InvitePage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token")).unwrap_or_default());
    let owner = Resource::new(move || token.get(), invited);
    view! {
        <Door title=t::invite_title(lang)>
            <Suspense fallback=|| view! { <Looking/> }>
                {move || Suspend::new(async move {
                    match owner.await {
                        Ok(Some(owner)) => view! { <InviteForm owner token=token.get_untracked()/> }.into_any(),
                        Ok(None) => view! { <Shut words=t::link_spent(lang)/> }.into_any(),
                        Err(error) => view! { <Shut words=error.words(lang)/> }.into_any(),
                    }
                })}
            </Suspense>
        </Door>
    }
}

#[component]
fn InviteForm(owner: LinkOwner, token: String) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<AcceptInvite>::new();
    leave_when_done(action);
    view! {
        <p>{t::invite_intro(lang, &owner.name)}</p>
        <ActionForm action>
            <input type="hidden" name="token" value=token/>
            // A password manager keeps the address with the password; the server does not ask for it.
            <div class="field">
                <label for="email">{t::email(lang)}</label>
                <input id="email" type="email" value=owner.email readonly autocomplete="username"/>
            </div>
            <PasswordField name="password" label=t::password(lang) fresh=true/>
            <Fault words=why(action, lang)/>
            <Submit label=t::invite_accept(lang) pending=busy(action)/>
        </ActionForm>
    }
}
