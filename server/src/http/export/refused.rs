//! Why no file is made, in words on a page of its own: a browser shows what it gets instead of the file.

use std::time::Duration;

use app::ctx::status_of;
use app::error::AppError;
use axum::response::{IntoResponse, Response};
use domain::i18n::{Lang, t};
use http::{StatusCode, header};

use crate::guard::rate;

/// Until one of two files is likely to be ready.
const WAIT: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub enum Refused {
    SignedOut,
    SentByAnotherSite,
    NoSuchFile,
    /// By its name in the address.
    Unreadable(String),
    TooOften(Duration),
    /// As many as one may have are under way.
    TooMany,
    Store(store::Error),
}

impl From<store::Error> for Refused {
    fn from(error: store::Error) -> Self {
        Refused::Store(error)
    }
}

impl Refused {
    /// How long to wait, where waiting helps.
    pub fn wait(&self) -> Option<Duration> {
        match self {
            Refused::TooOften(wait) => Some(*wait),
            Refused::TooMany => Some(WAIT),
            Refused::Store(store::Error::Busy) => Some(WAIT),
            Refused::Store(_)
            | Refused::SignedOut
            | Refused::SentByAnotherSite
            | Refused::NoSuchFile
            | Refused::Unreadable(_) => None,
        }
    }

    pub fn answer(self, lang: Lang) -> Response {
        let wait = self.wait();
        let (status, words) = self.said(lang);
        let mut response = (status, format!("{words}\n")).into_response();
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, rate::seconds(wait));
        }
        response
    }

    fn said(self, lang: Lang) -> (StatusCode, String) {
        match self {
            Refused::SignedOut => (StatusCode::UNAUTHORIZED, t::error_signed_out(lang).to_owned()),
            Refused::SentByAnotherSite => (StatusCode::FORBIDDEN, t::error_not_allowed(lang).to_owned()),
            Refused::NoSuchFile => (StatusCode::NOT_FOUND, t::error_not_found(lang).to_owned()),
            Refused::Unreadable(key) => {
                // It came in an address: no more of it is shown than a name has.
                let key: String = key.chars().filter(|c| c.is_alphanumeric() || *c == '_').take(40).collect();
                (StatusCode::BAD_REQUEST, t::export_unreadable(lang, &key))
            }
            Refused::TooOften(_) => (StatusCode::TOO_MANY_REQUESTS, t::error_busy(lang).to_owned()),
            Refused::TooMany => (StatusCode::TOO_MANY_REQUESTS, t::export_too_many(lang).to_owned()),
            Refused::Store(error) => {
                let error = AppError::from(error);
                (status_of(&error), error.words(lang))
            }
        }
    }
}
