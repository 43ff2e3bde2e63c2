//! The board's tools in the bar: which board, search, filter, density, who is here, whether it is live.

use domain::auth::Action;
use domain::i18n::t;
use domain::ids::FunnelId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::export::ExportMenu;
use super::filters::{FilterPanel, SearchBox};
use super::state::{BoardState, Drawer};
use crate::boot::{Density, use_lang};
use crate::kit::{Avatar, Glyph, Icon, Toast, new_command, use_toasts};
use crate::live::Connection;

#[component]
pub fn Tools(state: BoardState, funnels: Vec<(FunnelId, String)>, demo: Option<bool>) -> impl IntoView {
    let lang = use_lang();
    let open = RwSignal::new(false);
    let go = move |event: leptos::ev::Event| {
        let funnel = event_target_value(&event);
        #[cfg(feature = "hydrate")]
        let _ = window().location().set_href(&format!("/f/{funnel}"));
        #[cfg(not(feature = "hydrate"))]
        let _ = funnel;
    };
    let active = move || state.filter.with(|filter| filter.write().len());
    let toggle = move |_| {
        let next = if state.density.get_untracked() == Density::Roomy { Density::Compact } else { Density::Roomy };
        state.density.set(next);
        spawn_local(async move {
            let _ = api::set_density(next.key().to_owned()).await;
        });
    };
    view! {
        <label class="visually-hidden" for="funnel">{t::funnel(lang)}</label>
        <select id="funnel" class="funnel-choice" on:change=go>
            {funnels.into_iter().map(|(id, name)| view! { <option value=id.to_string() selected=id == state.funnel>{name}</option> }).collect_view()}
        </select>
        <SearchBox state/>
        <div class="filter">
            <button type="button" class="button" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                <Icon glyph=Glyph::Filter/><span>{t::filter(lang)}</span>
                <Show when=move || { active() > 0 }><span class="badge">{active}</span></Show>
            </button>
            <FilterPanel state open/>
        </div>
        <button type="button" class="icon-button density" aria-pressed=move || (state.density.get() == Density::Compact).to_string() aria-label=t::density_compact(lang) title=t::density_compact(lang) on:click=toggle><Icon glyph=Glyph::Rows/></button>
        <Show when=move || state.may(Action::Export)><ExportMenu state/></Show>
        <span class="grow"></span>
        {demo.filter(|_| state.may(Action::RunDemo)).map(|on| view! { <DemoSwitch on/> })}
        <Here state/>
        <Live state/>
        <Show when=move || state.may(Action::CreateDeal)>
            <button type="button" class="button primary new-deal" on:click=move |_| state.drawer.set(Some(Drawer::New(None)))><Icon glyph=Glyph::Plus/><span>{t::new_deal(lang)}</span></button>
        </Show>
    }
}

#[component]
fn DemoSwitch(on: bool) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let on = RwSignal::new(on);
    let switch = move |event| {
        let wanted = event_target_checked(&event);
        on.set(wanted);
        spawn_local(async move {
            if let Err(error) = api::switch_demo(new_command(), wanted).await {
                on.set(!wanted);
                toasts.show(Toast::refused(error.words(lang)));
            }
        });
    };
    view! {
        <label class="tick demo" title=t::demo_customer_hint(lang)><input id="demo" type="checkbox" role="switch" prop:checked=move || on.get() on:change=switch/><span>{t::demo_customer(lang)}</span></label>
    }
}

/// Who else is on this board.
#[component]
fn Here(state: BoardState) -> impl IntoView {
    let lang = use_lang();
    let me = state.me().map(|me| me.id);
    let others = move || state.here.get().into_iter().filter(|user| Some(*user) != me).take(5).collect::<Vec<_>>();
    view! {
        <div class="here" role="group" aria-label=t::here_now(lang)>
            <For each=others key=|user| *user let(user)><Avatar id=user name=state.person(user).unwrap_or_default()/></For>
        </div>
    }
}

#[component]
fn Live(state: BoardState) -> impl IntoView {
    let lang = use_lang();
    let words = move || match state.connection.get() {
        Connection::On => t::live_on(lang),
        Connection::Connecting => t::live_connecting(lang),
        Connection::Off => t::live_off(lang),
    };
    view! {
        <output class="live" class:on=move || state.connection.get() == Connection::On class:off=move || state.connection.get() == Connection::Off id="live">
            <span class="live-dot" aria-hidden="true"></span>{words}
        </output>
    }
}

/// What one must know before trusting the picture: offline, waiting moves, a new build.
#[component]
pub fn Notices(state: BoardState) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Show when=move || state.connection.get() == Connection::Off>
            <p class="notice" role="status"><Icon glyph=Glyph::Warning/>{t::live_off_hint(lang)}
                <Show when=move || { state.waiting.get() > 0 }>" "<strong>{move || t::waiting_moves(lang, state.waiting.get() as i64)}</strong></Show>
            </p>
        </Show>
        <Show when=move || state.outdated.get()>
            <p class="notice" role="status"><Icon glyph=Glyph::Warning/>{t::new_build(lang)}" "<a class="link" href="" rel="external">{t::reload(lang)}</a></p>
        </Show>
    }
}
