//! Each storefront's funnels, those of every storefront first.

use domain::funnels::Funnel;
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};

#[component]
pub fn FunnelList(funnels: Vec<Funnel>, storefronts: Vec<Storefront>) -> impl IntoView {
    let lang = use_lang();
    let of = |storefront| funnels.iter().filter(|funnel| funnel.storefront == storefront).cloned().collect::<Vec<_>>();
    let mut groups = vec![(t::funnel_shared(lang).to_owned(), of(None))];
    groups.extend(storefronts.into_iter().map(|shop| (shop.name, of(Some(shop.id)))));
    groups
        .into_iter()
        .filter(|(_, funnels)| !funnels.is_empty())
        .map(|(name, funnels)| view! {
            <section class="card settings-card" aria-label=name.clone()>
                <h2>{name.clone()}</h2>
                <ul class="settings-list">{funnels.into_iter().map(|funnel| view! { <FunnelLine funnel/> }).collect_view()}</ul>
            </section>
        })
        .collect_view()
}

/// The name leads to the funnel's settings, the sign to its board.
#[component]
fn FunnelLine(funnel: Funnel) -> impl IntoView {
    let lang = use_lang();
    let count = i64::try_from(funnel.stages.len()).unwrap_or(i64::MAX);
    let board = t::funnel_board(lang, &funnel.name);
    view! {
        <li class="settings-row">
            <a class="settings-name link" href=format!("/settings/funnels/{}", funnel.id)>{funnel.name.clone()}</a>
            <span class="dots" aria-hidden="true">
                {funnel.stages.iter().map(|stage| view! { <span class=format!("swatch c-{}", stage.colour.key())></span> }).collect_view()}
            </span>
            <span class="settings-hint">{t::stages(lang, count)}</span>
            <a class="icon-button" href=format!("/f/{}", funnel.id) aria-label=board.clone() title=board.clone()>
                <Icon glyph=Glyph::Board/>
            </a>
        </li>
    }
}
