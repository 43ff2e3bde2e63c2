//! Statuses: where a storefront's orders can be, the paths they take, and when they are late.

mod add;
pub mod api;
mod desk;
mod draft;
mod edit;
mod fields;
mod limits;
mod list;
mod retire;
mod scenarios;
mod sets;
mod status;

use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::orders::STATUSES_MAX;
use domain::storefronts::Storefront;
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use serde::{Deserialize, Serialize};

use self::api::Ways;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::settings::api as settings;
use add::AddStatus;
use desk::Desk;
use limits::Limits;
use list::Statuses;
use scenarios::Scenarios;
use sets::Sets;

/// What the page shows; no ways where there is no storefront.
#[derive(Clone, Serialize, Deserialize)]
struct Data {
    shops: Vec<Storefront>,
    chosen: Option<(StorefrontId, Ways)>,
}

/// "/settings/statuses?storefront=2" is another storefront's; without one it is the first's.
#[component]
pub fn StatusesPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let named =
        Memo::new(move |_| query.with(|query| query.get("storefront")).and_then(|id| id.parse::<StorefrontId>().ok()));
    let data = Resource::new(move || named.get(), all);
    view! {
        <SettingsFrame here=Page::Statuses>
            <p class="settings-hint">{t::statuses_hint(lang)}</p>
            {load(data, move |Data { shops, chosen }| match chosen {
                None => view! { <p class="empty">{t::statuses_no_storefronts(lang)}</p> }.into_any(),
                Some((storefront, ways)) => view! {
                    <Chooser shops storefront/>
                    <Editor storefront ways/>
                }
                .into_any(),
            })}
        </SettingsFrame>
    }
}

async fn all(named: Option<StorefrontId>) -> Result<Data, AppError> {
    let (shops, _) = settings::storefronts().await?;
    let storefront = named.or(shops.first().map(|shop| shop.id));
    let chosen = match storefront {
        Some(storefront) => Some((storefront, api::storefront_ways(storefront).await?)),
        None => None,
    };
    Ok(Data { shops, chosen })
}

/// Nothing to choose where there is one.
#[component]
fn Chooser(shops: Vec<Storefront>, storefront: StorefrontId) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let choose = move |id: String| navigate(&format!("/settings/statuses?storefront={id}"), Default::default());
    (shops.len() > 1).then(|| {
        view! {
            <div class="field">
                <label for="statuses-storefront">{t::storefront(lang)}</label>
                <select id="statuses-storefront" on:change=move |event| choose(event_target_value(&event))>
                    {shops
                        .into_iter()
                        .map(|shop| view! {
                            <option value=shop.id.to_string() selected=shop.id == storefront>{shop.name}</option>
                        })
                        .collect_view()}
                </select>
            </div>
        }
    })
}

#[component]
fn Editor(storefront: StorefrontId, ways: Ways) -> impl IntoView {
    let lang = use_lang();
    let thresholds = ways.settings.thresholds;
    let desk = Desk::of(storefront, ways);
    let full = Memo::new(move |_| desk.statuses.with(|statuses| statuses.len() >= STATUSES_MAX));
    view! {
        <Statuses desk/>
        <Show
            when=move || !full.get()
            fallback=move || view! { <p class="settings-hint">{t::status_full(lang)}</p> }
        >
            <AddStatus desk/>
        </Show>
        <Sets desk/>
        <Scenarios desk/>
        <Limits storefront thresholds/>
    }
    .into_any()
}
