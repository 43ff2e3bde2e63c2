//! Taking the order into another status: asked for what it needs, sent, taken back while the way back is open.

use domain::board::Refusal;
use domain::i18n::{Lang, t};
use domain::ids::*;
use domain::orders::{ChangeStatus, OrderFault, OrderView, StatusDetails};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use super::live::reload;
use super::state::OrderState;
use super::typed::Typed;
use super::words::fault_words;
use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::toast::ToastQueue;
use crate::kit::{Attempt, Toast, focus_on, use_toasts};

type Content = (Option<StatusId>, StatusId, Option<StatusDetails>, Option<String>);

/// Made once by the page, within its owner: toasts and language are contexts.
#[derive(Clone, Copy)]
pub struct Changer {
    state: OrderState,
    lang: Lang,
    toasts: ToastQueue,
    attempt: Attempt<Content>,
    pub pending: RwSignal<bool>,
}

impl Changer {
    pub fn new(state: OrderState) -> Self {
        let (lang, toasts) = (use_lang(), use_toasts());
        Self { state, lang, toasts, attempt: Attempt::new(), pending: RwSignal::new(false) }
    }

    /// A status was chosen: it goes there at once, unless something must be told.
    pub fn choose(self, to: StatusId) {
        let asks = self.state.status(to).is_some_and(|status| self.state.asks(&status).is_some());
        if asks || self.state.is_beyond(to) {
            self.open(to);
        } else {
            self.send((self.state.status_id(), to), None, None);
        }
    }

    fn open(self, to: StatusId) {
        self.state.close();
        self.state.asking.set(Some(to));
        focus_on(".order-ask select, .order-ask input");
    }

    /// The form, as it was filled in.
    pub fn submit(self) {
        let Some(to) = self.state.asking.get_untracked() else { return };
        let asked = self.state.status(to).and_then(|status| self.state.asks(&status));
        let details = asked.map(|asked| self.state.typed.with_untracked(|typed| typed.details(asked)));
        self.state.problem.set(None);
        self.state.fault.set(details.clone().and_then(|details| details.checked().err()));
        if self.state.fault.with_untracked(Option::is_some) {
            focus_on(".order-ask [aria-invalid=true]");
            return;
        }
        let beyond = self.state.typed.with_untracked(|typed| typed.beyond.clone());
        self.send((self.state.status_id(), to), details, Some(beyond).filter(|_| self.state.is_beyond(to)));
    }

    fn send(
        self,
        (from, to): (Option<StatusId>, StatusId),
        details: Option<StatusDetails>,
        override_reason: Option<String>,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        let command = self.attempt.id(&(from, to, details.clone(), override_reason.clone()));
        let command = ChangeStatus { command, order: self.state.order, from, to, details, override_reason };
        self.pending.set(true);
        spawn_local(async move {
            let answer = api::send_status(command).await;
            // The page may have gone meanwhile.
            if self.pending.try_set(false).is_none() {
                self.answered(from, to, answer);
            }
        });
    }

    fn answered(self, from: Option<StatusId>, to: StatusId, answer: Result<OrderView, AppError>) {
        match answer {
            Ok(view) => self.done(from, to, view),
            Err(AppError::Refused(Refusal::Order { fault })) => self.refused(to, &fault),
            Err(error) => self.say(error.words(self.lang)),
        }
    }

    fn done(self, from: Option<StatusId>, to: StatusId, view: OrderView) {
        self.attempt.done();
        self.state.typed.set(Typed::default());
        self.state.close();
        self.state.take(view);
        let Some(there) = self.state.status(to) else { return };
        let toast = Toast::done(t::order_changed_to(self.lang, &there.name));
        let back = from.and_then(|from| self.state.status(from));
        let back = back.filter(|back| there.next.contains(&back.id) && self.state.asks(back).is_none());
        self.toasts.show(match back {
            Some(back) => toast.with(t::undo(self.lang), move || self.send((Some(to), back.id), None, None)),
            None => toast,
        });
        // Its deal may have gone along.
        reload(self.state, self.lang);
    }

    fn refused(self, to: StatusId, fault: &OrderFault) {
        match fault {
            OrderFault::Stale { .. } => self.stale(),
            OrderFault::Detail { detail } if self.is_open() => {
                self.state.fault.set(Some(*detail));
                focus_on(".order-ask [aria-invalid=true]");
            }
            OrderFault::DetailsNeeded { .. } => self.open(to),
            other => self.say(fault_words(other, &self.state.names(), self.lang)),
        }
    }

    /// Somebody was quicker: the page shows where the order is now, and says who took it there.
    fn stale(self) {
        spawn_local(async move {
            match api::load_order(self.state.order).await {
                Ok(loaded) if self.pending.try_get_untracked().is_some() => {
                    self.state.show(loaded, self.lang);
                    let words = self.state.last_change(self.lang);
                    self.say(words.unwrap_or_else(|| t::order_stale(self.lang).to_owned()));
                }
                Ok(_) => {}
                Err(error) => self.say(error.words(self.lang)),
            }
        });
    }

    fn is_open(self) -> bool {
        self.state.asking.with_untracked(Option::is_some)
    }

    /// Above the form, or where there is none, in passing.
    fn say(self, words: String) {
        if self.state.asking.try_with_untracked(Option::is_some) == Some(true) {
            self.state.problem.set(Some(words));
        } else {
            self.toasts.show(Toast::refused(words));
        }
    }
}
