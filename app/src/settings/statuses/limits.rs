//! After how many hours an order is late, and with which mark.

use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::orders::{Flag, StatusFault, Thresholds};
use leptos::prelude::*;

use super::api;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::outcome::fault_of;

#[component]
pub fn Limits(storefront: StorefrontId, thresholds: Thresholds) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let typed = |hours: i64| RwSignal::new(hours.to_string());
    let unfulfilled = typed(thresholds.unfulfilled_hours);
    let no_tracking = typed(thresholds.no_tracking_hours);
    let stuck = typed(thresholds.stuck_hours);
    let not_delivered = typed(thresholds.not_delivered_hours);
    let wrong = RwSignal::new(None::<String>);
    let save = Action::new(move |thresholds: &Thresholds| {
        let thresholds = *thresholds;
        async move {
            api::set_order_limits(new_command(), storefront, thresholds).await?;
            toasts.show(Toast::done(t::saved(lang)));
            Ok(())
        }
    });
    let read = move || {
        let thresholds = Thresholds {
            unfulfilled_hours: hours(unfulfilled)?,
            no_tracking_hours: hours(no_tracking)?,
            stuck_hours: hours(stuck)?,
            not_delivered_hours: hours(not_delivered)?,
        };
        Some(thresholds).filter(Thresholds::are_possible)
    };
    let submit = move || {
        let thresholds = read();
        wrong.set(thresholds.is_none().then(|| StatusFault::Hours.words(lang)));
        if let Some(thresholds) = thresholds {
            save.dispatch(thresholds);
        }
    };
    let fault = fault_of(save);
    let fields = [
        ("unfulfilled", t::limit_unfulfilled(lang), Flag::Unfulfilled, unfulfilled),
        ("no-tracking", t::limit_no_tracking(lang), Flag::NoTracking, no_tracking),
        ("stuck", t::limit_stuck(lang), Flag::Stuck, stuck),
        ("not-delivered", t::limit_not_delivered(lang), Flag::NotDelivered, not_delivered),
    ];
    view! {
        <section class="card settings-card" aria-labelledby="limits">
            <h2 id="limits">{t::limits_title(lang)}</h2>
            <p class="settings-hint">{t::limits_hint(lang)}</p>
            <form novalidate on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="settings-pair">
                    {fields.map(|(key, label, flag, typed)| view! { <Hours key label flag typed/> })}
                </div>
                <Fault words=Signal::derive(move || wrong.get().or_else(|| fault.get()))/>
                <div class="settings-buttons"><Submit label=t::save(lang) pending=save.pending()/></div>
            </form>
        </section>
    }
}

fn hours(typed: RwSignal<String>) -> Option<i64> {
    typed.with_untracked(|typed| typed.trim().parse().ok())
}

#[component]
fn Hours(key: &'static str, label: &'static str, flag: Flag, typed: RwSignal<String>) -> impl IntoView {
    let lang = use_lang();
    let (id, hint) = (format!("limit-{key}"), format!("limit-{key}-hint"));
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input type="text" id=id.clone() inputmode="numeric" required maxlength="5" autocomplete="off" aria-describedby=hint.clone() bind:value=typed/>
            <p class="settings-hint" id=hint.clone()>{t::limit_mark(lang, t::flag_name(lang, flag))}</p>
        </div>
    }
}
