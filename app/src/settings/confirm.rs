//! Asking before what can't be taken back, saying what will happen.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Dialog, Fault};

#[component]
pub fn Confirm(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] words: Signal<String>,
    /// What the button does, as a verb.
    label: &'static str,
    pending: Memo<bool>,
    fault: Signal<Option<String>>,
    #[prop(into)] on_confirm: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Dialog open label=title on_close=move |()| open.set(false)>
            <h2>{move || title.get()}</h2>
            <p>{move || words.get()}</p>
            <Fault words=fault/>
            <div class="settings-buttons">
                <button type="button" class="button danger" disabled=move || pending.get() on:click=move |_| on_confirm.run(())>
                    {move || if pending.get() { t::one_moment(lang) } else { label }}
                </button>
                <button type="button" class="button quiet" on:click=move |_| open.set(false)>{t::cancel(lang)}</button>
            </div>
        </Dialog>
    }
}
