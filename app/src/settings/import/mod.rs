//! Customers, deals and orders out of files: another file, and those that were brought before.

mod api;
mod column;
mod counts;
mod delete;
mod earlier;
mod mapping;
mod one;
mod progress;
mod refused;
mod send;
mod undo;
mod upload;

use domain::auth::{Action, On, may};
use domain::storefronts::Storefront;
use leptos::prelude::*;

use self::api::ImportsData;
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_boot;
use earlier::Earlier;
use send::SendFile;

pub use one::ImportPage;

#[component]
pub fn ImportsPage() -> impl IntoView {
    let data = Resource::new(|| (), |()| api::imports());
    view! {
        <SettingsFrame here=Page::Import>
            {load(data, |data| view! { <Imports data/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Imports(data: ImportsData) -> impl IntoView {
    let ImportsData { imports, storefronts, funnels, people } = data;
    let me = use_boot().me.map(|me| me.actor());
    let mine = |shop: &Storefront| me.as_ref().is_some_and(|me| may(me, Action::Import, On::Storefront(shop.id)));
    let offered = storefronts.iter().filter(|shop| mine(shop)).cloned().collect();
    view! {
        <SendFile storefronts=offered funnels/>
        <Earlier imports storefronts people/>
    }
}
