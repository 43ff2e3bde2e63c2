//! Editing a bond: every choice is checked at once, and what contradicts itself is not saved.

use domain::funnels::Funnel;
use domain::i18n::t;
use domain::orders::{Bond, Status, suggest};
use leptos::prelude::*;

use super::draft::{Draft, in_order};
use super::picture::Picture;
use super::rows::{ToStage, ToStatus};
use crate::boot::use_lang;
use crate::kit::{Fault, Toast, new_command, use_toasts};
use crate::settings::outcome::fault_of;
use crate::settings::statuses::api;

const VERDICT: &str = "bond-verdict";

#[component]
pub fn BondEditor(funnel: Funnel, bond: Bond, statuses: Vec<Status>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (funnel_id, storefront) = (bond.funnel, bond.storefront);
    let saved = RwSignal::new(in_order(bond.clone()));
    let draft = Draft::of(bond, statuses, funnel);
    let save = Action::new(move |bond: &Bond| {
        let bond = bond.clone();
        async move {
            let now = in_order(api::save_bond(new_command(), bond).await?);
            toasts.show(Toast::done(t::bond_saved(lang)));
            draft.set(now.clone());
            saved.set(now);
            Ok(())
        }
    });
    let propose = move |_| {
        let proposed = draft
            .statuses
            .with_value(|statuses| draft.funnel.with_value(|funnel| suggest(storefront, statuses, funnel)));
        draft.set(proposed);
    };
    let empty = move |_| {
        draft.set(Bond { funnel: funnel_id, storefront, to_stage: Vec::new(), to_status: Vec::new() });
    };
    let errors = Memo::new(move |_| draft.errors());
    let changed = Memo::new(move |_| draft.bond.with(|bond| saved.with(|saved| saved != bond)));
    let verdict = move || match errors.get() {
        0 => t::bond_fine(lang).to_owned(),
        count => t::bond_loops(lang, i64::try_from(count).unwrap_or(i64::MAX)),
    };
    let look = move || if errors.get() == 0 { "settings-hint" } else { "fault" };
    view! {
        <div class="settings-buttons">
            <button type="button" class="button" on:click=propose>{t::bond_suggest(lang)}</button>
            <button type="button" class="button quiet" on:click=empty>{t::bond_clear(lang)}</button>
        </div>
        <div class="bond-ways"><ToStage draft/><ToStatus draft/></div>
        <p id=VERDICT role="status" class=look>{verdict}</p>
        <Fault words=fault_of(save)/>
        <div class="settings-buttons">
            <button
                type="button"
                class="button primary"
                aria-describedby=VERDICT
                disabled=move || errors.get() != 0 || save.pending().get()
                on:click=move |_| { save.dispatch(draft.bond.get_untracked()); }
            >
                {move || if save.pending().get() { t::one_moment(lang) } else { t::save(lang) }}
            </button>
            <span class="settings-hint" hidden=move || !changed.get()>{t::bond_unsaved(lang)}</span>
        </div>
        <Picture draft/>
    }
    .into_any()
}
