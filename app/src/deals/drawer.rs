//! The drawer over the board: one deal, or a new one.

use domain::auth::Action;
use domain::board::Card;
use domain::deals::{DealDetails, DealForm, LineForm};
use domain::i18n::{Lang, t};
use domain::ids::DealId;
use domain::money;
use domain::orders::StatusName;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{self, Loaded};
use super::form::{DealFields, Subject};
use super::history::History;
use super::link::CustomerLink;
use super::order::OrderCard;
use super::removal::DeleteButton;
use crate::board::BoardState;
use crate::board::Drawer;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::{Dialog, Glyph, Icon};
use crate::orders::MakeOrderForm;

#[component]
pub fn DealDrawer(state: BoardState) -> impl IntoView {
    let lang = use_lang();
    let dirty = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let close = move || {
        dirty.set(false);
        asking.set(false);
        state.drawer.set(None);
    };
    let leave = move |()| if dirty.get_untracked() { asking.set(true) } else { close() };
    let open = Signal::derive(move || state.drawer.with(Option::is_some));
    let label = Signal::derive(move || match state.drawer.get() {
        Some(Drawer::New(_)) => t::new_deal(lang).to_owned(),
        Some(Drawer::Deal(_)) | None => t::deal(lang).to_owned(),
    });
    view! {
        <Dialog open label on_close=leave class="drawer">
            <div class="drawer-head">
                <h2>{move || label.get()}</h2>
                <button type="button" class="icon-button" aria-label=t::close(lang) on:click=move |_| leave(())><Icon glyph=Glyph::Cross/></button>
            </div>
            <Show when=move || asking.get()>
                <div class="notice" role="alert">
                    <strong>{t::unsaved_ask(lang)}</strong>
                    <button type="button" class="button danger" on:click=move |_| close()>{t::unsaved_drop(lang)}</button>
                    <button type="button" class="button" on:click=move |_| asking.set(false)>{t::unsaved_keep(lang)}</button>
                </div>
            </Show>
            {move || match state.drawer.get() {
                Some(Drawer::Deal(deal)) => view! { <Existing state deal dirty gone=Callback::new(move |()| close())/> }.into_any(),
                Some(Drawer::New(stage)) => {
                    let form = DealForm { source: "call".into(), responsible: state.me().map(|me| me.id), lines: vec![LineForm::default()], ..DealForm::default() };
                    view! { <DealFields state subject=Subject::New(stage) form dirty done=Callback::new(move |_| close())/> }.into_any()
                }
                None => ().into_any(),
            }}
        </Dialog>
    }
}

/// Reads the deal, and again whenever something happens to it; a form with changes is left as it is.
#[component]
fn Existing(state: BoardState, deal: DealId, dirty: RwSignal<bool>, gone: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let loaded = RwSignal::new(None::<Result<Loaded, AppError>>);
    let load = move || {
        spawn_local(async move {
            let read = api::load_deal(deal).await;
            loaded.try_set(Some(read));
        })
    };
    Effect::new(move || {
        let (happened, _) = state.happened.get();
        if loaded.with_untracked(Option::is_none) || happened == Some(deal) {
            load();
        }
    });
    // The form is made anew only for other contents, and never under the hands of somebody typing.
    let contents = Memo::new(move |before: Option<&Option<DealDetails>>| {
        let now =
            loaded.with(|loaded| loaded.as_ref().and_then(|read| read.as_ref().ok()).map(|read| read.details.clone()));
        match (before.cloned().flatten(), now) {
            (Some(before), Some(now)) if dirty.get_untracked() || before.contents_version == now.contents_version => {
                Some(before)
            }
            (_, now) => now,
        }
    });
    view! {
        <Show when=move || state.gone.with(|gone| gone.contains(&deal))>
            <p class="notice" role="alert">{t::deal_gone(lang)}</p>
        </Show>
        {move || loaded.with(|loaded| match loaded {
            None => view! { <p class="loading">{t::loading(lang)}</p> }.into_any(),
            Some(Err(error)) => view! { <p class="fault">{error.words(lang)}</p> }.into_any(),
            Some(Ok(_)) => ().into_any(),
        })}
        {move || contents.get().map(|details| {
            let form = form_of(&details, lang);
            let seen = details.contents_version;
            view! { <DealFields state subject=Subject::Known { deal, seen, currency: details.card.currency } form dirty done=Callback::new(move |()| load())/> }
        })}
        {move || loaded.with(|loaded| loaded.as_ref().and_then(|read| read.as_ref().ok()).map(|read| view! {
            {match read.details.order.clone() {
                Some(order) => view! { <OrderCard order status=status_of(state, &read.details.card)/> }.into_any(),
                None if state.may(Action::CreateDeal) => view! { <MakeOrderForm deal made=Callback::new(move |()| load())/> }.into_any(),
                None => ().into_any(),
            }}
            <CustomerLink deal link=read.link.clone() may=state.may(Action::EditDeal)/>
            <History state events=read.events.clone()/>
            {state.may(Action::DeleteDeal).then(|| view! { <DeleteButton deal seen=read.details.card.version gone/> })}
        }))}
    }
}

/// Where the deal's order is, by the card's own signal while the board shows it.
fn status_of(state: BoardState, card: &Card) -> Signal<Option<StatusName>> {
    let (shown, read) = (state.card(card.id), card.status);
    Signal::derive(move || {
        let now = shown.as_ref().map_or(read, |card| card.with(|card| card.status));
        now.and_then(|id| state.status(id))
    })
}

fn form_of(details: &DealDetails, lang: Lang) -> DealForm {
    let currency = details.card.currency;
    let of_lines = details.lines.iter().try_fold(0i64, |sum, line| sum.checked_add(line.total()?));
    DealForm {
        customer_name: details.card.customer_name.clone(),
        phone: details.phone.clone().unwrap_or_default(),
        email: details.email.clone().unwrap_or_default(),
        source: details.card.source.key().to_owned(),
        responsible: details.card.responsible,
        comment: details.comment.clone(),
        lines: details
            .lines
            .iter()
            .map(|line| LineForm {
                name: line.name.clone(),
                sku: line.sku.clone(),
                quantity: line.quantity.to_string(),
                price: money::editable(line.price, currency, lang),
            })
            .collect(),
        // What the lines come to need not be typed; a sum of its own stays as it is.
        sum: match of_lines == Some(details.card.sum) {
            true => String::new(),
            false => money::editable(details.card.sum, currency, lang),
        },
    }
}
