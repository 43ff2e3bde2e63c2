//! The intake that hundreds of Ukrainian landing pages post to: LP-CRM's form, in its own spelling. A page moves over by
//! changing the host and the key. Nothing is signed: the key is the secret. The goods are in PHP's format (`php`).

pub mod php;

use domain::customers::normal_email;
use domain::deals::{COMMENT_CHARS_MAX, LINES_MAX, NAME_CHARS_MAX, Source};
use domain::ids::{Millis, OrderId};
use domain::intake::Why;
use domain::money::{Currency, MINOR_MAX};
use domain::orders::{IncomingCustomer, IncomingOrder, Line, ShopStatus};
use phones::normal_phone;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::fields::{Goods, line, money, not_json, objects, quantity};
use super::form::{Form, decoded};
use super::loose::{List, Scalar, one_line, paragraphs};
use super::{Refusal, source};

/// The word in the record of deliveries.
pub const DOOR: &str = "lpcrm";
const ID_CHARS_MAX: usize = 64;
/// How often a form's value may have been encoded before the form itself was.
const ENCODED_MAX: usize = 3;
const SUBS_MAX: usize = 50;
const DAY_MS: u64 = 24 * 60 * 60 * 1_000;
/// Neither is kept: the key is a secret, and the sender is the page's whole `$_SERVER`, new with every request.
const NOT_KEPT: [&str; 2] = ["key", "sender"];
const ADDITIONAL: [&str; 4] = ["additional_1", "additional_2", "additional_3", "additional_4"];

/// What a page is told of its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// As the page called it.
    pub order_id: String,
    /// As we call it.
    pub id: Option<OrderId>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Product {
    product_id: Scalar,
    price: Scalar,
    count: Scalar,
    subs: List<Sub, SUBS_MAX>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sub {
    sub_id: Scalar,
    count: Scalar,
}

/// Says which storefront it is for; read it first.
pub fn key(form: &Form) -> Option<String> {
    form.text("key")
}

/// The form as it is kept where it was not understood; [`Form::parse`] reads it again.
pub fn kept(form: &Form) -> String {
    form.encoded_without(&NOT_KEPT)
}

/// The form tells no currency, so it is the storefront's.
pub fn read(form: &Form, currency: Currency, now: Millis) -> Result<IncomingOrder, Refusal> {
    let external_id = external_id(form, now)?;
    let number = form.text("order_id").filter(|id| id != "0").unwrap_or_else(|| external_id.clone());
    let placed_at = moment(&number, now).unwrap_or(now);
    let customer = customer(form);
    let lines = lines(form, currency)?;
    let total = lines.iter().filter_map(Line::total).fold(0, i64::saturating_add);
    if total > MINOR_MAX {
        return Err(Refusal::at("products", Why::SumTooLarge));
    }
    Ok(IncomingOrder {
        cart: None,
        number,
        shop_status: String::new(),
        // Somebody calls back before anything is packed.
        status: ShopStatus::AwaitingConfirmation,
        shipping_total: 0,
        discount_total: 0,
        payment_method: one_line(&form.text("payment").unwrap_or_default(), NAME_CHARS_MAX),
        paid: false,
        placed_at,
        changed_at: placed_at,
        note: note(form, &customer),
        source: origin(form),
        external_id,
        currency,
        total,
        customer,
        lines,
    })
}

/// What the page gets in answer, in LP-CRM's words; some pages show `message` to the customer.
pub fn reply(done: Result<Reply, String>) -> Value {
    match done {
        Ok(Reply { order_id, id }) => {
            json!({ "status": "ok", "message": "", "data": { "order_id": order_id, "id": id } })
        }
        Err(words) => json!({ "status": "error", "message": words, "data": [] }),
    }
}

/// A form without an identifier is known again by what it says, on the same day: whoever orders the same another day
/// means it.
fn external_id(form: &Form, now: Millis) -> Result<String, Refusal> {
    match form.text("order_id").filter(|id| id != "0") {
        // Pages number by the clock, or not at all: who orders is part of what tells one order from another. And a shop's
        // own numbers are none of these.
        Some(id) if id.chars().count() <= ID_CHARS_MAX && !id.contains(char::is_control) => {
            let who = [form.text("bayer_name"), form.text("phone")].map(Option::unwrap_or_default);
            Ok(format!("lp-{id}-{}", short_hash(&who.join("\n"))))
        }
        Some(id) => Err(Refusal::at("order_id", Why::NotAnOrderNumber { got: Scalar::Text(id).got() })),
        None => Ok(format!("lp-{}", short_hash(&format!("{} {}", now / DAY_MS as Millis, kept(form))))),
    }
}

fn short_hash(text: &str) -> String {
    Sha256::digest(text).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// Pages copy their identifier's making from the vendor's sample: tenths of a second since 1970. Read as the time of
/// the order, it makes an order that was sent twice the same one to the millisecond; a page's clock may be a day off.
fn moment(order_id: &str, now: Millis) -> Option<Millis> {
    if order_id.len() != 11 {
        return None;
    }
    let millis: Millis = order_id.parse::<i64>().ok()?.checked_mul(100)?;
    (millis.abs_diff(now) <= DAY_MS).then_some(millis)
}

/// The name may stay empty: what a nameless customer is called is for the store to say, in its language.
fn customer(form: &Form) -> IncomingCustomer {
    let country = form.text("country");
    IncomingCustomer {
        name: one_line(&form.text("bayer_name").unwrap_or_default(), NAME_CHARS_MAX),
        phone: form.text("phone").and_then(|phone| normal_phone(&phone, country.as_deref())),
        email: form.text("email").and_then(|email| normal_email(&email)),
    }
}

/// What a person should read before they call, each on its line. A telephone that is none is there as it was typed,
/// for there is no shop to look it up in. The way of delivery is left out where it is a number of LP-CRM's own list.
fn note(form: &Form, customer: &IncomingCustomer) -> String {
    let delivery = form.text("delivery").or_else(|| form.text("delivery_type"));
    let told = [
        form.text("comment"),
        delivery.filter(|delivery| !delivery.bytes().all(|byte| byte.is_ascii_digit())),
        form.text("delivery_adress"),
        form.text("phone").filter(|_| customer.phone.is_none()),
        form.text("email").filter(|_| customer.email.is_none()),
    ];
    let additional = ADDITIONAL.iter().map(|name| form.text(name));
    let lines: Vec<String> = told.into_iter().chain(additional).chain([form.text("site")]).flatten().collect();
    paragraphs(&lines.join("\n"), COMMENT_CHARS_MAX)
}

fn origin(form: &Form) -> Source {
    let tag = |name: &str| form.text(name).unwrap_or_default().to_lowercase();
    source::campaign(&tag("utm_source"), &tag("utm_medium")).unwrap_or(Source::Landing)
}

/// A product with parts is a line for each part at the product's price: the vendor's rule is that its own count is
/// then ignored.
fn lines(form: &Form, currency: Currency) -> Result<Vec<Line>, Refusal> {
    let products = products(form)?;
    let no_part = Scalar::Absent;
    let mut lines = Vec::new();
    for (path, product) in objects("products", &products)? {
        let price = money(&format!("{path}.price"), &product.price, currency)?;
        let subs = objects(&format!("{path}.subs"), &product.subs)?;
        let whole = subs.is_empty().then_some((path, &no_part, &product.count));
        let parts = subs.into_iter().map(|(path, sub)| (path, &sub.sub_id, &sub.count));
        for (path, part, count) in whole.into_iter().chain(parts) {
            let name = name(&path, &product.product_id, part);
            let sku = part.text().or(product.product_id.text()).unwrap_or_default();
            let quantity = quantity(&format!("{path}.count"), count)?;
            let goods = Goods { name, sku: one_line(sku, NAME_CHARS_MAX), quantity, price, total: None };
            lines.extend(line(&path, goods)?);
        }
    }
    lines.truncate(LINES_MAX);
    Ok(lines)
}

/// The form has no names, only the numbers of LP-CRM's catalog. Never empty: a line without a name can't be edited.
fn name(path: &str, product: &Scalar, part: &Scalar) -> String {
    match (product.text(), part.text()) {
        (Some(product), Some(part)) => one_line(&format!("#{product} / {part}"), NAME_CHARS_MAX),
        (Some(one), None) | (None, Some(one)) => one_line(&format!("#{one}"), NAME_CHARS_MAX),
        (None, None) => path.to_owned(),
    }
}

/// `urlencode(serialize([…]))`, encoded once more by some pages and not at all by others; JSON is taken too.
fn products(form: &Form) -> Result<List<Product, LINES_MAX>, Refusal> {
    let mut text = form.bytes("products").unwrap_or_default().trim_ascii().to_vec();
    for _ in 0..ENCODED_MAX {
        if is_plain(&text) {
            break;
        }
        text = decoded(&text);
    }
    let value = match text.first() {
        None => return Ok(List::default()),
        Some(b'[' | b'{') => serde_json::from_slice(&text).map_err(|error| not_json(&error)),
        Some(_) => php::parse(&text).map(php::Value::json).map_err(|php::Fault { at, fault }| Why::Php { at, fault }),
    };
    let value = value.map_err(|why| Refusal::at("products", why))?;
    // Some pages leave out the list around their only product.
    let value = if value.get("product_id").is_some() { json!([value]) } else { value };
    serde_json::from_value(value).map_err(|_| Refusal::at("products", Why::Unreadable))
}

/// "a:1:{…" or the beginning of JSON; its encoded form begins otherwise.
fn is_plain(text: &[u8]) -> bool {
    matches!(text, [] | [b'[' | b'{', ..] | [_, b':', ..])
}

#[cfg(test)]
mod tests;
