//! The keys of scripts: which there are, what each of them opens, and another one.

mod create;
mod life;
mod one;
mod reach;

use domain::i18n::t;
use leptos::prelude::*;

use super::api::tokens::{TokensData, tokens};
use super::frame::{Page, SettingsFrame};
use super::outcome::load;
use crate::boot::use_lang;
use create::CreateToken;
use one::OneToken;

#[component]
pub fn TokensPage() -> impl IntoView {
    let lang = use_lang();
    let data = Resource::new(|| (), |()| tokens());
    view! {
        <SettingsFrame here=Page::Tokens>
            <p class="settings-hint">
                {t::tokens_hint(lang)} " "
                <a class="link" href="/api/v1/docs" rel="external">{t::tokens_docs(lang)}</a>
            </p>
            {load(data, |data| view! { <Tokens data/> }.into_any())}
        </SettingsFrame>
    }
}

#[component]
fn Tokens(data: TokensData) -> impl IntoView {
    let lang = use_lang();
    let TokensData { tokens, storefronts, now } = data;
    let (list, shops) = (RwSignal::new(tokens), StoredValue::new(storefronts));
    view! {
        <section class="card settings-card" aria-labelledby="tokens">
            <h2 id="tokens">{t::tokens_list(lang)}</h2>
            <Show
                when=move || list.with(|list| !list.is_empty())
                fallback=move || view! { <p class="empty">{t::tokens_none(lang)}</p> }
            >
                <ul class="settings-list">
                    <For each=move || list.get() key=|token| token.id let(token)>
                        <OneToken token list shops now/>
                    </For>
                </ul>
            </Show>
        </section>
        <CreateToken list shops/>
    }
}
