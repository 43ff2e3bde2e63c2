//! A shop's currency: any ISO 4217 code; the usual ones are offered.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;

const USUAL: [&str; 8] = ["UAH", "USD", "EUR", "PLN", "GBP", "CZK", "RON", "MDL"];

#[component]
pub fn CurrencyField(code: RwSignal<String>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="field">
            <label for="currency">{t::setup_currency(lang)}</label>
            <input
                type="text"
                id="currency"
                name="currency"
                list="currencies"
                value=code.get_untracked()
                bind:value=code
                required
                maxlength="3"
                pattern="[A-Za-z]{3}"
                title=t::limit_unknown_currency(lang)
                autocomplete="off"
                spellcheck="false"
            />
            <datalist id="currencies">{USUAL.map(|code| view! { <option value=code></option> })}</datalist>
        </div>
    }
}
