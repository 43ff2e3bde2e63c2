//! What came in by the doors: what waits for somebody, wrong signatures, and the record of everything.

mod body;
mod forged;
mod kept;
mod record;
mod row;

use domain::i18n::{Lang, t};
use domain::ids::{Millis, StorefrontId};
use domain::intake::{Intake, door_name};
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::api::{self, IntakeData};
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use crate::kit::time;
use forged::WrongSignatures;
use kept::KeptOne;
use record::Record;

#[component]
pub fn IntakePage() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::kept_intake());
    view! {
        <SettingsFrame here=Page::Intake>
            {load(data, |data| view! { <Doors data/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Doors(data: IntakeData) -> impl IntoView {
    let IntakeData { waiting, forged, record, storefronts } = data;
    let shops = Shops(StoredValue::new(storefronts));
    // Bumped when something was read again: the record has a new line.
    let news = RwSignal::new(0u32);
    view! {
        <Waiting first=waiting shops news/>
        <WrongSignatures forged shops/>
        <Record first=record shops news/>
    }
}

#[component]
fn Waiting(first: Vec<Intake>, shops: Shops, news: RwSignal<u32>) -> impl IntoView {
    let lang = use_lang();
    let list = RwSignal::new(first);
    view! {
        <section class="intake-part" aria-labelledby="intake-waits">
            <h2 id="intake-waits">{t::intake_waits(lang)}</h2>
            <p class="settings-hint">{t::intake_hint(lang)}</p>
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{t::intake_empty(lang)}</p> }
            >
                <ul class="settings-cards">
                    <For each=move || list.get() key=|one| one.id let(one)>
                        <KeptOne first=one shops list news/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

/// The storefronts, to be named.
#[derive(Clone, Copy)]
pub struct Shops(StoredValue<Vec<Storefront>>);

impl Shops {
    fn name(self, id: StorefrontId) -> String {
        self.0
            .with_value(|all| all.iter().find(|shop| shop.id == id).map_or_else(String::new, |shop| shop.name.clone()))
    }

    fn all(self) -> Vec<(StorefrontId, String)> {
        self.0.with_value(|all| all.iter().map(|shop| (shop.id, shop.name.clone())).collect())
    }

    /// "Coffee shop · WooCommerce · order.created".
    fn whence(self, storefront: StorefrontId, door: &str, topic: &str, lang: Lang) -> String {
        let parts = [self.name(storefront), door_name(door, lang).to_owned(), topic.to_owned()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// The server does not know the reader's time zone: the words come with the WASM.
fn local(at: Millis, lang: Lang) -> RwSignal<String> {
    let when = RwSignal::new(String::new());
    Effect::new(move || when.set(time::local(at, lang)));
    when
}
