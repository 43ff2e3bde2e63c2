//! The funnels, storefront by storefront, and a new one.

mod create;
mod list;
mod preview;

use domain::i18n::t;
use leptos::prelude::*;

use super::api;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use create::CreateFunnel;
use list::FunnelList;

#[component]
pub fn FunnelsPage() -> impl IntoView {
    let lang = use_lang();
    let funnels = Resource::new(|| (), |()| api::funnels());
    view! {
        <SettingsFrame here=Page::Funnels>
            {load(funnels, move |(funnels, storefronts)| {
                let none = funnels.is_empty();
                view! {
                    {none.then(|| view! { <p class="empty">{t::funnels_none(lang)}</p> })}
                    <FunnelList funnels storefronts=storefronts.clone()/>
                    <CreateFunnel storefronts/>
                }
                .into_any()
            })}
        </SettingsFrame>
    }
}
