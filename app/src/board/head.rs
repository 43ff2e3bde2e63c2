//! A column's head: name, count, sum, average age, conversion from the stage before.

use domain::funnels::{Stage, StageKind};
use domain::i18n::t;
use domain::money;
use leptos::prelude::*;

use super::state::{BoardState, Drawer};
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, time};
use domain::auth::Action;

#[component]
pub fn ColumnHead(state: BoardState, stage: Stage) -> impl IntoView {
    let lang = use_lang();
    let id = stage.id;
    let totals = state.column(id).map(|column| column.totals);
    let count = move || totals.map_or(0, |totals| totals.with(|totals| totals.count));
    let sums = move || {
        let Some(totals) = totals else { return String::new() };
        totals.with(|totals| {
            let parts: Vec<String> =
                totals.sums.iter().map(|(currency, sum)| money::format(*sum, currency.0, lang)).collect();
            parts.join(" + ")
        })
    };
    let age = move || totals.and_then(|totals| totals.with(|totals| totals.average_age(state.now.get())));
    // Depends on every column: any change of any count may change it.
    let conversion = move || {
        state.stages.with(|stages| {
            for stage in stages {
                if let Some(column) = state.column(stage.id) {
                    column.totals.track()
                }
            }
        });
        state.conversion(id)
    };
    let collapsed = move || state.collapsed.with(|set| set.contains(&id));
    let toggle = move |_| {
        state.collapsed.update(|set| {
            if !set.remove(&id) {
                set.insert(id);
            }
        })
    };
    let kind = match stage.kind {
        StageKind::Open => None,
        StageKind::Won => Some((Glyph::Check, t::kind_won(lang))),
        StageKind::Lost => Some((Glyph::Cross, t::kind_lost(lang))),
    };
    let name = stage.name.clone();
    let conversion_title = format!("{}. {}", t::conversion(lang), t::conversion_hint(lang));
    view! {
        <header class="column-head">
            <div class="column-title">
                <span class="dot" aria-hidden="true"></span>
                <h2 title=name.clone()>{name.clone()}</h2>
                {kind.map(|(glyph, words)| view! { <span class="kind" title=words role="img" aria-label=words><Icon glyph/></span> })}
                <output class="count" aria-label=move || t::deals(lang, count()) data-count=move || count().to_string()>{move || money::group(count().unsigned_abs(), lang)}</output>
                <Show when=move || !collapsed() && stage.kind != StageKind::Lost && state.may(Action::CreateDeal)>
                    <button type="button" class="icon-button small" aria-label=t::new_deal(lang) title=t::new_deal(lang) on:click=move |_| state.drawer.set(Some(Drawer::New(Some(id))))>
                        <Icon glyph=Glyph::Plus/>
                    </button>
                </Show>
                <button type="button" class="icon-button small" aria-expanded=move || (!collapsed()).to_string() aria-label=move || if collapsed() { t::expand_column(lang) } else { t::collapse_column(lang) } on:click=toggle>
                    {move || if collapsed() { view! { <Icon glyph=Glyph::Right/> } } else { view! { <Icon glyph=Glyph::Left/> } }}
                </button>
            </div>
            <p class="column-figures">
                <span class="sum">{sums}</span>
                {move || age().map(|age| view! { <span class="figure" title=t::average_age(lang)><Icon glyph=Glyph::Clock/><span class="visually-hidden">{t::average_age(lang)}" "</span>{time::span(age, lang)}</span> })}
                {move || conversion().map(|percent| view! { <span class="figure" title=conversion_title.clone()><span class="visually-hidden">{t::conversion(lang)}" "</span>{t::percent(lang, &format!("{percent:.0}"))}</span> })}
            </p>
        </header>
    }
}
