//! Short messages at the bottom, with at most one action, such as undo.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};
use crate::boot::use_lang;
use domain::i18n::t;

/// How long a message stays; an undo can be had for as long.
const STAYS_SECONDS: u64 = 10;
const TOASTS_MAX: usize = 4;

#[derive(Clone)]
pub struct Toast {
    pub words: String,
    pub kind: Kind,
    pub action: Option<(String, Callback<()>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Done,
    Refused,
}

impl Toast {
    pub fn done(words: impl Into<String>) -> Self {
        Self { words: words.into(), kind: Kind::Done, action: None }
    }

    pub fn refused(words: impl Into<String>) -> Self {
        Self { words: words.into(), kind: Kind::Refused, action: None }
    }

    pub fn with(mut self, words: impl Into<String>, action: impl Into<Callback<()>>) -> Self {
        self.action = Some((words.into(), action.into()));
        self
    }
}

#[derive(Clone, Copy)]
pub struct ToastQueue {
    list: RwSignal<Vec<(u64, Toast)>>,
    next: StoredValue<u64>,
}

impl ToastQueue {
    pub fn show(self, toast: Toast) {
        self.put(toast);
    }

    /// Answers with its name, by which it can be taken away before its time.
    pub fn put(self, toast: Toast) -> u64 {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| {
            list.push((id, toast));
            if list.len() > TOASTS_MAX {
                list.remove(0);
            }
        });
        set_timeout(move || self.drop(id), std::time::Duration::from_secs(STAYS_SECONDS));
        id
    }

    pub fn drop(self, id: u64) {
        self.list.try_update(|list| list.retain(|(other, _)| *other != id));
    }
}

pub fn provide_toasts() {
    provide_context(ToastQueue { list: RwSignal::new(Vec::new()), next: StoredValue::new(0) });
}

pub fn use_toasts() -> ToastQueue {
    expect_context::<ToastQueue>()
}

#[component]
pub fn Toasts() -> impl IntoView {
    let queue = use_toasts();
    let lang = use_lang();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || queue.list.get() key=|(id, _)| *id let((id, toast))>
                <div class=if toast.kind == Kind::Done { "toast" } else { "toast refused" }>
                    <Icon glyph=if toast.kind == Kind::Done { Glyph::Check } else { Glyph::Warning }/>
                    <span>{toast.words}</span>
                    {toast.action.map(|(words, action)| view! {
                        <button type="button" class="link" on:click=move |_| { queue.drop(id); action.run(()); }>{words}</button>
                    })}
                    <button type="button" class="icon-button" aria-label=t::close(lang) on:click=move |_| queue.drop(id)>
                        <Icon glyph=Glyph::Cross/>
                    </button>
                </div>
            </For>
        </div>
    }
}
