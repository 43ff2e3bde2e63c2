//! Removing a stage: how many deals stand there, and where they go.

use domain::funnels::{Funnel, FunnelChange, StageKind};
use domain::i18n::t;
use domain::ids::StageId;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Dialog, Fault, Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::outcome::{Loading, fault_of};

#[component]
pub fn RemoveStage(funnel: RwSignal<Funnel>, removing: RwSignal<Option<StageId>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = funnel.with_untracked(|funnel| funnel.id);
    let to = RwSignal::new(None::<StageId>);
    let name = Memo::new(move |last: Option<&String>| {
        let stage = removing.get();
        let found = funnel.with(|funnel| stage.and_then(|stage| Some(funnel.stage(stage)?.name.clone())));
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    // Counted when asked: the board lives on while this page is open.
    let count = Action::new(move |stage: &StageId| {
        let stage = *stage;
        async move {
            let counts = api::deals_per_stage(id).await?;
            Ok(counts.into_iter().find(|(other, _)| *other == stage).map_or(0, |(_, count)| count))
        }
    });
    let remove = Action::new(move |(stage, deals_to): &(StageId, Option<StageId>)| {
        let change = FunnelChange::RemoveStage { stage: *stage, deals_to: *deals_to };
        let name = name.get_untracked();
        async move {
            let now = api::change_funnel(new_command(), id, change).await?;
            removing.set(None);
            toasts.show(Toast::done(t::stage_removed(lang, &name)));
            funnel.set(now);
            Ok(())
        }
    });
    Effect::new(move || {
        if let Some(stage) = removing.get() {
            to.set(None);
            remove.clear();
            count.clear();
            count.dispatch(stage);
        }
    });
    let counted = move || count.value().get().and_then(Result::ok);
    let ready = move || counted().is_some_and(|count| count == 0 || to.get().is_some()) && !remove.pending().get();
    let fault = fault_of(remove);
    let count_fault = fault_of(count);
    let title = Signal::derive(move || t::stage_remove_title(lang, &name.get()));
    view! {
        <Dialog open=Signal::derive(move || removing.get().is_some()) label=title on_close=move |()| removing.set(None)>
            <h2>{move || title.get()}</h2>
            {move || match counted() {
                None => view! { <Show when=move || count_fault.get().is_none()><Loading/></Show> }.into_any(),
                Some(0) => view! { <p>{t::stage_remove_empty(lang)}</p> }.into_any(),
                Some(count) => view! {
                    <p>{t::stage_remove_where(lang, &t::deals(lang, count))}</p>
                    <Destination funnel removing to/>
                }
                .into_any(),
            }}
            <Fault words=Signal::derive(move || count_fault.get().or_else(|| fault.get()))/>
            <div class="settings-buttons">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || !ready()
                    on:click=move |_| {
                        if let Some(stage) = removing.get_untracked() {
                            remove.dispatch((stage, to.get_untracked()));
                        }
                    }
                >
                    {move || if remove.pending().get() { t::one_moment(lang) } else { t::remove(lang) }}
                </button>
                <button type="button" class="button quiet" on:click=move |_| removing.set(None)>{t::cancel(lang)}</button>
            </div>
        </Dialog>
    }
}

/// Nothing is chosen for them: somebody's deals are about to move.
#[component]
fn Destination(
    funnel: RwSignal<Funnel>,
    removing: RwSignal<Option<StageId>>,
    to: RwSignal<Option<StageId>>,
) -> impl IntoView {
    let lang = use_lang();
    let others = funnel.with_untracked(|funnel| {
        let going = removing.get_untracked();
        let from = going.and_then(|stage| funnel.stage(stage)).map(|stage| stage.kind);
        funnel
            .stages
            .iter()
            .filter(|stage| Some(stage.id) != going)
            // Nobody says of each deal why it would be lost.
            .filter(|stage| stage.kind != StageKind::Lost || from == Some(StageKind::Lost))
            .map(|stage| (stage.id, stage.name.clone()))
            .collect::<Vec<_>>()
    });
    view! {
        <div class="field">
            <label for="deals-to">{t::stage_deals_to(lang)}</label>
            <select id="deals-to" on:change=move |event| to.set(event_target_value(&event).parse().ok())>
                <option value="">{t::stage_deals_choose(lang)}</option>
                {others.into_iter().map(|(id, name)| view! { <option value=id.to_string()>{name}</option> }).collect_view()}
            </select>
        </div>
    }
}
