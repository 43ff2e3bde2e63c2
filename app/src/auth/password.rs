//! A password's field.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;

/// As the store asks.
const LENGTH_MIN: usize = 10;

/// `fresh`: a password that is being chosen, with the hint of what it needs.
#[component]
pub fn PasswordField(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] fresh: bool,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let lang = use_lang();
    let hint = if fresh { Some(t::password_hint(lang)) } else { hint };
    let hint_id = format!("{name}-hint");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type="password"
                required=!optional
                maxlength="500"
                minlength=fresh.then_some(LENGTH_MIN)
                autocomplete=if fresh { "new-password" } else { "current-password" }
                aria-describedby=hint.map(|_| hint_id.clone())
            />
            {hint.map(|hint| view! { <p class="auth-hint" id=hint_id.clone()>{hint}</p> })}
        </div>
    }
}
