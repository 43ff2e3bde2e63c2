//! A day and time in the reader's own zone.

use domain::ids::Millis;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::time;

/// The server does not know the reader's time zone: the words come with the WASM.
#[component]
pub fn When(at: Millis) -> impl IntoView {
    let lang = use_lang();
    let words = RwSignal::new(String::new());
    Effect::new(move || words.set(time::local(at, lang)));
    view! { <time>{move || words.get()}</time> }
}
