//! The first run: the owner and their shop, once only.

use domain::i18n::t;
use leptos::form::ActionForm;
use leptos::prelude::*;

use super::api::{SetUp, is_first_run};
use super::currency::CurrencyField;
use super::door::{Door, Looking, Shut, busy, why};
use super::leaving::leave_when_done;
use super::password::PasswordField;
use super::submit::Submit;
use crate::boot::use_lang;
use crate::kit::Fault;

#[component]
pub fn SetUpPage() -> impl IntoView {
    let lang = use_lang();
    let first_run = Resource::new(|| (), |()| is_first_run());
    view! {
        <Door title=t::setup_title(lang)>
            <Suspense fallback=|| view! { <Looking/> }>
                {move || Suspend::new(async move {
                    match first_run.await {
                        Ok(true) => view! { <SetUpForm/> }.into_any(),
                        Ok(false) => view! { <Shut words=t::already_set_up(lang)/> }.into_any(),
                        Err(error) => view! { <Shut words=error.words(lang)/> }.into_any(),
                    }
                })}
            </Suspense>
        </Door>
    }
}

#[component]
fn SetUpForm() -> impl IntoView {
    let lang = use_lang();
    let currency = RwSignal::new("UAH".to_owned());
    let action = ServerAction::<SetUp>::new();
    leave_when_done(action);
    view! {
        <p>{t::setup_intro(lang)}</p>
        <ActionForm action>
            <input type="hidden" name="lang" value=lang.code()/>
            <div class="field">
                <label for="name">{t::your_name(lang)}</label>
                <input type="text" id="name" name="name" required maxlength="80" autocomplete="name" autofocus/>
            </div>
            <div class="field">
                <label for="email">{t::email(lang)}</label>
                <input id="email" name="email" type="email" required maxlength="200" autocomplete="username" inputmode="email"/>
            </div>
            <PasswordField name="password" label=t::password(lang) fresh=true/>
            <div class="field">
                <label for="business">{t::setup_business(lang)}</label>
                <input type="text" id="business" name="business" required maxlength="80" autocomplete="organization"/>
            </div>
            <CurrencyField code=currency/>
            <Fault words=why(action, lang)/>
            <Submit label=t::setup_create(lang) pending=busy(action)/>
        </ActionForm>
    }
}
