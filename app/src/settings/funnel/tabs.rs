//! The parts of a funnel's page, each with an address of its own: "?tab=bond".

use domain::i18n::{Lang, t};
use domain::ids::FunnelId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::boot::use_lang;
use crate::settings::outcome::focus;

/// The element that shows the chosen part.
pub const PANEL: &str = "funnel-panel";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Stages,
    Bond,
    Deals,
}

impl Tab {
    const ALL: [Tab; 3] = [Tab::Stages, Tab::Bond, Tab::Deals];

    fn key(self) -> &'static str {
        match self {
            Tab::Stages => "stages",
            Tab::Bond => "bond",
            Tab::Deals => "deals",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Tab::Stages => t::funnel_stages(lang),
            Tab::Bond => t::bond_tab(lang),
            Tab::Deals => t::makers_tab(lang),
        }
    }

    pub fn id(self) -> String {
        format!("tab-{}", self.key())
    }

    pub fn address(self, funnel: FunnelId) -> String {
        format!("/settings/funnels/{funnel}?tab={}", self.key())
    }

    fn neighbour(self, key: &str) -> Option<Self> {
        let place = Self::ALL.iter().position(|tab| *tab == self)?;
        let count = Self::ALL.len();
        let to = match key {
            "ArrowRight" => (place + 1) % count,
            "ArrowLeft" => (place + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return None,
        };
        Some(Self::ALL[to])
    }
}

/// By the address; the stages where it names none.
pub fn use_tab() -> Memo<Tab> {
    let query = use_query_map();
    Memo::new(move |_| {
        let key = query.with(|query| query.get("tab")).unwrap_or_default();
        Tab::ALL.into_iter().find(|tab| tab.key() == key).unwrap_or(Tab::Stages)
    })
}

#[component]
pub fn Tabs(funnel: FunnelId, here: Memo<Tab>) -> impl IntoView {
    let lang = use_lang();
    let navigate = use_navigate();
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if let Some(tab) = here.get_untracked().neighbour(&event.key()) {
            event.prevent_default();
            navigate(&tab.address(funnel), NavigateOptions { replace: true, scroll: false, ..Default::default() });
            focus(tab.id());
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=t::funnel_tabs(lang) on:keydown=keys>
            {Tab::ALL.map(|tab| view! {
                <a
                    id=tab.id()
                    role="tab"
                    href=tab.address(funnel)
                    data-noscroll=""
                    aria-selected=move || (here.get() == tab).to_string()
                    aria-controls=PANEL
                    tabindex=move || { if here.get() == tab { "0" } else { "-1" } }
                >
                    {tab.name(lang)}
                </a>
            })}
        </div>
    }
}
