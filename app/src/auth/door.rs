//! What every door looks like: one card in the middle of a quiet page.

use domain::board::{Limit, Refusal};
use domain::i18n::{Lang, t};
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::frame::Mark;

#[component]
pub fn Door(title: &'static str, children: Children) -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=format!("{title} · {}", t::voronka(lang))/>
        <main id="content" class="auth">
            <section class="card auth-card" aria-labelledby="door">
                <p class="auth-mark"><Mark/><span>{t::voronka(lang)}</span></p>
                <h1 id="door">{title}</h1>
                {children()}
            </section>
        </main>
    }
}

/// While the server looks.
#[component]
pub fn Looking() -> impl IntoView {
    let lang = use_lang();
    view! { <p class="auth-hint" role="status">{t::loading(lang)}</p> }
}

/// A door that stays shut: why, and where to go instead.
#[component]
pub fn Shut(#[prop(into)] words: String) -> impl IntoView {
    let lang = use_lang();
    view! {
        <p class="fault">{words}</p>
        <a class="button" href="/sign-in">{t::to_sign_in(lang)}</a>
    }
}

/// Why a door did not open, for its form; nothing while it is being tried again.
pub fn why<S>(action: ServerAction<S>, lang: Lang) -> Signal<Option<String>>
where
    S: ServerFn<Output = String, Error = AppError> + Clone + Send + Sync + 'static,
{
    Signal::derive(move || {
        let value = action.value().get();
        let error = value.filter(|_| !action.pending().get())?.err()?;
        Some(door_words(&error, lang))
    })
}

/// Being sent, or on the way to the next page.
pub fn busy<S>(action: ServerAction<S>) -> Signal<bool>
where
    S: ServerFn<Output = String, Error = AppError> + Clone + Send + Sync + 'static,
{
    Signal::derive(move || action.pending().get() || matches!(action.value().get(), Some(Ok(_))))
}

/// At a door two errors mean something more definite than elsewhere.
fn door_words(error: &AppError, lang: Lang) -> String {
    match error {
        AppError::Refused(Refusal::Limit { limit: Limit::WrongPassword }) => t::sign_in_wrong(lang).to_owned(),
        AppError::Busy => t::too_many_tries(lang).to_owned(),
        other => other.words(lang),
    }
}
