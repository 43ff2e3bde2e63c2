//! The bond of a storefront's statuses with the funnel's stages: two maps, checked as they are edited, and their picture.

mod draft;
mod editor;
mod picture;
mod rows;

use domain::funnels::Funnel;
use domain::i18n::t;
use domain::ids::{FunnelId, StorefrontId};
use domain::orders::{Bond, DealMaker, Status};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};

use super::tabs::Tab;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::settings::statuses::api;
use editor::BondEditor;

/// What the part shows: the funnel's storefronts, and one's bond.
#[derive(Clone, Serialize, Deserialize)]
pub struct BondData {
    shops: Vec<DealMaker>,
    chosen: Option<(Bond, Vec<Status>)>,
}

/// Of the named storefront, else of the first.
pub async fn load_bond(funnel: FunnelId, named: Option<StorefrontId>) -> Result<BondData, AppError> {
    let shops = api::deal_makers(funnel).await?;
    let chosen = match named.or(shops.first().map(|shop| shop.storefront)) {
        Some(storefront) => Some(api::storefront_bond(funnel, storefront).await?),
        None => None,
    };
    Ok(BondData { shops, chosen })
}

#[component]
pub fn BondPart(funnel: RwSignal<Funnel>, data: BondData) -> impl IntoView {
    let lang = use_lang();
    let BondData { shops, chosen } = data;
    let Some((bond, statuses)) = chosen else {
        return view! { <p class="empty">{t::makers_none(lang)}</p> }.into_any();
    };
    let storefront = bond.storefront;
    let address = format!("/settings/statuses?storefront={storefront}");
    let none = statuses.is_empty();
    view! {
        <section class="card settings-card" aria-labelledby="bond">
            <h2 id="bond">{t::bond_tab(lang)}</h2>
            <p class="settings-hint">{t::bond_hint(lang)}</p>
            <Chooser funnel=funnel.with_untracked(|funnel| funnel.id) shops storefront/>
            <p><a class="link" href=address>{t::bond_to_statuses(lang)}</a></p>
            {if none {
                view! { <p class="empty">{t::bond_no_statuses(lang)}</p> }.into_any()
            } else {
                view! { <BondEditor funnel=funnel.get_untracked() bond statuses/> }.into_any()
            }}
        </section>
    }
    .into_any()
}

/// Nothing to choose where there is one.
#[component]
fn Chooser(funnel: FunnelId, shops: Vec<DealMaker>, storefront: StorefrontId) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let choose = move |id: String| {
        navigate(&format!("{}&storefront={id}", Tab::Bond.address(funnel)), Default::default());
    };
    (shops.len() > 1).then(|| {
        view! {
            <div class="field">
                <label for="bond-storefront">{t::storefront(lang)}</label>
                <select id="bond-storefront" on:change=move |event| choose(event_target_value(&event))>
                    {shops
                        .into_iter()
                        .map(|shop| view! {
                            <option value=shop.storefront.to_string() selected=shop.storefront == storefront>{shop.name}</option>
                        })
                        .collect_view()}
                </select>
            </div>
        }
    })
}
