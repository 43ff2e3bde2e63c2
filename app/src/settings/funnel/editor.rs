//! A funnel that is being changed: one signal, replaced by the server's answer to each change.

use domain::auth::Storefronts;
use domain::funnels::{Funnel, FunnelChange};
use domain::i18n::t;
use leptos::prelude::*;

use super::part::{FunnelPart, Part};
use super::tabs::{PANEL, Tab, Tabs};
use crate::boot::{use_boot, use_lang};
use crate::error::AppError;
use crate::kit::{Toast, new_command, use_toasts};
use crate::settings::api;
use crate::settings::frame::{Page, SettingsFrame};
use crate::settings::rename::Rename;

#[component]
pub fn FunnelEditor(funnel: Funnel, tab: Memo<Tab>, part: Resource<Result<Part, AppError>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = funnel.id;
    // The server says the same to those who ask anyway.
    let mine = funnel.storefront.is_some() || use_boot().me.is_some_and(|me| me.storefronts == Storefronts::All);
    let funnel = RwSignal::new(funnel);
    let name = Signal::derive(move || funnel.with(|funnel| funnel.name.clone()));
    let rename = Action::new(move |name: &String| {
        let change = FunnelChange::Rename { name: name.clone() };
        async move {
            funnel.set(api::change_funnel(new_command(), id, change).await?);
            toasts.show(Toast::done(t::funnel_renamed(lang)));
            Ok(())
        }
    });
    view! {
        <SettingsFrame here=Page::Funnels title=name>
            <div class="settings-buttons">
                <a class="link" href="/settings/funnels">{t::funnel_all(lang)}</a>
                <a class="link" href=format!("/f/{id}")>{t::to_board(lang)}</a>
                {mine.then(|| view! {
                    <Rename
                        id=format!("funnel-{id}")
                        name
                        label=t::funnel_name(lang)
                        button=Signal::stored(t::rename(lang).to_owned())
                        rename
                        hide_name=true
                    />
                })}
            </div>
            <Tabs funnel=id here=tab/>
            <div id=PANEL class="tab-panel" role="tabpanel" aria-labelledby=move || tab.get().id()>
                <FunnelPart funnel mine part/>
            </div>
        </SettingsFrame>
    }
}
