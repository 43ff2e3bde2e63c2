//! Shopify's Admin REST interface: what comes after an order's number. Nothing moves when orders are deleted.

use domain::backfill::BackfillWhy;
use domain::ids::Millis;
use http::{HeaderMap, HeaderValue};
use reqwest::RequestBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use store::backfills::Claimed;

use super::ask::{Answer, Asker, Trouble};
use super::{Page, number_of};

const VERSION: &str = "2025-10";
/// The most that a shop gives.
const PER_PAGE: usize = 250;
/// How long a shop takes to forget two requests.
const REST_MS: Millis = 1_000;

#[derive(Deserialize)]
struct Orders {
    orders: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Counted {
    count: i64,
}

pub async fn page(asker: &Asker, claimed: &Claimed, now: Millis) -> Result<Page, Trouble> {
    let (site, since) = (&claimed.address, claimed.last_order);
    let total = match claimed.total {
        Some(total) => total,
        None => {
            let address = format!("{site}/admin/api/{VERSION}/orders/count.json?status=any");
            parse::<Counted>(&asker.ask(&address, now, with_token(&claimed.key)).await?)?.count
        }
    };
    let address = format!("{site}/admin/api/{VERSION}/orders.json?status=any&limit={PER_PAGE}&since_id={since}");
    let answer = asker.ask(&address, now, with_token(&claimed.key)).await?;
    let orders = parse::<Orders>(&answer)?.orders;
    let more = orders.len() >= PER_PAGE;
    // The next page would be this one, for ever.
    if more && !orders.iter().filter_map(|order| number_of(order)).any(|number| number > since) {
        return Err(Trouble::Never(BackfillWhy::NoOrders));
    }
    let rest_ms = if is_nearly_full(&answer.headers) { REST_MS } else { 0 };
    Ok(Page { orders, total: Some(total), next: more.then_some(claimed.page), rest_ms })
}

fn with_token(token: &str) -> impl FnOnce(RequestBuilder) -> RequestBuilder {
    let value = HeaderValue::from_str(token).map(|mut value| {
        value.set_sensitive(true);
        value
    });
    move |request| match value {
        Ok(value) => request.header("x-shopify-access-token", value),
        // Such a token was never taken in.
        Err(_) => request,
    }
}

fn parse<T: DeserializeOwned>(answer: &Answer) -> Result<T, Trouble> {
    serde_json::from_slice(&answer.body).map_err(|_| Trouble::Never(BackfillWhy::NoOrders))
}

/// "39/40": how many requests the shop remembers, of how many it bears.
fn is_nearly_full(headers: &HeaderMap) -> bool {
    let limit = headers.get("x-shopify-shop-api-call-limit").and_then(|value| value.to_str().ok());
    let parts = limit.and_then(|limit| limit.split_once('/'));
    let numbers =
        parts.and_then(|(used, most)| Some((used.trim().parse::<i64>().ok()?, most.trim().parse::<i64>().ok()?)));
    numbers.is_some_and(|(used, most)| used * 10 >= most * 9)
}
