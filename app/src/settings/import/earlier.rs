//! The imports of before: what each was, how it ended, whose it was.

use domain::auth::Who;
use domain::board::Person;
use domain::event::sentence::{People, author};
use domain::i18n::t;
use domain::ids::UserId;
use domain::import::Import;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::counts::number;
use crate::boot::use_lang;
use crate::kit::time;

struct Known<'a>(&'a [Person]);

impl People for Known<'_> {
    fn name(&self, user: UserId) -> Option<String> {
        self.0.iter().find(|person| person.id == user).map(|person| person.name.clone())
    }
}

#[component]
pub fn Earlier(imports: Vec<Import>, storefronts: Vec<Storefront>, people: Vec<Person>) -> impl IntoView {
    let lang = use_lang();
    let none = imports.is_empty();
    let shop = |import: &Import| {
        let found = storefronts.iter().find(|shop| shop.id == import.storefront);
        found.map(|shop| shop.name.clone()).unwrap_or_default()
    };
    let who = |by: Who| author(by, lang, &Known(&people));
    let rows: Vec<_> = imports
        .into_iter()
        .map(|import| {
            let (shop, who) = (shop(&import), who(import.by));
            view! { <OneEarlier import shop who/> }
        })
        .collect();
    view! {
        <section class="card settings-card" aria-labelledby="import-earlier">
            <h2 id="import-earlier">{t::import_earlier(lang)}</h2>
            {if none {
                view! { <p class="empty">{t::import_none(lang)}</p> }.into_any()
            } else {
                view! { <ul class="settings-list">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn OneEarlier(import: Import, shop: String, who: String) -> impl IntoView {
    let lang = use_lang();
    let (id, at, counts) = (import.id, import.created_at, import.counts);
    // The server does not know the reader's time zone: the words come with the WASM.
    let when = RwSignal::new(String::new());
    Effect::new(move || when.set(time::local(at, lang)));
    let what = format!("{} · {shop} · {}", import.kind.words(lang), import.state.words(lang));
    let made = format!("{}: {}", t::import_made(lang), number(counts.made, lang));
    let refused = format!("{}: {}", t::import_refused(lang), number(counts.refused, lang));
    let figures = if counts.refused > 0 { format!("{made} · {refused}") } else { made };
    view! {
        <li class="settings-row">
            <div class="import-what">
                <a class="settings-name" href=format!("/settings/import/{id}")>{import.file_name}</a>
                <p class="settings-hint">{what}</p>
                <p class="settings-hint">{figures}</p>
            </div>
            <p class="settings-hint">{move || format!("{who} · {}", when.get())}</p>
        </li>
    }
}
