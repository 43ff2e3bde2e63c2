//! Choosing a role: only those that this person may give are offered.

use domain::auth::{Role, may_set_role};
use domain::event::sentence::role_name;
use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::{use_boot, use_lang};

/// Whether the reader may change somebody from this role to that one; None: not in the team.
pub fn may_set(from: Option<Role>, to: Option<Role>) -> bool {
    use_boot().me.is_some_and(|me| may_set_role(&me.actor(), from, to))
}

/// `from`: the role that somebody has; None for somebody new.
#[component]
pub fn Roles(id: String, from: Option<Role>, role: RwSignal<Role>) -> impl IntoView {
    let lang = use_lang();
    let choose = move |event| role.set(Role::parse(&event_target_value(&event)).unwrap_or(Role::Viewer));
    view! {
        <div class="field">
            <label for=id.clone()>{t::team_role(lang)}</label>
            <select id=id.clone() on:change=choose>
                {Role::ALL
                    .into_iter()
                    .filter(|to| may_set(from, Some(*to)))
                    .map(|one| view! {
                        <option value=one.key() selected=role.get_untracked() == one>{role_name(one, lang)}</option>
                    })
                    .collect_view()}
            </select>
        </div>
    }
}
