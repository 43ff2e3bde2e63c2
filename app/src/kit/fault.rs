//! What is wrong, where it is wrong.

use leptos::prelude::*;

/// Words beside a field or a form; nothing while there are none.
#[component]
pub fn Fault(#[prop(into)] words: Signal<Option<String>>, #[prop(optional, into)] id: Option<String>) -> impl IntoView {
    view! { <p class="fault" id=id role="alert" hidden=move || words.with(Option::is_none)>{move || words.get()}</p> }
}
