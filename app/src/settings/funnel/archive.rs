//! Taking a funnel off the boards.

use domain::funnels::{Funnel, FunnelChange};
use domain::i18n::t;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::boot::use_lang;
use crate::kit::{Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

#[component]
pub fn Archive(funnel: RwSignal<Funnel>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let navigate = use_navigate();
    let id = funnel.with_untracked(|funnel| funnel.id);
    let asking = RwSignal::new(false);
    // How many deals it is about; without an answer the words do without the number.
    let count = Action::new(move |(): &()| async move {
        let counts = api::deals_per_stage(id).await.ok()?;
        Some(counts.into_iter().map(|(_, count)| count).sum::<i64>())
    });
    let archive = Action::new(move |(): &()| {
        let navigate = navigate.clone();
        async move {
            api::change_funnel(new_command(), id, FunnelChange::Archive).await?;
            toasts.show(Toast::done(t::funnel_archived(lang)));
            navigate("/settings/funnels", Default::default());
            Ok(())
        }
    });
    let name = move || funnel.with(|funnel| funnel.name.clone());
    let words = move || match count.value().get().flatten() {
        Some(count) if count > 0 => t::funnel_archive_ask(lang, &name(), &t::deals(lang, count)),
        Some(_) | None => t::funnel_archive_hint(lang).to_owned(),
    };
    view! {
        <section class="card settings-card" aria-labelledby="archive">
            <h2 id="archive">{t::funnel_archive(lang)}</h2>
            <p class="settings-hint">{t::funnel_archive_hint(lang)}</p>
            <div class="settings-buttons">
                <button type="button" class="button danger" on:click=move |_| { archive.clear(); count.dispatch(()); asking.set(true); }>
                    {t::funnel_archive(lang)}
                </button>
            </div>
            <Confirm
                open=asking
                title=Signal::derive(move || t::funnel_archive_title(lang, &name()))
                words=Signal::derive(words)
                label=t::funnel_archive(lang)
                pending=archive.pending()
                fault=fault_of(archive)
                on_confirm=move |()| { archive.dispatch(()); }
            />
        </section>
    }
}
