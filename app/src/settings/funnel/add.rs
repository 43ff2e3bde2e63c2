//! Another stage, anywhere in the order.

use domain::funnels::{Funnel, FunnelChange, StageForm, StageKind, palette};
use domain::i18n::t;
use leptos::prelude::*;

use super::draft::Draft;
use super::fields::StageFields;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::api;
use crate::settings::outcome::fault_of;

/// After the last stage that is not a lost one.
fn usual_place(funnel: &Funnel) -> usize {
    funnel.stages.iter().rposition(|stage| stage.kind != StageKind::Lost).map_or(0, |index| index + 1)
}

#[component]
pub fn AddStage(funnel: RwSignal<Funnel>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = funnel.with_untracked(|funnel| funnel.id);
    let place = RwSignal::new(funnel.with_untracked(usual_place));
    let draft = Draft::new(place.get_untracked());
    let wrong = RwSignal::new(None::<String>);
    let attempt = Attempt::new();
    let add = Action::new(move |(stage, index): &(StageForm, usize)| {
        let id_of_command = attempt.id(&(stage.clone(), *index));
        let (name, change) = (stage.name.clone(), FunnelChange::AddStage { stage: stage.clone(), index: *index });
        async move {
            let now = api::change_funnel(id_of_command, id, change).await?;
            attempt.done();
            toasts.show(Toast::done(t::stage_added(lang, &name)));
            place.set(usual_place(&now));
            draft.name.set(String::new());
            draft.limit.set(String::new());
            draft.shown.set(false);
            draft.public.set(String::new());
            draft.chosen.set(false);
            draft.colour.set(palette::default_for(place.get_untracked(), draft.kind.get_untracked()));
            funnel.set(now);
            Ok(())
        }
    });
    let submit = move || match draft.read() {
        Some(stage) => {
            wrong.set(None);
            add.dispatch((stage, place.get_untracked()));
        }
        None => wrong.set(Some(t::stage_limit_wrong(lang).to_owned())),
    };
    let fault = fault_of(add);
    view! {
        <section class="card settings-card" aria-labelledby="stage-new">
            <h2 id="stage-new">{t::stage_add(lang)}</h2>
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <StageFields id="stage-new".to_owned() draft index=place.into()/>
                <Place funnel place/>
                <Fault words=Signal::derive(move || wrong.get().or_else(|| fault.get()))/>
                <div class="settings-buttons"><Submit label=t::stage_add(lang) pending=add.pending()/></div>
            </form>
        </section>
    }
}

#[component]
fn Place(funnel: RwSignal<Funnel>, place: RwSignal<usize>) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| place.set(event_target_value(&event).parse().unwrap_or_default());
    let options = move || {
        let names = funnel.with(|funnel| funnel.stages.iter().map(|stage| stage.name.clone()).collect::<Vec<_>>());
        let chosen = place.get();
        let after = names.into_iter().enumerate().map(|(index, name)| (index + 1, t::stage_after(lang, &name)));
        std::iter::once((0, t::stage_first(lang).to_owned()))
            .chain(after)
            .map(|(index, words)| view! { <option value=index.to_string() selected=index == chosen>{words}</option> })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for="stage-new-place">{t::stage_place(lang)}</label>
            <select id="stage-new-place" on:change=choose>{options}</select>
        </div>
    }
}
