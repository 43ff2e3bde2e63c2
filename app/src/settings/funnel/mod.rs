//! One funnel: its name, its stages, its end.

mod add;
mod archive;
mod draft;
mod edit;
mod editor;
mod fields;
mod remove;
mod stage;
mod stages;

use domain::ids::FunnelId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::Loading;
use crate::boot::use_lang;
use crate::error::AppError;
use domain::board::Refusal;
use editor::FunnelEditor;

#[component]
pub fn FunnelPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("funnel")).and_then(|id| id.parse::<FunnelId>().ok()));
    let funnel = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::one_funnel(id).await,
                None => Err(AppError::Refused(Refusal::NotFound)),
            }
        },
    );
    // The frame is within: its heading is the funnel's name.
    view! {
        <Suspense fallback=|| view! { <SettingsFrame here=Page::Funnels><Loading/></SettingsFrame> }>
            {move || Suspend::new(async move {
                match funnel.await {
                    Ok(funnel) => view! { <FunnelEditor funnel/> }.into_any(),
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
