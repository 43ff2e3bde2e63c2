//! What is told and where to: the same fields for a new webhook and for one that changes.

use domain::auth::Storefronts;
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::storefronts::Storefront;
use domain::webhooks::{NewWebhook, Topic, URL_CHARS_MAX};
use leptos::prelude::*;

use crate::boot::use_lang;

/// What the fields hold.
#[derive(Clone, Copy)]
pub struct Draft {
    pub url: RwSignal<String>,
    pub topics: RwSignal<Vec<Topic>>,
    pub all_shops: RwSignal<bool>,
    pub shops: RwSignal<Vec<StorefrontId>>,
}

impl Draft {
    pub fn of(from: NewWebhook) -> Self {
        let (all, some) = match from.storefronts {
            Storefronts::All => (true, Vec::new()),
            Storefronts::Some(list) => (false, list),
        };
        Self {
            url: RwSignal::new(from.url),
            topics: RwSignal::new(from.topics),
            all_shops: RwSignal::new(all),
            shops: RwSignal::new(some),
        }
    }

    pub fn new_webhook(&self) -> NewWebhook {
        let storefronts = if self.all_shops.get_untracked() {
            Storefronts::All
        } else {
            Storefronts::Some(self.shops.get_untracked())
        };
        NewWebhook { url: self.url.get_untracked().trim().to_owned(), storefronts, topics: self.topics.get_untracked() }
    }
}

/// `id` begins the names of the fields on their page.
#[component]
pub fn Fields(id: &'static str, draft: Draft, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let (url, hint) = (format!("{id}-url"), format!("{id}-url-hint"));
    view! {
        <div class="field">
            <label for=url.clone()>{t::webhook_url(lang)}</label>
            <input
                type="url"
                id=url.clone()
                required
                maxlength=URL_CHARS_MAX.to_string()
                autocomplete="off"
                spellcheck="false"
                placeholder="https://example.com/hook"
                aria-describedby=hint.clone()
                bind:value=draft.url
            />
            <p class="settings-hint" id=hint.clone()>{t::webhook_url_hint(lang)}</p>
        </div>
        <fieldset class="checks webhook-topics">
            <legend>{t::webhook_topics(lang)}</legend>
            {Topic::ALL.map(|topic| view! {
                <label class="check">
                    <Tick chosen=draft.topics one=topic/>
                    <span>{t::topic_name(lang, topic)}" "<code class="muted">{topic.key()}</code></span>
                </label>
            })}
        </fieldset>
        <fieldset class="checks">
            <legend>{t::webhook_storefronts(lang)}</legend>
            <label class="check">
                <input
                    type="checkbox"
                    checked=draft.all_shops.get_untracked()
                    prop:checked=move || draft.all_shops.get()
                    on:change=move |event| draft.all_shops.set(event_target_checked(&event))
                />
                <span>{t::funnel_shared(lang)}</span>
            </label>
            <Show when=move || !draft.all_shops.get()>
                {shops
                    .get_value()
                    .into_iter()
                    .map(|shop| view! {
                        <label class="check"><Tick chosen=draft.shops one=shop.id/><span>{shop.name}</span></label>
                    })
                    .collect_view()}
            </Show>
        </fieldset>
    }
    .into_any()
}

/// A box for one of many.
#[component]
fn Tick<T>(chosen: RwSignal<Vec<T>>, one: T) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let switch = move |on: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| *other != one);
            if on {
                chosen.push(one);
            }
        });
    };
    view! {
        <input
            type="checkbox"
            checked=chosen.with_untracked(|chosen| chosen.contains(&one))
            prop:checked=move || chosen.with(|chosen| chosen.contains(&one))
            on:change=move |event| switch(event_target_checked(&event))
        />
    }
}
