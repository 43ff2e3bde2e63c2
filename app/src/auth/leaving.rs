//! Leaving a form that is done. The next page comes as a new document, because who is signed in and in which language
//! is written into its head: the router's own navigation would keep the old one.

use leptos::prelude::*;
use server_fn::ServerFn;

use crate::error::AppError;

/// On the server: redirects a form that was posted without WASM. A call from the page gets the path and goes itself.
#[cfg(feature = "ssr")]
pub fn lead(path: &str) -> String {
    let parts = use_context::<http::request::Parts>();
    let accepts = parts.as_ref().and_then(|parts| parts.headers.get(http::header::ACCEPT)?.to_str().ok());
    if accepts.is_some_and(|accepts| accepts.contains("text/html")) {
        leptos_axum::redirect(path);
    }
    path.to_owned()
}

/// In the browser: loads another document.
pub fn leave(path: &str) {
    let _ = window().location().set_href(path);
}

/// Leaves for the address that the action answers with.
pub fn leave_when_done<S>(action: ServerAction<S>)
where
    S: ServerFn<Output = String, Error = AppError> + Clone + Send + Sync + 'static,
{
    Effect::new(move || {
        if let Some(Ok(path)) = action.value().get() {
            leave(&path);
        }
    });
}
