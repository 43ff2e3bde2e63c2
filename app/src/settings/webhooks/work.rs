//! A webhook at work: its state, a test, a pause, another secret, its end.

use domain::i18n::t;
use domain::webhooks::{Delivery, DeliveryDetails, DeliveryState, Webhook, WebhookChange};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::api;
use super::secret::Secret;
use super::state::StateChip;
use super::tries::Details;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, time, use_toasts};
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

#[component]
pub fn Work(webhook: RwSignal<Webhook>, list: RwSignal<Vec<Delivery>>) -> impl IntoView {
    let lang = use_lang();
    let off = move || webhook.with(|hook| hook.off).map(|off| t::webhook_off(lang, off));
    let old = move || {
        let until = webhook.with(|hook| hook.old_secret_until).filter(|until| *until > time::browser_now());
        // The server does not know the reader's time zone: the words come with the WASM.
        until.map(|until| time::local(until, lang)).filter(|words| !words.is_empty())
    };
    let old_words = RwSignal::new(None::<String>);
    Effect::new(move || old_words.set(old().map(|until| t::webhook_both_until(lang, &until))));
    view! {
        <section class="card settings-card" aria-labelledby="webhook-state">
            <div class="settings-row">
                <h2 id="webhook-state" class="settings-name">{t::webhook_state(lang)}</h2>
                <StateChip webhook/>
            </div>
            <p class="fault" hidden=move || off().is_none()>{off}</p>
            <p class="settings-hint" hidden=move || old_words.with(Option::is_none)>{move || old_words.get()}</p>
            <Test webhook list/>
            <Pause webhook/>
            <Rotate webhook/>
            <End webhook/>
        </section>
    }
    .into_any()
}

#[component]
fn Test(webhook: RwSignal<Webhook>, list: RwSignal<Vec<Delivery>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = webhook.with_untracked(|hook| hook.id);
    let shown = RwSignal::new(None::<DeliveryDetails>);
    let test = Action::new(move |(): &()| async move {
        let details = api::test_webhook(new_command(), id).await?;
        let arrived = details.delivery.state == DeliveryState::Delivered;
        let words = if arrived { t::webhook_test_arrived(lang) } else { t::webhook_test_failed(lang) };
        toasts.show(if arrived { Toast::done(words) } else { Toast::refused(words) });
        list.update(|list| list.insert(0, details.delivery.clone()));
        shown.set(Some(details));
        Ok(())
    });
    view! {
        <div class="settings-buttons">
            <button
                type="button"
                class="button primary"
                aria-describedby="webhook-test-hint"
                disabled=move || test.pending().get()
                on:click=move |_| { test.dispatch(()); }
            >
                {move || if test.pending().get() { t::one_moment(lang) } else { t::webhook_test(lang) }}
            </button>
            <p class="settings-hint" id="webhook-test-hint">{t::webhook_test_hint(lang)}</p>
        </div>
        <Fault words=fault_of(test)/>
        {move || shown.get().map(|details| view! { <div class="webhook-tested"><Details details/></div> })}
    }
    .into_any()
}

#[component]
fn Pause(webhook: RwSignal<Webhook>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = webhook.with_untracked(|hook| hook.id);
    let active = Memo::new(move |_| webhook.with(|hook| hook.active));
    let change = Action::new(move |pause: &bool| {
        let pause = *pause;
        async move {
            let change = if pause { WebhookChange::Pause } else { WebhookChange::Resume };
            webhook.set(api::change_webhook(new_command(), id, change).await?);
            toasts.show(Toast::done(if pause { t::webhook_paused_done(lang) } else { t::webhook_resumed(lang) }));
            Ok(())
        }
    });
    let label = move || if active.get() { t::webhook_pause(lang) } else { t::webhook_resume(lang) };
    view! {
        <div class="settings-buttons">
            <button
                type="button"
                class="button"
                aria-describedby="webhook-pause-hint"
                disabled=move || change.pending().get()
                on:click=move |_| { change.dispatch(active.get_untracked()); }
            >
                {move || if change.pending().get() { t::one_moment(lang) } else { label() }}
            </button>
            <p class="settings-hint" id="webhook-pause-hint">{t::webhook_pause_hint(lang)}</p>
        </div>
        <Fault words=fault_of(change)/>
    }
    .into_any()
}

#[component]
fn Rotate(webhook: RwSignal<Webhook>) -> impl IntoView {
    let lang = use_lang();
    let id = webhook.with_untracked(|hook| hook.id);
    let asking = RwSignal::new(false);
    let secret = RwSignal::new(None::<String>);
    let rotate = Action::new(move |(): &()| async move {
        let (changed, fresh) = api::rotate_webhook_secret(new_command(), id).await?;
        asking.set(false);
        webhook.set(changed);
        secret.set(Some(fresh));
        Ok(())
    });
    view! {
        <Secret id="webhook-secret" secret/>
        <div class="settings-buttons">
            <button type="button" class="button" on:click=move |_| { rotate.clear(); asking.set(true); }>
                {t::webhook_rotate(lang)}
            </button>
            <p class="settings-hint">{t::webhook_rotate_ask(lang)}</p>
        </div>
        <Confirm
            open=asking
            title=Signal::derive(move || webhook.with(|hook| t::webhook_rotate_title(lang, &hook.host())))
            words=t::webhook_rotate_ask(lang)
            label=t::webhook_rotate(lang)
            pending=rotate.pending()
            fault=fault_of(rotate)
            on_confirm=move |()| { rotate.dispatch(()); }
        />
    }
    .into_any()
}

#[component]
fn End(webhook: RwSignal<Webhook>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let id = webhook.with_untracked(|hook| hook.id);
    let asking = RwSignal::new(false);
    let remove = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            api::remove_webhook(new_command(), id).await?;
            toasts.show(Toast::done(t::webhook_deleted(lang)));
            navigate("/settings/webhooks", Default::default());
            Ok(())
        }
    });
    view! {
        <div class="settings-buttons">
            <button type="button" class="button danger" on:click=move |_| { remove.clear(); asking.set(true); }>
                {t::webhook_delete(lang)}
            </button>
        </div>
        <Confirm
            open=asking
            title=Signal::derive(move || webhook.with(|hook| t::webhook_delete_title(lang, &hook.host())))
            words=t::webhook_delete_ask(lang)
            label=t::webhook_delete(lang)
            pending=remove.pending()
            fault=fault_of(remove)
            on_confirm=move |()| { remove.dispatch(()); }
        />
    }
    .into_any()
}
