//! One funnel: its name, its stages, how it goes with statuses and orders, its end.

mod add;
mod archive;
mod bond;
mod draft;
mod edit;
mod editor;
mod fields;
mod makers;
mod part;
mod remove;
mod stage;
mod stages;
mod tabs;

use domain::ids::{FunnelId, StorefrontId};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::Loading;
use crate::boot::use_lang;
use crate::error::AppError;
use domain::board::Refusal;
use editor::FunnelEditor;
use part::load_part;
use tabs::use_tab;

#[component]
pub fn FunnelPage() -> impl IntoView {
    let lang = use_lang();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("funnel")).and_then(|id| id.parse::<FunnelId>().ok()));
    let tab = use_tab();
    let storefront =
        Memo::new(move |_| query.with(|query| query.get("storefront")).and_then(|id| id.parse::<StorefrontId>().ok()));
    let funnel = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::one_funnel(id).await,
                None => Err(AppError::Refused(Refusal::NotFound)),
            }
        },
    );
    // What a part needs is loaded when the part is looked at.
    let part = Resource::new(
        move || (id.get(), tab.get(), storefront.get()),
        |(id, tab, storefront)| async move {
            match id {
                Some(id) => load_part(id, tab, storefront).await,
                None => Err(AppError::Refused(Refusal::NotFound)),
            }
        },
    );
    // The frame is within: its heading is the funnel's name.
    view! {
        <Suspense fallback=|| view! { <SettingsFrame here=Page::Funnels><Loading/></SettingsFrame> }>
            {move || Suspend::new(async move {
                match funnel.await {
                    Ok(funnel) => view! { <FunnelEditor funnel tab part/> }.into_any(),
                    Err(error) => view! {
                        <SettingsFrame here=Page::Funnels>
                            <p class="fault" role="alert">{error.words(lang)}</p>
                        </SettingsFrame>
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}
