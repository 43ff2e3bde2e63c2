//! A password's field.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;

/// As the store asks.
const LENGTH_MIN: usize = 10;

/// `fresh`: a password that is being chosen, with the hint of what it needs.
#[component]
pub fn PasswordField(name: &'static str, label: &'static str, #[prop(optional)] fresh: bool) -> impl IntoView {
    let lang = use_lang();
    let hint = format!("{name}-hint");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type="password"
                required
                maxlength="500"
                minlength=fresh.then_some(LENGTH_MIN)
                autocomplete=if fresh { "new-password" } else { "current-password" }
                aria-describedby=fresh.then(|| hint.clone())
            />
            {fresh.then(|| view! { <p class="auth-hint" id=hint.clone()>{t::password_hint(lang)}</p> })}
        </div>
    }
}
