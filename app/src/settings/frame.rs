//! The frame of the settings: the pages that this person may see, beside the one they are on.

use domain::auth::Action;
use domain::i18n::{Lang, t};
use leptos::html;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;

use crate::boot::{Me, use_boot, use_lang};
use crate::kit::Frame;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Profile,
    Funnels,
    Statuses,
    LostReasons,
    Team,
    Storefronts,
    Carriers,
    Screens,
    Import,
    Webhooks,
    Intake,
    Export,
    Tokens,
}

impl Page {
    const ALL: [Page; 13] = [
        Page::Profile,
        Page::Funnels,
        Page::Statuses,
        Page::LostReasons,
        Page::Team,
        Page::Storefronts,
        Page::Carriers,
        Page::Screens,
        Page::Import,
        Page::Intake,
        Page::Export,
        Page::Webhooks,
        Page::Tokens,
    ];

    fn path(self) -> &'static str {
        match self {
            Page::Profile => "/settings",
            Page::Funnels => "/settings/funnels",
            Page::Statuses => "/settings/statuses",
            Page::LostReasons => "/settings/lost-reasons",
            Page::Team => "/settings/team",
            Page::Storefronts => "/settings/storefronts",
            Page::Carriers => "/settings/carriers",
            Page::Screens => "/settings/screens",
            Page::Import => "/settings/import",
            Page::Webhooks => "/settings/webhooks",
            Page::Intake => "/settings/intake",
            Page::Export => "/settings/export",
            Page::Tokens => "/settings/tokens",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Page::Profile => t::settings_profile(lang),
            Page::Funnels => t::settings_funnels(lang),
            Page::Statuses => t::settings_statuses(lang),
            Page::LostReasons => t::settings_lost_reasons(lang),
            Page::Team => t::settings_team(lang),
            Page::Storefronts => t::settings_storefronts(lang),
            Page::Carriers => t::settings_carriers(lang),
            Page::Screens => t::settings_screens(lang),
            Page::Import => t::settings_import(lang),
            Page::Webhooks => t::settings_webhooks(lang),
            Page::Intake => t::settings_intake(lang),
            Page::Export => t::settings_export(lang),
            Page::Tokens => t::settings_tokens(lang),
        }
    }

    fn shown_to(self, me: &Me) -> bool {
        match self {
            Page::Profile => true,
            Page::Funnels | Page::Statuses => me.may(Action::ManageFunnels),
            Page::LostReasons => me.may(Action::ManageLostReasons),
            Page::Team => me.may(Action::ManageUsers),
            Page::Storefronts | Page::Carriers => me.may(Action::ManageStorefronts),
            Page::Screens => me.may(Action::ManageScreens),
            Page::Import => me.may(Action::Import),
            Page::Webhooks => me.may(Action::ManageWebhooks),
            Page::Intake => me.may(Action::SeeIntake),
            Page::Export => me.may(Action::Export),
            Page::Tokens => me.may(Action::ManageTokens),
        }
    }
}

/// `title` where the page is about one thing of many; else the page's own name.
#[component]
pub fn SettingsFrame(
    here: Page,
    #[prop(optional, into)] title: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    let lang = use_lang();
    let Some(me) = use_boot().me else {
        let next = use_location().pathname.get_untracked();
        return view! { <Redirect path=format!("/sign-in?next={next}")/> }.into_any();
    };
    let title = title.unwrap_or_else(|| Signal::derive(move || here.name(lang).to_owned()));
    let allowed = here.shown_to(&me);
    let nav = NodeRef::<html::Nav>::new();
    Effect::new(move || {
        if let Some(nav) = nav.get() {
            show_current(&nav);
        }
    });
    let pages = Page::ALL.into_iter().filter(move |page| page.shown_to(&me));
    view! {
        <Frame title class="settings">
            <nav node_ref=nav class="settings-nav" aria-label=t::settings(lang)>
                <ul>
                    {pages
                        .map(|page| view! {
                            <li><a href=page.path() aria-current=(page == here).then_some("page")>{page.name(lang)}</a></li>
                        })
                        .collect_view()}
                </ul>
            </nav>
            <div class="settings-page">
                <h1>{move || title.get()}</h1>
                {if allowed {
                    children().into_any()
                } else {
                    view! { <p class="fault">{t::error_not_allowed(lang)}</p> }.into_any()
                }}
            </div>
        </Frame>
    }
    .into_any()
}

/// On a phone the tabs are wider than the page: the current one is brought into sight.
#[cfg(feature = "hydrate")]
fn show_current(nav: &web_sys::HtmlElement) {
    use wasm_bindgen::JsCast;
    let current = nav.query_selector("[aria-current]").ok().flatten();
    if let Some(current) = current.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        nav.set_scroll_left(current.offset_left() - (nav.client_width() - current.offset_width()) / 2);
    }
}

#[cfg(not(feature = "hydrate"))]
fn show_current<T>(_nav: &T) {}
