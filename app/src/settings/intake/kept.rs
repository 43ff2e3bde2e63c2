//! One kept delivery: from where, why it was not understood, another try, or away with it.

use domain::i18n::t;
use domain::intake::Intake;
use leptos::prelude::*;

use super::body::Body;
use super::{Shops, local};
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::{fault_of, follow};

#[component]
pub fn KeptOne(first: Intake, shops: Shops, list: RwSignal<Vec<Intake>>, news: RwSignal<u32>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, readable) = (first.id, !first.emptied);
    let whence = shops.whence(first.storefront, &first.door, &first.topic, lang);
    let when = local(first.received_at, lang);
    let heading = format!("delivery-{id}");
    let kept = follow(list, first, |one, other| one.id == other.id);
    let gone = move || list.update(|list| list.retain(|one| one.id != id));
    let asking = RwSignal::new(false);
    let replay = Action::new(move |(): &()| async move {
        match api::replay(id).await? {
            None => {
                toasts.show(Toast::done(t::intake_replayed(lang)));
                news.update(|news| *news += 1);
                gone();
            }
            Some(reason) => {
                toasts.show(Toast::refused(t::intake_still_because(lang, &reason.words(lang))));
                list.update(|list| {
                    list.iter_mut().filter(|one| one.id == id).for_each(|one| one.reason.clone_from(&reason))
                });
            }
        }
        Ok(())
    });
    let dismiss = Action::new(move |(): &()| async move {
        api::dismiss_intake(new_command(), id).await?;
        asking.set(false);
        toasts.show(Toast::done(t::intake_dismissed(lang)));
        gone();
        Ok(())
    });
    view! {
        <li class="card settings-card" aria-labelledby=heading.clone()>
            <h3 id=heading.clone()>{whence}</h3>
            <dl class="facts">
                <dt>{t::intake_when(lang)}</dt>
                <dd>{move || when.get()}</dd>
                <dt>{t::intake_reason(lang)}</dt>
                <dd>{move || kept.with(|one| one.reason.words(lang))}</dd>
            </dl>
            {if readable {
                view! { <Body intake=id/> }.into_any()
            } else {
                view! { <p class="settings-hint">{t::intake_emptied(lang)}</p> }.into_any()
            }}
            <Fault words=fault_of(replay)/>
            <div class="settings-buttons">
                {readable.then(|| view! {
                    <button
                        type="button"
                        class="button"
                        disabled=move || replay.pending().get()
                        on:click=move |_| { replay.dispatch(()); }
                    >
                        {move || if replay.pending().get() { t::one_moment(lang) } else { t::intake_replay(lang) }}
                    </button>
                })}
                <button type="button" class="button quiet" on:click=move |_| { dismiss.clear(); asking.set(true); }>
                    {t::intake_dismiss(lang)}
                </button>
            </div>
            <Confirm
                open=asking
                title=t::intake_dismiss_title(lang)
                words=t::intake_dismiss_ask(lang)
                label=t::intake_dismiss(lang)
                pending=dismiss.pending()
                fault=fault_of(dismiss)
                on_confirm=move |()| { dismiss.dispatch(()); }
            />
        </li>
    }
}
