//! The customer's link: to copy, to show as a picture, to make anew, to end.

use domain::i18n::t;
use domain::ids::DealId;
use domain::tracking::LinkChange;
use leptos::prelude::*;

use super::api;
use crate::boot::use_lang;
use crate::kit::{CopyField, Fault, new_command};

/// `link`: the whole address; None where it was ended.
#[component]
pub fn CustomerLink(deal: DealId, link: Option<String>, may: bool) -> impl IntoView {
    let lang = use_lang();
    let link = RwSignal::new(link);
    let asking = RwSignal::new(None::<LinkChange>);
    let fault = RwSignal::new(None::<String>);
    let change = Action::new(move |change: &LinkChange| {
        let change = *change;
        async move {
            match api::change_link(new_command(), deal, change).await {
                Ok(now) => {
                    link.set(now);
                    fault.set(None);
                    asking.set(None);
                }
                Err(error) => fault.set(Some(error.words(lang))),
            }
        }
    });
    let verb = move |change| if change == LinkChange::Renew { t::link_renew(lang) } else { t::link_revoke(lang) };
    view! {
        <section class="customer-link">
            <h3>{t::link_customer(lang)}</h3>
            {move || match link.get() {
                Some(address) => view! {
                    <CopyField id="customer-link".to_owned() label=t::link_customer(lang) text=Signal::stored(address.clone()) hide_label=true/>
                    <p class="muted">{t::link_hint(lang)}</p>
                    <details>
                        <summary>{t::link_qr(lang)}</summary>
                        <img src=format!("{address}/qr.svg") alt=t::link_qr(lang) width="180" height="180" loading="lazy"/>
                    </details>
                    <a class="button" href=address target="_blank" rel="noopener noreferrer external">{t::link_open(lang)}</a>
                }.into_any(),
                None => view! { <p class="muted">{t::link_none(lang)}</p> }.into_any(),
            }}
            <Show when=move || may>
                <Show
                    when=move || asking.get().is_some()
                    fallback=move || view! {
                        <button type="button" class="button quiet" on:click=move |_| if link.with_untracked(Option::is_some) { asking.set(Some(LinkChange::Renew)) } else { change.dispatch(LinkChange::Renew); }>{t::link_renew(lang)}</button>
                        <Show when=move || link.with(Option::is_some)>
                            <button type="button" class="button quiet" on:click=move |_| asking.set(Some(LinkChange::Revoke))>{t::link_revoke(lang)}</button>
                        </Show>
                    }
                >
                    <div class="notice" role="alert">
                        <strong>{t::link_renew_ask(lang)}</strong>
                        <button type="button" class="button danger" disabled=move || change.pending().get() on:click=move |_| if let Some(wanted) = asking.get_untracked() { change.dispatch(wanted); }>
                            {move || asking.get().map(verb)}
                        </button>
                        <button type="button" class="button" on:click=move |_| asking.set(None)>{t::cancel(lang)}</button>
                    </div>
                </Show>
            </Show>
            <Fault words=fault/>
        </section>
    }
}
