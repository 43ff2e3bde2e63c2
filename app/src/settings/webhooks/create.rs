//! Another webhook, and its secret.

use domain::auth::Storefronts;
use domain::i18n::t;
use domain::storefronts::Storefront;
use domain::webhooks::{NewWebhook, Topic, Webhook};
use leptos::prelude::*;

use super::api;
use super::fields::{Draft, Fields};
use super::secret::Secret;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::outcome::{fault_of, focus};

const SECRET: &str = "webhook-secret";
/// What most receivers want; the others are ticked by whoever wants them.
const USUAL: [Topic; 3] = [Topic::DealCreated, Topic::DealMoved, Topic::OrderReceived];

#[component]
pub fn CreateWebhook(list: RwSignal<Vec<Webhook>>, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let usual = NewWebhook { url: String::new(), storefronts: Storefronts::All, topics: USUAL.to_vec() };
    let draft = Draft::of(usual);
    let secret = RwSignal::new(None::<String>);
    let attempt = Attempt::new();
    let create = Action::new(move |new: &NewWebhook| {
        let new = new.clone();
        async move {
            let (made, fresh) = api::create_webhook(attempt.id(&new), new).await?;
            attempt.done();
            toasts.show(Toast::done(t::webhook_created(lang)));
            draft.url.set(String::new());
            secret.set(Some(fresh));
            list.update(|list| list.push(made));
            focus(SECRET.to_owned());
            Ok(())
        }
    });
    view! {
        <section class="card settings-card" aria-labelledby="webhook-new">
            <h2 id="webhook-new">{t::webhook_new(lang)}</h2>
            <Secret id=SECRET secret/>
            <form on:submit=move |event| { event.prevent_default(); create.dispatch(draft.new_webhook()); }>
                <Fields id="webhook" draft shops/>
                <Fault words=fault_of(create)/>
                <div class="settings-buttons"><Submit label=t::webhook_create(lang) pending=create.pending()/></div>
            </form>
        </section>
    }
}
