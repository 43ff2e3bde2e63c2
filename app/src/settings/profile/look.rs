//! Language, theme, density: the page comes anew in them.

use domain::i18n::{Lang, t};
use leptos::form::ActionForm;
use leptos::prelude::*;

use crate::auth::{Submit, leave_when_done};
use crate::boot::{Density, Theme, use_boot};
use crate::kit::Fault;
use crate::settings::api::SavePreferences;
use crate::settings::outcome::fault_of;

#[component]
pub fn Look() -> impl IntoView {
    let boot = use_boot();
    let lang = boot.lang;
    let action = ServerAction::<SavePreferences>::new();
    leave_when_done(action);
    let densities = [(Density::Roomy, t::density_roomy(lang)), (Density::Compact, t::density_compact(lang))];
    view! {
        <section class="card settings-card" aria-labelledby="look">
            <h2 id="look">{t::profile_look(lang)}</h2>
            <ActionForm action>
                <div class="field">
                    <label for="lang">{t::language(lang)}</label>
                    <select id="lang" name="lang">
                        {Lang::ALL.map(|one| view! {
                            <option value=one.code() lang=one.code() selected=one == lang>{one.name()}</option>
                        })}
                    </select>
                </div>
                <div class="field">
                    <label for="theme">{t::theme(lang)}</label>
                    <select id="theme" name="theme">
                        {Theme::ALL.map(|one| view! {
                            <option value=one.key() selected=one == boot.theme>{theme_name(one, lang)}</option>
                        })}
                    </select>
                </div>
                <div class="field">
                    <label for="density">{t::density(lang)}</label>
                    <select id="density" name="density">
                        {densities.map(|(one, name)| view! {
                            <option value=one.key() selected=one == boot.density>{name}</option>
                        })}
                    </select>
                </div>
                <Fault words=fault_of(action.into())/>
                <div class="settings-buttons"><Submit label=t::save(lang) pending=action.pending()/></div>
            </ActionForm>
        </section>
    }
}

fn theme_name(theme: Theme, lang: Lang) -> &'static str {
    match theme {
        Theme::Auto => t::theme_auto(lang),
        Theme::Light => t::theme_light(lang),
        Theme::Dark => t::theme_dark(lang),
    }
}
