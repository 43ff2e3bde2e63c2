//! Which orders, and in what order: in effect as soon as it is chosen.

use domain::board::filter::Day;
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::orders::{Flag, OrdersOrder, OrdersSort, StatusKind};
use leptos::prelude::*;

use super::state::ListState;
use crate::boot::use_lang;

#[component]
pub fn Filters(state: ListState) -> impl IntoView {
    let several = state.storefronts.with_value(|list| list.len() > 1);
    view! {
        <ByStatus state several/>
        <ByKind state/>
        <ByFlag state/>
        {several.then(|| view! { <ByStorefront state/> })}
        <ByDay state/>
        <Sorted state/>
    }
}

#[component]
fn ByStatus(state: ListState, several: bool) -> impl IntoView {
    let lang = use_lang();
    let shop = |id: StorefrontId| {
        state.storefronts.with_value(|list| list.iter().find(|one| one.id == id).map(|one| one.name.clone()))
    };
    let choices: Vec<_> = state.statuses.with_value(|statuses| {
        let named = |status: &domain::orders::Status| match shop(status.storefront).filter(|_| several) {
            Some(shop) => (status.id, format!("{} · {shop}", status.name)),
            None => (status.id, status.name.clone()),
        };
        statuses.iter().map(named).collect()
    });
    let choose = move |event| {
        let id = event_target_value(&event).parse().ok();
        state.ask(lang, |asked| asked.filter.status = id);
    };
    view! {
        <label class="field"><span>{t::list_status(lang)}</span>
            <select id="o-status" on:change=choose>
                <option value="">{t::list_any(lang)}</option>
                {choices.into_iter().map(|(id, name)| view! {
                    <option value=id.to_string() selected=move || state.asked.with(|asked| asked.filter.status == Some(id))>{name}</option>
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn ByKind(state: ListState) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| {
        let kind = StatusKind::parse(&event_target_value(&event));
        state.ask(lang, |asked| asked.filter.kind = kind);
    };
    view! {
        <label class="field"><span>{t::list_kind(lang)}</span>
            <select id="o-kind" on:change=choose>
                <option value="">{t::list_any(lang)}</option>
                {StatusKind::ALL.into_iter().map(|kind| view! {
                    <option value=kind.key() selected=move || state.asked.with(|asked| asked.filter.kind == Some(kind))>{t::status_kind_name(lang, kind)}</option>
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn ByFlag(state: ListState) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| {
        let flag = Flag::parse(&event_target_value(&event));
        state.ask(lang, |asked| asked.filter.flag = flag);
    };
    view! {
        <label class="field"><span>{t::list_flag(lang)}</span>
            <select id="o-flag" on:change=choose>
                <option value="">{t::list_any(lang)}</option>
                {Flag::ALL.into_iter().map(|flag| view! {
                    <option value=flag.key() selected=move || state.asked.with(|asked| asked.filter.flag == Some(flag))>{t::flag_name(lang, flag)}</option>
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn ByStorefront(state: ListState) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| {
        let id = event_target_value(&event).parse().ok();
        state.ask(lang, |asked| asked.filter.storefront = id);
    };
    view! {
        <label class="field"><span>{t::storefront(lang)}</span>
            <select id="o-storefront" on:change=choose>
                <option value="">{t::list_any(lang)}</option>
                {state.storefronts.get_value().into_iter().map(|shop| {
                    let id = shop.id;
                    view! { <option value=id.to_string() selected=move || state.asked.with(|asked| asked.filter.storefront == Some(id))>{shop.name}</option> }
                }).collect_view()}
            </select>
        </label>
    }
}

#[component]
fn ByDay(state: ListState) -> impl IntoView {
    let lang = use_lang();
    let from = move || state.asked.with(|asked| asked.filter.from.map(|day| day.to_string())).unwrap_or_default();
    let to = move || state.asked.with(|asked| asked.filter.to.map(|day| day.to_string())).unwrap_or_default();
    let since = move |event| {
        let day = Day::parse(&event_target_value(&event));
        state.ask(lang, |asked| asked.filter.from = day);
    };
    let until = move |event| {
        let day = Day::parse(&event_target_value(&event));
        state.ask(lang, |asked| asked.filter.to = day);
    };
    view! {
        <label class="field"><span>{t::filter_from(lang)}</span><input id="o-from" type="date" prop:value=from on:change=since/></label>
        <label class="field"><span>{t::filter_to(lang)}</span><input id="o-to" type="date" prop:value=to on:change=until/></label>
    }
}

#[component]
fn Sorted(state: ListState) -> impl IntoView {
    let lang = use_lang();
    let orders = OrdersSort::ALL.map(|by| [OrdersOrder { by, ascending: false }, OrdersOrder { by, ascending: true }]);
    let key = |order: OrdersOrder| format!("{}{}", order.by.key(), if order.ascending { "-up" } else { "" });
    let choose = move |event| {
        let value = event_target_value(&event);
        let (by, ascending) = value.strip_suffix("-up").map_or((value.as_str(), false), |by| (by, true));
        let order = OrdersOrder { by: OrdersSort::parse(by).unwrap_or_default(), ascending };
        state.ask(lang, |asked| asked.order = order);
    };
    view! {
        <label class="field"><span>{t::list_sort(lang)}</span>
            <select id="o-sort" on:change=choose>
                {orders.into_iter().flatten().map(|order| view! {
                    <option value=key(order) selected=move || state.asked.with(|asked| asked.order == order)>{t::orders_sort_name(lang, order)}</option>
                }).collect_view()}
            </select>
        </label>
    }
}
