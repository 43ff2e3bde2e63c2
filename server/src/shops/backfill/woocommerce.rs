//! WooCommerce's REST v3: numbered pages by the orders' numbers. Orders that were deleted meanwhile move those after them
//! up; the total tells, and the pages are gone back by as many.

use domain::backfill::BackfillWhy;
use domain::ids::Millis;
use serde_json::value::RawValue;
use store::backfills::Claimed;

use super::Page;
use super::ask::{Asker, Trouble, number};

/// The most that a shop gives.
const PER_PAGE: i64 = 100;

pub async fn page(asker: &Asker, claimed: &Claimed, now: Millis) -> Result<Page, Trouble> {
    let (site, here) = (&claimed.address, claimed.page.max(1));
    let address =
        format!("{site}/wp-json/wc/v3/orders?per_page={PER_PAGE}&page={here}&orderby=id&order=asc&status=any");
    let answer = asker.ask(&address, now, |request| request.basic_auth(&claimed.key, Some(&claimed.secret))).await?;
    let orders: Vec<Box<RawValue>> =
        serde_json::from_slice(&answer.body).map_err(|_| Trouble::Never(BackfillWhy::NoOrders))?;
    let total = number(&answer.headers, "x-wp-total");
    if let Some(earlier) = gone_back(claimed, total) {
        return Ok(Page { orders: Vec::new(), total, next: Some(earlier), rest_ms: 0 });
    }
    let more = match number(&answer.headers, "x-wp-totalpages") {
        Some(pages) => here < pages,
        None => orders.len() as i64 >= PER_PAGE,
    };
    Ok(Page { orders, total, next: more.then_some(here + 1), rest_ms: 0 })
}

/// The page that holds what stood behind the orders that have gone.
fn gone_back(claimed: &Claimed, total: Option<i64>) -> Option<i64> {
    let gone = claimed.total? - total?;
    let pages = (gone + PER_PAGE - 1) / PER_PAGE;
    (gone > 0 && claimed.page > 1).then(|| (claimed.page - pages).max(1))
}
