//! One reason: renamed in its place, or taken off the list.

use domain::funnels::{LostReason, ReasonChange};
use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::{fault_of, follow};
use crate::settings::rename::Rename;

#[component]
pub fn Reason(first: LostReason, list: RwSignal<Vec<LostReason>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = first.id;
    let reason = follow(list, first, |one, other| one.id == other.id);
    let name = Signal::derive(move || reason.with(|reason| reason.name.clone()));
    let asking = RwSignal::new(false);
    let rename = Action::new(move |name: &String| {
        let change = ReasonChange::Rename { reason: id, name: name.clone() };
        async move {
            list.set(api::change_lost_reasons(new_command(), change).await?);
            toasts.show(Toast::done(t::saved(lang)));
            Ok(())
        }
    });
    let retire = Action::new(move |name: &String| {
        let name = name.clone();
        async move {
            let now = api::change_lost_reasons(new_command(), ReasonChange::Retire { reason: id }).await?;
            asking.set(false);
            toasts.show(Toast::done(t::lost_reason_retired(lang, &name)));
            list.set(now);
            Ok(())
        }
    });
    view! {
        <li class="settings-row">
            <Rename
                id=format!("reason-{id}")
                name
                label=t::lost_reason(lang)
                button=Signal::derive(move || t::lost_reason_rename(lang, &name.get()))
                rename
            />
            <button
                type="button"
                class="icon-button"
                title=t::lost_reason_retire(lang)
                aria-label=move || t::lost_reason_retire_of(lang, &name.get())
                on:click=move |_| { retire.clear(); asking.set(true); }
            >
                <Icon glyph=Glyph::Trash/>
            </button>
            <Confirm
                open=asking
                title=Signal::derive(move || t::lost_reason_retire_title(lang, &name.get()))
                words=t::lost_reason_retire_ask(lang)
                label=t::lost_reason_retire(lang)
                pending=retire.pending()
                fault=fault_of(retire)
                on_confirm=move |()| { retire.dispatch(name.get_untracked()); }
            />
        </li>
    }
}
