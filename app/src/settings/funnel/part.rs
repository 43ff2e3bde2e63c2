//! The chosen part of a funnel's page, with what it shows.

use domain::funnels::{Funnel, STAGES_MAX};
use domain::i18n::t;
use domain::ids::{FunnelId, StorefrontId};
use domain::orders::DealMaker;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::add::AddStage;
use super::archive::Archive;
use super::bond::{BondData, BondPart, load_bond};
use super::makers::Makers;
use super::stages::Stages;
use super::tabs::Tab;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::settings::outcome::load;
use crate::settings::statuses::api;

#[derive(Clone, Serialize, Deserialize)]
pub enum Part {
    Stages,
    Bond(BondData),
    Deals(Vec<DealMaker>),
}

pub async fn load_part(funnel: FunnelId, tab: Tab, named: Option<StorefrontId>) -> Result<Part, AppError> {
    Ok(match tab {
        Tab::Stages => Part::Stages,
        Tab::Bond => Part::Bond(load_bond(funnel, named).await?),
        Tab::Deals => Part::Deals(api::deal_makers(funnel).await?),
    })
}

#[component]
pub fn FunnelPart(funnel: RwSignal<Funnel>, mine: bool, part: Resource<Result<Part, AppError>>) -> impl IntoView {
    let id = funnel.with_untracked(|funnel| funnel.id);
    load(part, move |part| match part {
        Part::Stages => view! { <StagesPart funnel mine/> }.into_any(),
        Part::Bond(data) => view! { <BondPart funnel data/> }.into_any(),
        Part::Deals(makers) => view! { <Makers funnel=id makers/> }.into_any(),
    })
}

#[component]
fn StagesPart(funnel: RwSignal<Funnel>, mine: bool) -> impl IntoView {
    let lang = use_lang();
    let full = Memo::new(move |_| funnel.with(|funnel| funnel.stages.len() >= STAGES_MAX));
    view! {
        {(!mine).then(|| view! { <p class="settings-hint">{t::funnel_not_yours(lang)}</p> })}
        <Stages funnel mine/>
        {mine.then(|| view! {
            <Show
                when=move || !full.get()
                fallback=move || view! { <p class="settings-hint">{t::limit_stages_full(lang)}</p> }
            >
                <AddStage funnel/>
            </Show>
            <Archive funnel/>
        })}
    }
    .into_any()
}
