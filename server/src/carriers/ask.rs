//! One question to a carrier, and what keeps it from being answered.

use std::time::Duration;

use domain::carriers::CarrierWhy;
use domain::ids::Millis;
use formats::carriers::Refusal;
use http::header::{ACCEPT, USER_AGENT};
use reqwest::{Client, RequestBuilder, Response};

use crate::guard::outward::Outward;
use crate::patience::retry_after;

/// A hundred parcels with all their events.
const BODY_BYTES_MAX: usize = 8 * 1_024 * 1_024;
/// As much of an answer that is none as is kept.
const SAID_CHARS_MAX: usize = 4_000;
const WE: &str = concat!("Voronka/", env!("CARGO_PKG_VERSION"));

/// Asks carriers; it knows no keys.
pub struct Asker {
    pub client: Client,
}

/// Whatever a carrier says by itself: an answer, or why it will not answer.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub why: CarrierWhy,
    /// How much patience the carrier asked for.
    pub asked: Option<Millis>,
    /// What it said instead of an answer; may be empty.
    pub said: String,
}

impl Trouble {
    pub fn of(why: CarrierWhy) -> Self {
        Self { why, asked: None, said: String::new() }
    }
}

impl Asker {
    /// `time_max` is for the whole of an answer, however slowly it comes.
    pub fn new(outward: &Outward, time_max: Duration) -> Result<Self, reqwest::Error> {
        Ok(Self { client: outward.client(time_max)? })
    }

    pub async fn send(&self, request: RequestBuilder, now: Millis) -> Result<Answer, Trouble> {
        let request = request.header(ACCEPT, "application/json").header(USER_AGENT, WE);
        let mut response = request.send().await.map_err(|error| unsent(&error))?;
        let status = response.status().as_u16();
        let asked = retry_after(response.headers(), now);
        let body = whole(&mut response).await;
        let why = match status {
            200 => return Ok(Answer { status, body: body? }),
            401 | 403 => CarrierWhy::WrongKeys,
            408 | 429 => CarrierWhy::TooOften,
            400..=499 => return Ok(Answer { status, body: body? }),
            500..=599 => CarrierWhy::Fails,
            _ => CarrierWhy::Unreadable,
        };
        Err(Trouble { why, asked, said: body.map_or_else(|_| String::new(), |body| said(&body)) })
    }
}

impl Answer {
    /// Read by its carrier's reader.
    pub fn read<T>(&self, reader: impl FnOnce(&[u8]) -> Result<T, Refusal>) -> Result<T, Trouble> {
        reader(&self.body).map_err(|refusal| {
            let why = match refusal {
                Refusal::WrongKeys => CarrierWhy::WrongKeys,
                Refusal::TooOften => CarrierWhy::TooOften,
                Refusal::Refused => CarrierWhy::Refuses,
                Refusal::Unreadable => CarrierWhy::Unreadable,
            };
            Trouble { why, asked: None, said: said(&self.body) }
        })
    }
}

async fn whole(response: &mut Response) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unsent(&error))? {
        if body.len() + chunk.len() > BODY_BYTES_MAX {
            return Err(Trouble::of(CarrierWhy::Unreadable));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The error itself is told to nobody: an address may hold what was asked.
fn unsent(error: &reqwest::Error) -> Trouble {
    Trouble::of(if error.is_timeout() { CarrierWhy::TooSlow } else { CarrierWhy::Unreachable })
}

fn said(body: &[u8]) -> String {
    String::from_utf8_lossy(body).chars().take(SAID_CHARS_MAX).collect()
}
