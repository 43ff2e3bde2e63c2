//! Several orders at once: in portions, so that it can be stopped, and with a word on each that was refused.

use domain::board::Refusal;
use domain::i18n::t;
use domain::ids::*;
use domain::orders::{Asked, ChangeMany, DetailFault, Status, StatusDetails};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::report::{address, csv};
use super::state::ListState;
use crate::boot::use_lang;
use crate::error::refusal_words;
use crate::kit::{focus_on, new_command};
use crate::orders::api::{self, named};
use crate::orders::fields::AskFields;
use crate::orders::typed::Typed;
use crate::orders::words::fault_words;

/// Orders changed in one command.
const PORTION: usize = 50;

/// How far it is.
#[derive(Clone, Default, PartialEq)]
struct Progress {
    all: usize,
    done: usize,
    changed: usize,
    /// Their numbers, and why.
    refused: Vec<(String, String)>,
    going: bool,
    /// It could not go on at all.
    broke: Option<String>,
}

#[component]
pub fn Bulk(state: ListState) -> impl IntoView {
    let progress = RwSignal::new(None::<Progress>);
    let stopped = RwSignal::new(false);
    let shown = move || state.selected.with(|set| !set.is_empty()) || progress.with(Option::is_some);
    view! {
        <Show when=shown>
            <section class="orders-bulk card" aria-label=t::bulk_to(use_lang())>
                <Show when=move || progress.with(Option::is_none) fallback=move || view! { <Course state progress stopped/> }>
                    <Chosen state progress stopped/>
                </Show>
            </section>
        </Show>
    }
}

/// What is selected, and where it is to go.
#[component]
fn Chosen(state: ListState, progress: RwSignal<Option<Progress>>, stopped: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    let (to, typed) = (RwSignal::new(None::<StatusId>), RwSignal::new(Typed::default()));
    let fault = RwSignal::new(None::<DetailFault>);
    let count = move || state.selected.with(|set| set.len() as i64);
    let storefront = Memo::new(move |_| {
        let shops = state.rows.with(|rows| {
            state.selected.with(|set| {
                rows.iter().filter(|row| set.contains(&row.id)).map(|row| row.storefront).collect::<Vec<_>>()
            })
        });
        shops.first().copied().filter(|first| shops.iter().all(|shop| shop == first))
    });
    let choices = move || {
        let own = storefront.get();
        state.statuses.with_value(|all| {
            all.iter().filter(|status| Some(status.storefront) == own).cloned().collect::<Vec<Status>>()
        })
    };
    // A parcel's number is each one's own: those that have none yet are refused and listed.
    let asked = Memo::new(move |_| {
        let kind = to.get().and_then(|id| {
            state.statuses.with_value(|all| all.iter().find(|status| status.id == id).map(|status| status.kind))
        });
        kind.and_then(|kind| kind.asks()).filter(|asked| *asked != Asked::Shipment)
    });
    let go = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(to) = to.get_untracked() else { return };
        let details = asked.get_untracked().map(|asked| typed.with_untracked(|typed| typed.details(asked)).checked());
        match details.transpose() {
            Ok(details) => run(state, (to, details), (progress, stopped), lang),
            Err(wrong) => {
                fault.set(Some(wrong));
                focus_on(".orders-bulk [aria-invalid=true]");
            }
        }
    };
    view! {
        <form class="wanting" on:submit=go novalidate>
            <strong role="status">{move || t::selected(lang, count())}</strong>
            <Show when=move || storefront.get().is_some() fallback=move || view! { <p>{t::bulk_many_storefronts(lang)}</p> }>
                <label class="field"><span>{t::bulk_to(lang)}</span>
                    <select id="bulk-status" on:change=move |event| to.set(event_target_value(&event).parse().ok())>
                        <option value="">{t::list_status(lang)}</option>
                        <For each=choices key=|status| status.id let(status)>
                            <option value=status.id.to_string()>{status.name.clone()}</option>
                        </For>
                    </select>
                </label>
            </Show>
            {move || asked.get().map(|asked| view! { <AskFields asked typed fault/> })}
            <div class="settings-buttons">
                <button type="submit" class="button primary" disabled=move || to.get().is_none() || storefront.get().is_none()>{t::bulk_to(lang)}</button>
                <button type="button" class="button quiet" on:click=move |_| state.selected.update(|set| set.clear())>{t::clear_selection(lang)}</button>
            </div>
        </form>
    }
    .into_any()
}

/// How it goes, and at the end what came of it.
#[component]
fn Course(state: ListState, progress: RwSignal<Option<Progress>>, stopped: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    let now = Memo::new(move |_| progress.get().unwrap_or_default());
    let words = move || now.with(|now| t::bulk_progress(lang, &now.done.to_string(), &now.all.to_string()));
    let changed = move || t::bulk_changed(lang, &t::orders_count(lang, now.with(|now| now.changed as i64)));
    let refused = move || now.with(|now| now.refused.clone());
    let file = move || address(&csv([t::list_number(lang), t::bulk_why(lang)], &refused()));
    let close = move |_| {
        progress.set(None);
        state.selected.update(|set| set.clear());
    };
    view! {
        <p role="status">{words}</p>
        <progress max=move || now.with(|now| now.all.to_string()) value=move || now.with(|now| now.done.to_string()) aria-label=t::bulk_to(lang)></progress>
        <Show when=move || now.with(|now| now.going) fallback=move || view! { <p role="status">{changed}</p> }>
            <div class="settings-buttons"><button type="button" class="button" on:click=move |_| stopped.set(true)>{t::bulk_stop(lang)}</button></div>
        </Show>
        <p class="fault" role="alert" hidden=move || now.with(|now| now.broke.is_none())>{move || now.with(|now| now.broke.clone())}</p>
        <Show when=move || now.with(|now| !now.going)>
            <Show when=move || now.with(|now| !now.refused.is_empty())>
                <p>{move || t::bulk_refused(lang, &t::orders_count(lang, refused().len() as i64))}</p>
                <ul>{move || refused().into_iter().map(|(number, why)| view! { <li>{format!("№ {number}: {why}")}</li> }).collect_view()}</ul>
                <a class="link" href=file download="refused.csv" rel="external">{t::bulk_report(lang)}</a>
            </Show>
            <div class="settings-buttons"><button type="button" class="button primary" on:click=close>{t::close(lang)}</button></div>
        </Show>
    }
    .into_any()
}

fn run(
    state: ListState,
    (to, details): (StatusId, Option<StatusDetails>),
    (progress, stopped): (RwSignal<Option<Progress>>, RwSignal<bool>),
    lang: domain::i18n::Lang,
) {
    let selected = state.selected.get_untracked();
    // In the order in which they are shown.
    let orders: Vec<(OrderId, String)> = state.rows.with_untracked(|rows| {
        rows.iter().filter(|row| selected.contains(&row.id)).map(|row| (row.id, row.number.clone())).collect()
    });
    let names: Vec<_> = state.statuses.with_value(|all| all.iter().map(named).collect());
    let why = move |refusal: &Refusal| match refusal {
        Refusal::Order { fault } => fault_words(fault, &names, lang),
        other => refusal_words(other, lang),
    };
    stopped.set(false);
    progress.set(Some(Progress { all: orders.len(), going: true, ..Progress::default() }));
    spawn_local(async move {
        let mut broke = None;
        for portion in orders.chunks(PORTION) {
            // Stopped, or the page has gone.
            if stopped.try_get_untracked() != Some(false) {
                break;
            }
            let ids = portion.iter().map(|(id, _)| *id).collect();
            let details = details.clone();
            let command = ChangeMany { command: new_command(), orders: ids, to, details, override_reason: None };
            match api::send_statuses(command).await {
                Ok(answer) => {
                    let number =
                        |id: OrderId| portion.iter().find(|(one, _)| *one == id).map(|(_, number)| number.clone());
                    let refused: Vec<(String, String)> = answer
                        .refused
                        .iter()
                        .map(|(id, refusal)| (number(*id).unwrap_or_default(), why(refusal)))
                        .collect();
                    progress.try_update(|progress| {
                        if let Some(progress) = progress {
                            progress.done += portion.len();
                            progress.changed += answer.changed.len();
                            progress.refused.extend(refused);
                        }
                    });
                }
                Err(error) => {
                    broke = Some(error.words(lang));
                    break;
                }
            }
        }
        progress.try_update(|progress| {
            if let Some(progress) = progress {
                progress.going = false;
                progress.broke = broke;
            }
        });
        if stopped.try_get_untracked().is_some() {
            state.read_again(lang);
        }
    });
}
