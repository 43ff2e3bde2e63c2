//! A one-time entrance link, as the command line prints it.

use domain::auth::LinkOwner;
use domain::i18n::t;
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{Enter, entering};
use super::door::{Door, Looking, Shut, busy, why};
use super::leaving::leave_when_done;
use super::submit::Submit;
use crate::boot::use_lang;
use crate::kit::Fault;

#[component]
pub fn EnterPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token")).unwrap_or_default());
    let owner = Resource::new(move || token.get(), entering);
    view! {
        <Door title=t::enter_title(lang)>
            <Suspense fallback=|| view! { <Looking/> }>
                {move || Suspend::new(async move {
                    match owner.await {
                        Ok(Some(owner)) => view! { <EnterForm owner token=token.get_untracked()/> }.into_any(),
                        Ok(None) => view! { <Shut words=t::link_spent(lang)/> }.into_any(),
                        Err(error) => view! { <Shut words=error.words(lang)/> }.into_any(),
                    }
                })}
            </Suspense>
        </Door>
    }
}

#[component]
fn EnterForm(owner: LinkOwner, token: String) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<Enter>::new();
    leave_when_done(action);
    view! {
        <p>{t::enter_intro(lang)}</p>
        <ActionForm action>
            <input type="hidden" name="token" value=token/>
            <Fault words=why(action, lang)/>
            <Submit label=t::enter_as(lang, &owner.name) pending=busy(action)/>
        </ActionForm>
    }
}
