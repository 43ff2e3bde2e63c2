//! The frame around every signed-in page: the mark, where one is, who one is.

use domain::auth::Action;
use domain::i18n::t;
use leptos::prelude::*;
use leptos_meta::Title;

use super::{Avatar, Glyph, Icon};
use crate::boot::{use_boot, use_lang};

/// `tools` stand in the bar between the mark and the person.
#[component]
pub fn Frame(
    #[prop(into)] title: Signal<String>,
    #[prop(optional)] tools: Option<ViewFn>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    let lang = use_lang();
    let boot = use_boot();
    let signed_in = boot.me.is_some();
    view! {
        <Title text=move || format!("{} · {}", title.try_get().unwrap_or_default(), t::voronka(lang))/>
        <a class="skip" href="#content" rel="external">{t::skip_to_content(lang)}</a>
        <header class="bar">
            <a class="mark" href="/" title=t::to_board(lang)><Mark/><span>{t::voronka(lang)}</span></a>
            {signed_in.then(|| view! { <a class="bar-link" href="/orders" title=t::orders(lang)><Icon glyph=Glyph::Box/><span>{t::orders(lang)}</span></a> })}
            <div class="bar-tools">{tools.map(|tools| tools.run())}</div>
            {boot.me.map(|me| {
                let settings = if me.may(Action::ManageFunnels) { "/settings/funnels" } else { "/settings" };
                view! {
                    <a class="icon-button" href=settings aria-label=t::settings(lang) title=t::settings(lang)><Icon glyph=Glyph::Gear/></a>
                    <a class="me" href="/settings" title=me.name.clone()><Avatar id=me.id name=me.name.clone()/></a>
                }
            })}
        </header>
        <main id="content" class=class tabindex="-1">{children()}</main>
    }
}

/// The funnel, drawn.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark-sign" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path class="mark-1" d="M2 3h20l-2.800 5H4.800z"></path>
            <path class="mark-2" d="M5.500 9.500h13l-2.800 5H8.300z"></path>
            <path class="mark-3" d="M9 16h6l-1.500 5h-3z"></path>
        </svg>
    }
}
