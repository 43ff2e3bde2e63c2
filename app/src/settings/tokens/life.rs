//! How long a token lasts, and what it means that one never ends.

use domain::auth::TokenLife;
use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;

#[component]
pub fn Life(life: RwSignal<TokenLife>) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| life.set(TokenLife::parse(&event_target_value(&event)).unwrap_or_default());
    view! {
        <div class="field">
            <label for="token-life">{t::token_life(lang)}</label>
            <select id="token-life" aria-describedby="token-life-hint" on:change=choose>
                {TokenLife::ALL.map(|one| view! {
                    <option value=one.key() selected=one == TokenLife::default()>{t::token_life_name(lang, one)}</option>
                })}
            </select>
            <p class="settings-hint" id="token-life-hint" role="status">
                {move || (life.get() == TokenLife::Endless).then(|| t::token_life_endless_hint(lang))}
            </p>
        </div>
    }
}
