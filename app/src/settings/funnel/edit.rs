//! Changing one stage, in its place in the list.

use domain::funnels::{Funnel, FunnelChange, Stage, StageForm};
use domain::i18n::t;
use leptos::prelude::*;

use super::draft::Draft;
use super::fields::StageFields;
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::outcome::fault_of;

#[component]
pub fn EditStage(
    funnel: RwSignal<Funnel>,
    stage: Stage,
    index: Signal<usize>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (id, stage_id) = (funnel.with_untracked(|funnel| funnel.id), stage.id);
    let draft = Draft::of(&stage);
    let wrong = RwSignal::new(None::<String>);
    let save = Action::new(move |form: &StageForm| {
        let change = FunnelChange::EditStage { stage: stage_id, form: form.clone() };
        async move {
            let now = api::change_funnel(new_command(), id, change).await?;
            toasts.show(Toast::done(t::saved(lang)));
            on_close.run(());
            funnel.set(now);
            Ok(())
        }
    });
    let submit = move || match draft.read() {
        Some(form) => {
            wrong.set(None);
            save.dispatch(form);
        }
        None => wrong.set(Some(t::stage_limit_wrong(lang).to_owned())),
    };
    let fault = fault_of(save);
    view! {
        <form
            class="stage-form"
            on:submit=move |event| { event.prevent_default(); submit(); }
            on:keydown=move |event| { if event.key() == "Escape" { on_close.run(()) } }
        >
            <StageFields id=format!("stage-{stage_id}") draft index/>
            <Fault words=Signal::derive(move || wrong.get().or_else(|| fault.get()))/>
            <div class="settings-buttons">
                <Submit label=t::save(lang) pending=save.pending()/>
                <button type="button" class="button quiet" on:click=move |_| on_close.run(())>{t::cancel(lang)}</button>
            </div>
        </form>
    }
}
