//! A card: who, what, how much, how long here, whose.

use domain::board::Card;
use domain::i18n::t;
use domain::ids::DealId;
use domain::money;
use leptos::prelude::*;

use super::state::{BoardState, Target};
use crate::boot::use_lang;
use crate::kit::{Avatar, Glyph, Icon, menu_focus, menu_key, time};
use crate::orders::StatusChip;
use domain::auth::Action;

#[component]
pub fn CardView(state: BoardState, card: ArcRwSignal<Card>) -> impl IntoView {
    let lang = use_lang();
    let card = RwSignal::from(card);
    let id = card.with_untracked(|card| card.id);
    let overdue = Memo::new(move |_| {
        let (stage, since) = card.with(|card| (card.stage, card.since));
        state.stage(stage).is_some_and(|stage| stage.overdue(since, state.now.get()))
    });
    let age = move || time::span((state.now.get() - card.with(|card| card.since)).max(0), lang);
    let storefront = move || {
        let id = card.with(|card| card.storefront);
        state.storefronts.with(|list| match list.as_slice() {
            [] | [_] => None,
            list => list.iter().find(|(other, ..)| *other == id).map(|(_, name, _)| name.clone()),
        })
    };
    let goods = move || {
        card.with(|card| {
            let first = if card.first_line.is_empty() { t::no_goods(lang).to_owned() } else { card.first_line.clone() };
            (first, (card.more_lines > 0).then(|| t::more_lines(lang, card.more_lines)))
        })
    };
    view! {
        <article
            class="deal"
            class:overdue=move || overdue.get()
            class:selected=move || state.selected.with(|set| set.contains(&id))
            class:lifted=move || state.lifted.get() == Some(id)
            class:pulse=move || state.pulsing.get() == Some(id)
            data-card-id=id.to_string()
            role="listitem"
            tabindex="0"
            aria-describedby="lift-hint"
        >
            <div class="deal-top">
                <span class="customer">{move || card.with(|card| card.customer_name.clone())}</span>
                <span class="sum">{move || card.with(|card| money::format(card.sum, card.currency, lang))}</span>
            </div>
            <p class="goods"><span class="first">{move || goods().0}</span>{move || goods().1.map(|more| view! { " "<span class="more">{more}</span> })}</p>
            <p class="origin">
                {move || card.with(|card| card.order_number.clone()).map(|number| view! { <span class="number">"№ "{number}</span> })}
                <span class="source">{move || t::source_name(lang, card.with(|card| card.source))}</span>
                {move || storefront().map(|name| view! { <span class="storefront">{name}</span> })}
                {move || card.with(|card| card.status).and_then(|id| state.status(id)).map(|status| view! { <StatusChip status/> })}
                {move || card.with(|card| card.deleted_in_shop).then(|| view! { <span class="chip danger">{t::deleted_in_shop(lang)}</span> })}
            </p>
            <div class="deal-bottom">
                <span class="age" title=move || t::age_on_stage(lang, &age())>
                    {move || if overdue.get() { view! { <Icon glyph=Glyph::Warning/> } } else { view! { <Icon glyph=Glyph::Clock/> } }}
                    {age}
                    {move || overdue.get().then(|| view! { <span class="late">{t::overdue(lang)}</span> })}
                </span>
                {move || card.with(|card| card.responsible).map(|user| view! { <Avatar id=user name=state.person(user).unwrap_or_default()/> })}
                <Show when=move || state.may(Action::MoveDeal)>
                    <CardMenu state id/>
                </Show>
            </div>
        </article>
    }
}

/// The way to move and select without dragging.
#[component]
fn CardMenu(state: BoardState, id: DealId) -> impl IntoView {
    let lang = use_lang();
    let mover = super::queue::use_mover();
    let open = RwSignal::new(false);
    let stages = move || {
        let own = state.card(id).map(|card| card.with(|card| card.stage));
        state.stages.get().into_iter().filter(move |stage| Some(stage.id) != own).collect::<Vec<_>>()
    };
    let place = format!("[data-card-id='{id}'] .menu");
    menu_focus(&place, open);
    let choose = move |stage| {
        open.set(false);
        mover.carry(vec![id], Target { stage, index: 0 });
    };
    view! {
        <div class="menu" data-no-drag="">
            <input
                type="checkbox"
                class="pick"
                aria-label=t::select_card(lang)
                prop:checked=move || state.selected.with(|set| set.contains(&id))
                on:change=move |_| state.selected.update(|set| if !set.remove(&id) { set.insert(id); })
            />
            <button type="button" class="icon-button small" aria-haspopup="menu" aria-expanded=move || open.get().to_string() aria-label=t::move_to(lang) title=t::move_to(lang) on:click=move |_| open.update(|open| *open = !*open)>
                <Icon glyph=Glyph::Dots/>
            </button>
            <Show when=move || open.get()>
                <div class="menu-scrim" on:click=move |_| open.set(false)></div>
                <div class="menu-list" role="menu" on:keydown=move |event| menu_key(&event, open)>
                    <p class="menu-title">{t::move_to(lang)}</p>
                    <For each=stages key=|stage| stage.id let(stage)>
                        <button type="button" role="menuitem" class=format!("menu-item c-{}", stage.colour.key()) on:click=move |_| choose(stage.id)>
                            <span class="dot" aria-hidden="true"></span>{stage.name.clone()}
                        </button>
                    </For>
                </div>
            </Show>
        </div>
    }
}
