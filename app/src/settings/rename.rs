//! A name that is changed in its place.

use domain::i18n::t;
use leptos::prelude::*;

use super::outcome::{fault_of, focus};
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::Fault;

/// `button` is what the button says to a screen reader: which thing it renames. Enter saves, Esc leaves it as it was.
#[component]
pub fn Rename(
    id: String,
    name: Signal<String>,
    label: &'static str,
    button: Signal<String>,
    rename: Action<String, Result<(), AppError>>,
    #[prop(optional)] hide_name: bool,
) -> impl IntoView {
    let lang = use_lang();
    let editing = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let (field, opener) = (format!("{id}-name"), format!("{id}-rename"));
    let (field, opener) = (StoredValue::new(field), StoredValue::new(opener));
    let open = move |_| {
        rename.clear();
        typed.set(name.get_untracked());
        editing.set(true);
        focus(field.get_value());
    };
    let close = move || {
        editing.set(false);
        focus(opener.get_value());
    };
    Effect::new(move || {
        if let Some(Ok(())) = rename.value().get() {
            close();
        }
    });
    let shown = move || {
        view! {
            <div class="rename" class:bare=hide_name>
                {(!hide_name).then(|| view! { <span class="settings-name">{move || name.get()}</span> })}
                <button id=opener.get_value() type="button" class="link" aria-label=move || button.get() on:click=open>{t::rename(lang)}</button>
            </div>
        }
    };
    view! {
        <Show when=move || editing.get() fallback=shown>
            <form
                class="rename-form"
                on:submit=move |event| { event.prevent_default(); rename.dispatch(typed.get()); }
                on:keydown=move |event| { if event.key() == "Escape" { close() } }
            >
                <div class="field">
                    <label for=field.get_value()>{label}</label>
                    <input type="text" id=field.get_value() required maxlength="80" autocomplete="off" bind:value=typed/>
                    <Fault words=fault_of(rename)/>
                </div>
                <Submit label=t::save(lang) pending=rename.pending()/>
                <button type="button" class="button quiet" on:click=move |_| close()>{t::cancel(lang)}</button>
            </form>
        </Show>
    }
}
