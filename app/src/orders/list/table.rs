//! The orders themselves. On a narrow screen each row is drawn as a card.

use domain::i18n::t;
use domain::money;
use domain::orders::OrderRow;
use leptos::prelude::*;

use super::columns::Column;
use super::state::ListState;
use crate::boot::use_lang;
use crate::orders::chip::{FlagChip, StatusChip};
use crate::orders::when::When;

#[component]
pub fn Table(state: ListState) -> impl IntoView {
    let lang = use_lang();
    let may = state.may_change;
    let hidden =
        move || state.hidden.with(|hidden| hidden.iter().map(|column| column.key()).collect::<Vec<_>>().join(" "));
    let all = move || state.rows.with(|rows| state.selected.with(|set| rows.iter().all(|row| set.contains(&row.id))));
    let every = move |event| {
        let rows = state.rows.with_untracked(|rows| rows.iter().map(|row| row.id).collect());
        state.selected.set(if event_target_checked(&event) { rows } else { Default::default() });
    };
    view! {
        <div class="orders-list card" role="region" aria-label=t::orders(lang) tabindex="0">
            <table data-hide=hidden>
                <caption class="visually-hidden">{t::orders(lang)}</caption>
                <thead><tr>
                    {may.then(|| view! { <th class="pick"><input type="checkbox" aria-label=t::list_select_all(lang) prop:checked=all on:change=every/></th> })}
                    <th scope="col">{t::list_number(lang)}</th>
                    {Column::ALL.into_iter().map(|column| view! { <th scope="col" class=format!("col-{}", column.key())>{column.name(lang)}</th> }).collect_view()}
                </tr></thead>
                <tbody>
                    <For each=move || state.rows.get() key=|row| (row.id, row.since, row.flag) let(row)>
                        <Row state row/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(state: ListState, row: OrderRow) -> impl IntoView {
    let lang = use_lang();
    let id = row.id;
    let label = t::list_select(lang, &row.number);
    let responsible = row.responsible.and_then(|user| {
        state.people.with_value(|people| people.iter().find(|one| one.id == user).map(|one| one.name.clone()))
    });
    let paid = if row.paid { t::paid_yes(lang) } else { t::paid_no(lang) };
    let payment = match row.payment_method.is_empty() {
        true => paid.to_owned(),
        false => format!("{} · {paid}", row.payment_method),
    };
    let toggle = move |_| {
        state.selected.update(|set| {
            if !set.remove(&id) {
                set.insert(id);
            }
        })
    };
    view! {
        <tr data-order-id=id.to_string()>
            {state.may_change.then(|| view! {
                <td class="pick"><input type="checkbox" aria-label=label prop:checked=move || state.selected.with(|set| set.contains(&id)) on:change=toggle/></td>
            })}
            <td><a class="link" href=format!("/orders/{id}")>{row.number}</a></td>
            <td class="col-placed"><When at=row.placed_at/></td>
            <td class="name col-customer">{row.customer_name}</td>
            <td class="col-status">{row.status.map(|status| view! { <StatusChip status/> })}</td>
            <td class="col-flag">{row.flag.map(|flag| view! { <FlagChip flag/> })}{row.deleted.then(|| view! { <span class="chip danger">{t::deleted_in_shop(lang)}</span> })}</td>
            <td class="number col-sum">{money::format(row.total, row.currency, lang)}</td>
            <td class="col-payment">{payment}</td>
            <td class="col-responsible">{responsible}</td>
            <td class="col-storefront">{row.storefront_name}</td>
        </tr>
    }
}
