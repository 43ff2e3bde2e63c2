//! Taking out the deals that the board shows, as its filter is just now.

use domain::export::{Form, List, address};
use domain::i18n::t;
use leptos::prelude::*;

use super::state::BoardState;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, menu_focus, menu_key};

#[component]
pub fn ExportMenu(state: BoardState) -> impl IntoView {
    let lang = use_lang();
    let open = RwSignal::new(false);
    menu_focus(".export", open);
    let link = move |form: Form| {
        view! {
            <a
                role="menuitem"
                class="menu-item"
                href=move || shown(state, form)
                download=""
                rel="external"
                on:click=move |_| open.set(false)
            >
                {t::export_as(lang, t::export_form(lang, form))}
            </a>
        }
    };
    view! {
        <div class="export">
            <button type="button" class="icon-button" aria-haspopup="menu" aria-expanded=move || open.get().to_string() aria-label=t::export(lang) title=t::export(lang) on:click=move |_| open.update(|open| *open = !*open)>
                <Icon glyph=Glyph::Download/>
            </button>
            <Show when=move || open.get()>
                <div class="menu-scrim" on:click=move |_| open.set(false)></div>
                <div class="menu-list" role="menu" aria-label=t::export(lang) on:keydown=move |event| menu_key(&event, open)>
                    <p class="menu-title">{t::export_shown(lang)}</p>
                    {Form::ALL.map(link)}
                </div>
            </Show>
        </div>
    }
}

/// The address of the file with what the filter shows.
fn shown(state: BoardState, form: Form) -> String {
    let filter = state.filter.with(|filter| filter.to_query()).replacen('?', "&", 1);
    format!("{}?funnel={}{filter}", address(List::Deals, form), state.funnel)
}
