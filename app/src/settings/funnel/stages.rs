//! The stages in order, and how the order is changed.

use domain::funnels::{Funnel, FunnelChange};
use domain::i18n::t;
use domain::ids::StageId;
use leptos::prelude::*;

use super::remove::RemoveStage;
use super::stage::StageItem;
use crate::boot::use_lang;
use crate::kit::{Fault, new_command};
use crate::settings::api;
use crate::settings::outcome::{fault_of, focus};

/// What a stage's line asks of the list.
#[derive(Clone, Copy)]
pub struct Asks {
    pub editing: RwSignal<Option<StageId>>,
    pub removing: RwSignal<Option<StageId>>,
    /// Takes a stage up (−1) or down (+1).
    pub shift: Callback<(StageId, isize)>,
}

#[component]
pub fn Stages(funnel: RwSignal<Funnel>, mine: bool) -> impl IntoView {
    let lang = use_lang();
    let id = funnel.with_untracked(|funnel| funnel.id);
    let said = RwSignal::new(String::new());
    // One request at a time, with the newest order: several at once could arrive in any order of their own.
    let wanted = StoredValue::new(None::<Vec<StageId>>);
    let reorder = Action::new(move |(): &()| async move {
        while let Some(order) = wanted.try_update_value(Option::take).flatten() {
            match api::change_funnel(new_command(), id, FunnelChange::Reorder { order }).await {
                Ok(now) if wanted.with_value(Option::is_none) => funnel.set(now),
                Ok(_) => {}
                Err(error) => {
                    wanted.set_value(None);
                    if let Ok(now) = api::one_funnel(id).await {
                        funnel.set(now);
                    }
                    return Err(error);
                }
            }
        }
        Ok(())
    });
    let shift = move |(stage, by): (StageId, isize)| {
        let moved = funnel.try_update(|funnel| {
            let from = funnel.stages.iter().position(|other| other.id == stage)?;
            let to = from.checked_add_signed(by).filter(|to| *to < funnel.stages.len())?;
            funnel.stages.swap(from, to);
            let order: Vec<StageId> = funnel.stages.iter().map(|stage| stage.id).collect();
            Some((order, funnel.stages[to].name.clone(), to))
        });
        let Some((order, name, to)) = moved.flatten() else { return };
        said.set(t::said_over(lang, &name, i64::try_from(to + 1).unwrap_or_default()));
        // The line was taken out and put in: the keyboard goes with it, to a button that can still be pressed.
        let side = if to == 0 || (by > 0 && to + 1 < order.len()) { "down" } else { "up" };
        focus(format!("stage-{stage}-{side}"));
        wanted.set_value(Some(order));
        if !reorder.pending().get_untracked() {
            reorder.dispatch(());
        }
    };
    let asks = Asks { editing: RwSignal::new(None), removing: RwSignal::new(None), shift: Callback::new(shift) };
    view! {
        <section class="card settings-card" aria-labelledby="stages">
            <h2 id="stages">{t::funnel_stages(lang)}</h2>
            {mine.then(|| view! { <p class="settings-hint">{t::stages_hint(lang)}</p> })}
            <Fault words=fault_of(reorder)/>
            <ol class="stages">
                <For each=move || funnel.with(|funnel| funnel.stages.clone()) key=|stage| stage.id let(stage)>
                    <StageItem funnel first=stage mine asks/>
                </For>
            </ol>
            <p class="visually-hidden" aria-live="assertive">{move || said.get()}</p>
        </section>
        {mine.then(|| view! { <RemoveStage funnel removing=asks.removing/> })}
    }
}
