//! FedEx: thirty parcels in one question, asked with a token that is asked for with the keys and lasts an hour.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::carriers::CarrierWhy;
use domain::ids::Millis;
use formats::carriers::fedex::{read, token};
use futures::FutureExt;
use futures::future::BoxFuture;
use http::header::CONTENT_TYPE;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::ask::{Asker, Trouble};
use super::{Asked, Asks, Question, Tracked, in_halves};

pub const OWN: &str = "https://apis.fedex.com";
/// A token that ends so soon is not begun with.
const SPARE_MS: Millis = 60_000;
/// Tokens remembered; there are as many as there are accounts.
const TOKENS_MAX: usize = 1_000;

/// By the keys that each was given for, with its end.
type Tokens = HashMap<(String, String), (String, Millis)>;

pub struct FedEx {
    base: String,
    tokens: Mutex<Tokens>,
}

impl FedEx {
    pub fn at(base: String) -> Self {
        Self { base, tokens: Mutex::default() }
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn some(&self, asker: &Asker, question: Question<'_>, numbers: &[String]) -> Result<Vec<Tracked>, Trouble> {
        let told = self.track(asker, question, numbers).await;
        let keys = (question.key.to_owned(), question.secret.to_owned());
        match told {
            // Most likely the token was called back before its time: once more, with another.
            Err(Trouble { why: CarrierWhy::WrongKeys, .. }) if self.tokens().remove(&keys).is_some() => {
                self.track(asker, question, numbers).await
            }
            told => told,
        }
    }

    async fn track(&self, asker: &Asker, question: Question<'_>, numbers: &[String]) -> Result<Vec<Tracked>, Trouble> {
        let token = self.token(asker, question).await?;
        let infos: Vec<Value> =
            numbers.iter().map(|number| json!({ "trackingNumberInfo": { "trackingNumber": number } })).collect();
        let body = json!({ "trackingInfo": infos, "includeDetailedScans": true });
        let address = format!("{}/track/v1/trackingnumbers", self.base);
        let answer = asker.send(asker.client.post(address).bearer_auth(token).json(&body), question.now).await?;
        answer.read(|body| read(body, question.now))
    }

    async fn token(&self, asker: &Asker, question: Question<'_>) -> Result<String, Trouble> {
        let keys = (question.key.to_owned(), question.secret.to_owned());
        let known = self.tokens().get(&keys).filter(|(_, until)| *until > question.now + SPARE_MS).cloned();
        if let Some((token, _)) = known {
            return Ok(token);
        }
        let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            escaped(question.key),
            escaped(question.secret),
        );
        let address = format!("{}/oauth/token", self.base);
        let request = asker.client.post(address).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        let answer = asker.send(request, question.now).await?;
        // An answer that is no token says that it gives none. It is not kept: the keys may be in it.
        let Some((token, seconds)) = token(&answer.body) else {
            let why = if answer.status == 200 { CarrierWhy::Unreadable } else { CarrierWhy::WrongKeys };
            return Err(Trouble::of(why));
        };
        let mut tokens = self.tokens();
        tokens.retain(|_, (_, until)| *until > question.now);
        if tokens.len() < TOKENS_MAX {
            tokens.insert(keys, (token.clone(), question.now + seconds * 1_000));
        }
        Ok(token)
    }
}

impl Asks for FedEx {
    fn most(&self) -> i64 {
        30
    }

    fn ask<'a>(&'a self, asker: &'a Asker, question: Question<'a>) -> BoxFuture<'a, Asked> {
        let ask = move |numbers: &'a [String]| self.some(asker, question, numbers).boxed();
        in_halves(question.numbers, ask).boxed()
    }
}
