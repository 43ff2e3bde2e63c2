//! The record: every genuine delivery, the newest first, page by page.

use domain::i18n::t;
use domain::intake::{Delivery, Outcome, RECORD_PAGE, RecordFilter};
use leptos::prelude::*;

use super::Shops;
use super::row::Row;
use crate::boot::use_lang;
use crate::kit::Fault;
use crate::settings::api;
use crate::settings::outcome::fault_of;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Anew,
    Older,
}

#[component]
pub fn Record(first: Vec<Delivery>, shops: Shops, news: RwSignal<u32>) -> impl IntoView {
    let lang = use_lang();
    let filter = RwSignal::new(RecordFilter::default());
    let more = RwSignal::new(first.len() >= RECORD_PAGE);
    let list = RwSignal::new(first);
    let last = move || list.with_untracked(|list| list.last().map(|one| one.id));
    let look = Action::new(move |look: &Look| {
        let asked = filter.get_untracked();
        let before = last().filter(|_| *look == Look::Older);
        async move {
            let page = api::deliveries(asked, before).await?;
            // The answer to a question that is no longer asked is dropped.
            if filter.try_get_untracked() == Some(asked) && (before.is_none() || before == last()) {
                more.set(page.len() >= RECORD_PAGE);
                match before {
                    Some(_) => list.update(|list| list.extend(page)),
                    None => list.set(page),
                }
            }
            Ok(())
        }
    });
    let by_storefront = move |event| {
        let storefront = event_target_value(&event).parse().ok();
        filter.update(|filter| filter.storefront = storefront);
        look.dispatch(Look::Anew);
    };
    let by_outcome = move |event| {
        let outcome = Outcome::parse(&event_target_value(&event));
        filter.update(|filter| filter.outcome = outcome);
        look.dispatch(Look::Anew);
    };
    Effect::new(move |seen: Option<u32>| {
        let now = news.get();
        if seen.is_some_and(|seen| seen != now) {
            look.dispatch(Look::Anew);
        }
        now
    });
    let nothing = move || {
        let everything = filter.get() == RecordFilter::default();
        if everything { t::record_empty(lang) } else { t::record_nothing_found(lang) }
    };
    view! {
        <section class="card settings-card" aria-labelledby="intake-record">
            <h2 id="intake-record">{t::record_title(lang)}</h2>
            <p class="settings-hint">{t::record_hint(lang)}</p>
            <div class="settings-pair">
                <div class="field">
                    <label for="record-storefront">{t::storefront(lang)}</label>
                    <select id="record-storefront" on:change=by_storefront>
                        <option value="">{t::filter_storefront(lang)}</option>
                        {shops.all().into_iter().map(|(id, name)| view! { <option value=id.to_string()>{name}</option> }).collect_view()}
                    </select>
                </div>
                <div class="field">
                    <label for="record-outcome">{t::record_outcome(lang)}</label>
                    <select id="record-outcome" on:change=by_outcome>
                        <option value="">{t::record_every_outcome(lang)}</option>
                        {Outcome::ALL.map(|outcome| view! { <option value=outcome.key()>{outcome.words(lang)}</option> })}
                    </select>
                </div>
            </div>
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{nothing}</p> }
            >
                <ul class="settings-list" aria-busy=move || look.pending().get().to_string()>
                    <For each=move || list.get() key=|one| one.id let(one)>
                        <Row delivery=one shops/>
                    </For>
                </ul>
            </Show>
            <Fault words=fault_of(look)/>
            <Show when=move || more.get()>
                <div class="settings-buttons">
                    <button
                        type="button"
                        class="button"
                        disabled=move || look.pending().get()
                        on:click=move |_| { look.dispatch(Look::Older); }
                    >
                        {move || if look.pending().get() { t::one_moment(lang) } else { t::record_older(lang) }}
                    </button>
                </div>
            </Show>
        </section>
    }
}
