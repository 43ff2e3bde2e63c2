//! One question to a shop, and what its refusals mean.

use std::time::Duration;

use domain::backfill::BackfillWhy;
use domain::ids::Millis;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, StatusCode};
use reqwest::{Client, RequestBuilder, Response};

use crate::guard::outward::{Forbidden, Outward, caused_by};
use crate::patience::retry_after;

/// A page of a hundred orders takes a slow shop a while.
const TIME_MAX: Duration = Duration::from_secs(60);
/// A page of orders on which plugins have left their notes.
const BODY_BYTES_MAX: usize = 48 * 1_024 * 1_024;
const WE: &str = concat!("Voronka/", env!("CARGO_PKG_VERSION"));
/// In the error of a WooCommerce whose keys may not see orders; the status alone is that of a wrong key.
const CANNOT_VIEW: &[u8] = b"cannot_view";

/// Asks shops, and nothing in our own network.
pub struct Asker {
    outward: Outward,
    client: Client,
}

pub struct Answer {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// Why there is no page.
#[derive(Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It may be there later. `asked` is what the shop itself asked for.
    Later {
        why: BackfillWhy,
        asked: Option<Millis>,
    },
    Never(BackfillWhy),
}

impl Asker {
    pub fn new(outward: Outward) -> Result<Self, reqwest::Error> {
        let client = outward.client(TIME_MAX)?;
        Ok(Self { outward, client })
    }

    /// `with` adds the keys.
    pub async fn ask(
        &self,
        address: &str,
        now: Millis,
        with: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Result<Answer, Trouble> {
        let address = self.outward.parse(address).map_err(|_| Trouble::Never(BackfillWhy::Forbidden))?;
        let request = self.client.get(address).header(ACCEPT, "application/json").header(USER_AGENT, WE);
        let mut response = with(request).send().await.map_err(|error| unsent(&error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if status == StatusCode::UNAUTHORIZED {
            let body = whole(&mut response).await?;
            let blind = body.windows(CANNOT_VIEW.len()).any(|part| part == CANNOT_VIEW);
            return Err(Trouble::Never(if blind { BackfillWhy::NotAllowed } else { BackfillWhy::WrongKeys }));
        }
        match refused(status, &headers, now) {
            Some(trouble) => Err(trouble),
            None => Ok(Answer { headers, body: whole(&mut response).await? }),
        }
    }
}

async fn whole(response: &mut Response) -> Result<Vec<u8>, Trouble> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unsent(&error))? {
        if body.len() + chunk.len() > BODY_BYTES_MAX {
            return Err(Trouble::Never(BackfillWhy::NoOrders));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn unsent(error: &reqwest::Error) -> Trouble {
    if caused_by::<Forbidden>(error) {
        Trouble::Never(BackfillWhy::Forbidden)
    } else {
        Trouble::Later { why: BackfillWhy::Unreachable, asked: None }
    }
}

/// None: it is an answer.
fn refused(status: StatusCode, headers: &HeaderMap, now: Millis) -> Option<Trouble> {
    let later = |why| Trouble::Later { why, asked: retry_after(headers, now) };
    Some(match status.as_u16() {
        200 => return None,
        300..=399 => Trouble::Never(BackfillWhy::Redirects),
        401 => Trouble::Never(BackfillWhy::WrongKeys),
        // 402 and 423 are Shopify's for a shop that is frozen or locked.
        402 | 403 | 423 => Trouble::Never(BackfillWhy::NotAllowed),
        404 | 410 => Trouble::Never(BackfillWhy::NoShop),
        408 | 429 => later(BackfillWhy::TooOften),
        500..=599 => later(BackfillWhy::ShopFails),
        _ => Trouble::Never(BackfillWhy::NoOrders),
    })
}

/// A header that is a whole number.
pub fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok().filter(|number| *number >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_told_from_what_will_not() {
        let trouble = |status| refused(StatusCode::from_u16(status).expect("a status"), &HeaderMap::new(), 0);
        assert_eq!(trouble(200), None);
        for (status, why) in
            [(429, BackfillWhy::TooOften), (500, BackfillWhy::ShopFails), (503, BackfillWhy::ShopFails)]
        {
            assert_eq!(trouble(status), Some(Trouble::Later { why, asked: None }), "{status}");
        }
        for (status, why) in [
            (301, BackfillWhy::Redirects),
            (401, BackfillWhy::WrongKeys),
            (403, BackfillWhy::NotAllowed),
            (404, BackfillWhy::NoShop),
            (204, BackfillWhy::NoOrders),
            (418, BackfillWhy::NoOrders),
        ] {
            assert_eq!(trouble(status), Some(Trouble::Never(why)), "{status}");
        }
    }
}
