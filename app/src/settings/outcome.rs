//! How the settings pages load, wait and fail: the same everywhere.

use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::error::AppError;

/// Shows what a resource brings, or why it did not come.
pub fn load<T>(
    resource: Resource<Result<T, AppError>>,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let lang = use_lang();
    view! {
        <Suspense fallback=|| view! { <Loading/> }>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(found) => show(found),
                        Err(error) => view! { <p class="fault" role="alert">{error.words(lang)}</p> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

#[component]
pub fn Loading() -> impl IntoView {
    let lang = use_lang();
    view! { <p class="settings-hint" role="status">{t::loading(lang)}</p> }
}

/// Why an action failed; nothing while it is being tried again.
pub fn fault_of<I, T>(action: Action<I, Result<T, AppError>>) -> Signal<Option<String>>
where
    I: Send + Sync + 'static,
    T: Send + Sync + 'static,
{
    let lang = use_lang();
    let (value, pending) = (action.value(), action.pending());
    Signal::derive(move || {
        let waits = pending.get();
        value.with(|value| match value {
            Some(Err(error)) if !waits => Some(error.words(lang)),
            Some(_) | None => None,
        })
    })
}

/// One of a list, followed through its changes; once it has gone, as it was last.
pub fn follow<T>(list: RwSignal<Vec<T>>, first: T, same: fn(&T, &T) -> bool) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |last: Option<&T>| {
        let last = last.unwrap_or(&first);
        let found = list.with(|list| list.iter().find(|one| same(one, last)).cloned());
        found.unwrap_or_else(|| last.clone())
    })
}

/// Brings the keyboard to an element once the page has been redrawn.
pub fn focus(id: String) {
    #[cfg(feature = "hydrate")]
    request_animation_frame(move || {
        use wasm_bindgen::JsCast;
        let element = document().get_element_by_id(&id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(element) = element {
            let _ = element.focus();
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = id;
}
