//! The board's page, and the way to it.

use domain::board::Filter;
use domain::i18n::t;
use domain::ids::{DealId, FunnelId};
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::announce::Announce;
use super::api::{PageData, load_funnels, load_page};
use super::column::ColumnView;
use super::queue::Mover;
use super::state::{BoardState, Drawer};
use super::tools::{Notices, Tools};
use super::{bulk, drag, filters, keys, live, reason, wanting};
use crate::boot::use_lang;
use crate::deals::DealDrawer;
use crate::error::AppError;
use crate::kit::Frame;

/// "/" leads to the first board one may see.
#[component]
pub fn Home() -> impl IntoView {
    let funnels = Resource::new_blocking(|| (), |()| load_funnels());
    let lang = use_lang();
    view! {
        <Suspense fallback=move || view! { <p class="loading">{t::loading(lang)}</p> }>
            {move || funnels.get().map(|result| match result {
                Ok(list) => match list.first() {
                    Some(funnel) => view! { <Redirect path=format!("/f/{}", funnel.id)/> }.into_any(),
                    None => view! { <NoFunnels/> }.into_any(),
                },
                Err(error) => view! { <Failed error/> }.into_any(),
            })}
        </Suspense>
    }
}

#[component]
fn NoFunnels() -> impl IntoView {
    let lang = use_lang();
    view! {
        <Frame title=t::board(lang).to_owned()>
            <div class="lonely">
                <h1>{t::no_funnels(lang)}</h1>
                <p>{t::no_funnels_hint(lang)}</p>
                <a class="button primary" href="/settings/funnels">{t::settings_funnels(lang)}</a>
            </div>
        </Frame>
    }
}

/// The refusal in words, and a way on.
#[component]
fn Failed(error: AppError) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Frame title=t::board(lang).to_owned()>
            <div class="lonely">
                <h1>{error.words(lang)}</h1>
                <a class="button" href="/" rel="external">{t::try_again(lang)}</a>
            </div>
        </Frame>
    }
}

#[component]
pub fn BoardPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let lang = use_lang();
    let funnel =
        Memo::new(move |_| params.with(|params| params.get("funnel").and_then(|id| id.parse::<FunnelId>().ok())));
    let filter = move || query.with_untracked(|query| Filter::read(|key| query.get(key)));
    let page = Resource::new_blocking(
        move || funnel.get(),
        move |funnel| {
            let filter = filter();
            async move { load_page(funnel.unwrap_or(FunnelId(0)), filter).await }
        },
    );
    view! {
        <Suspense fallback=move || view! { <p class="loading">{t::loading(lang)}</p> }>
            {move || page.get().map(|result| match result {
                Ok(page) => view! { <BoardView page filter=filter()/> }.into_any(),
                Err(error) => view! { <Failed error/> }.into_any(),
            })}
        </Suspense>
    }
}

#[component]
fn BoardView(page: PageData, filter: Filter) -> impl IntoView {
    let lang = use_lang();
    let funnels = StoredValue::new(page.funnels.clone());
    let demo = page.demo;
    let state = BoardState::new(page, filter);
    provide_context(state);
    let mover = Mover::new(state, lang);
    live::start(state, mover);
    open_named(state);
    let tools = move || view! { <Tools state funnels=funnels.get_value() demo/> };
    let board = drag::Carrier::new(state, mover);
    view! {
        <Frame title=state.name tools=tools.into() class="board-page">
            <h1 class="visually-hidden">{move || state.name.get()}</h1>
            <Notices state/>
            <p class="visually-hidden" id="lift-hint">{t::lift_hint(lang)}</p>
            <div
                class="board"
                class:carrying=move || state.lifted.with(Option::is_some)
                data-density=move || state.density.get().key()
                on:pointerdown=move |event| board.down(&event)
                on:keydown=move |event| keys::press(&event, state, mover)
                on:click=move |event| board.click(&event)
            >
                <For each=move || state.stages.get() key=|stage| stage.clone() let(stage)>
                    <ColumnView state stage/>
                </For>
            </div>
            <bulk::BulkBar state mover/>
            <reason::ReasonDialog state mover/>
            <wanting::WantingDialog state mover/>
            <DealDrawer state/>
            <Announce state/>
        </Frame>
    }
}

/// "/f/1?deal=2" leads to the deal itself. Once it is open the address is the board's again.
fn open_named(state: BoardState) {
    let query = use_query_map();
    Effect::new(move || {
        let named = query.with_untracked(|query| query.get("deal").and_then(|id| id.parse::<DealId>().ok()));
        let Some(deal) = named else { return };
        state.drawer.set(Some(Drawer::Deal(deal)));
        filters::show_address(state);
    });
}
