//! What WooCommerce sends, as our [`IncomingOrder`]. Liberal in what it takes; what it can't take, it names.

use domain::customers::normal_email;
use domain::deals::{COMMENT_CHARS_MAX, NAME_CHARS_MAX, QUANTITY_MAX};
use domain::ids::Millis;
use domain::money::{Currency, MINOR_MAX, parse_minor};
use domain::orders::{IncomingCustomer, IncomingOrder, Line, OrderStatus};

use super::source;
use super::wire::{Address, Item, Order};
use crate::shops::Refusal;
use crate::shops::loose::{List, Object, Scalar, one_line, paragraphs};
use store::customers::normal_phone;

const ID_CHARS_MAX: usize = 64;

/// `now` stands in for the dates of an order that has none.
pub fn read(sent: &Order, now: Millis) -> Result<IncomingOrder, Refusal> {
    let external_id = external_id(sent)?;
    let number = one_line(sent.number.text().unwrap_or_default(), ID_CHARS_MAX);
    let currency = currency(&sent.currency)?;
    let shop_status = shop_status(&sent.status);
    let status = status(&shop_status);
    let placed = time(&sent.date_created_gmt).or_else(|| time(&sent.date_created));
    let changed = time(&sent.date_modified_gmt).or_else(|| time(&sent.date_modified));
    let changed_at = changed.or(placed).unwrap_or(now);
    Ok(IncomingOrder {
        number: Some(number).filter(|number| !number.is_empty()).unwrap_or_else(|| external_id.clone()),
        total: total("total", &sent.total, currency)?.ok_or_else(|| Refusal::at("total", "missing"))?,
        shipping_total: total("shipping_total", &sent.shipping_total, currency)?.unwrap_or(0),
        discount_total: total("discount_total", &sent.discount_total, currency)?.unwrap_or(0),
        payment_method: first_text(&[&sent.payment_method_title, &sent.payment_method]),
        paid: is_paid(sent, status),
        placed_at: placed.unwrap_or(changed_at),
        changed_at,
        customer: customer(sent),
        note: paragraphs(sent.customer_note.text().unwrap_or_default(), COMMENT_CHARS_MAX),
        lines: lines(sent, currency)?,
        source: source::read(sent),
        external_id,
        shop_status,
        status,
        currency,
    })
}

/// An identifier is all that a deletion brings.
pub fn external_id(sent: &Order) -> Result<String, Refusal> {
    match sent.id.text() {
        Some(id) if id != "0" && id.chars().count() <= ID_CHARS_MAX && !id.contains(char::is_control) => {
            Ok(id.to_owned())
        }
        Some(_) => Err(Refusal::at("id", format!("expected an order's number, got {}", sent.id.shown()))),
        None => match (sent.code.text(), sent.message.text()) {
            (Some(code), message) => Err(Refusal::NotUnderstood(format!(
                "the shop sent an error in the order's place ({}: {}); the hook's owner must be allowed to read orders",
                one_line(code, ID_CHARS_MAX),
                one_line(message.unwrap_or_default(), NAME_CHARS_MAX),
            ))),
            (None, _) => Err(Refusal::at("id", format!("expected an order's number, got {}", sent.id.shown()))),
        },
    }
}

/// Guessing a currency would be guessing the amount.
fn currency(sent: &Scalar) -> Result<Currency, Refusal> {
    let code = sent.text().unwrap_or_default().to_ascii_uppercase();
    Currency::parse(&code)
        .ok_or_else(|| Refusal::at("currency", format!("expected an ISO 4217 code, got {}", sent.shown())))
}

/// Without "wc-", which is how the database writes it and the REST interface does not.
fn shop_status(sent: &Scalar) -> String {
    let word = one_line(sent.text().unwrap_or_default(), ID_CHARS_MAX);
    word.strip_prefix("wc-").map(str::to_owned).unwrap_or(word)
}

fn status(word: &str) -> OrderStatus {
    match word.to_ascii_lowercase().as_str() {
        "pending" => OrderStatus::AwaitingPayment,
        "on-hold" => OrderStatus::AwaitingConfirmation,
        "processing" => OrderStatus::Processing,
        "completed" => OrderStatus::Completed,
        // In the bin is called off, until it is restored.
        "cancelled" | "trash" => OrderStatus::Cancelled,
        "refunded" => OrderStatus::Returned,
        "failed" => OrderStatus::Failed,
        "checkout-draft" | "auto-draft" | "draft" => OrderStatus::Draft,
        // Plugins add their own; the word itself is kept beside this.
        _ => OrderStatus::Unknown,
    }
}

/// WooCommerce moves an order to processing when its payment has come, or needs none before the parcel.
fn is_paid(sent: &Order, status: OrderStatus) -> bool {
    let dated = sent.date_paid.text().is_some() || sent.date_paid_gmt.text().is_some();
    let on_delivery = sent.payment_method.text() == Some("cod");
    dated || status == OrderStatus::Completed || (status == OrderStatus::Processing && !on_delivery)
}

/// "2026-11-23T10:00:00". Without a zone it is taken for UTC, which the `_gmt` fields are; the others are in the
/// shop's zone, which the order does not tell, and are read only where there is nothing better.
fn time(sent: &Scalar) -> Option<Millis> {
    let text = sent.text()?;
    let zoned = text.parse::<jiff::Timestamp>().ok();
    let civil = || text.parse::<jiff::civil::DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    let millis = zoned.or_else(|| civil().map(|time| time.timestamp()))?.as_millisecond();
    // PHP's "no date" is the year nought.
    (millis > 0).then_some(millis)
}

/// None where it is missing or blank.
fn total(path: &str, sent: &Scalar, currency: Currency) -> Result<Option<i64>, Refusal> {
    match money(path, sent, currency)? {
        Some(minor) if minor < 0 => Err(Refusal::at(path, format!("{} is below zero", sent.shown()))),
        minor => Ok(minor),
    }
}

fn money(path: &str, sent: &Scalar, currency: Currency) -> Result<Option<i64>, Refusal> {
    let wrong = || Refusal::at(path, format!("expected an amount in {currency}, got {}", sent.shown()));
    match sent.text() {
        Some(text) => parse_minor(text, currency).map(Some).ok_or_else(wrong),
        None if sent.is_odd() => Err(wrong()),
        None => Ok(None),
    }
}

/// The name may stay empty: what a nameless customer is called is for the store to say, in its language.
fn customer(sent: &Order) -> IncomingCustomer {
    let addresses = [sent.billing.get(), sent.shipping.get()];
    let present = || addresses.iter().flatten();
    let name = present().map(|address| person(address)).find(|name| !name.is_empty());
    let company = || present().map(|address| first_text(&[&address.company])).find(|name| !name.is_empty());
    // The billing country goes with both: customers who leave the shipping country blank still have a telephone.
    let country = present().find_map(|address| address.country.text());
    IncomingCustomer {
        name: name.or_else(company).unwrap_or_default(),
        phone: present().find_map(|address| normal_phone(address.phone.text()?, country)),
        email: present().find_map(|address| normal_email(address.email.text()?)),
    }
}

fn person(address: &Address) -> String {
    let words: Vec<&str> = [&address.first_name, &address.last_name].into_iter().filter_map(Scalar::text).collect();
    one_line(&words.join(" "), NAME_CHARS_MAX)
}

fn first_text(candidates: &[&Scalar]) -> String {
    let mut lines =
        candidates.iter().filter_map(|candidate| candidate.text()).map(|text| one_line(text, NAME_CHARS_MAX));
    lines.find(|line| !line.is_empty()).unwrap_or_default()
}

/// Lines past the limit were skipped while parsing; the totals are the shop's own and count them.
fn lines(sent: &Order, currency: Currency) -> Result<Vec<Line>, Refusal> {
    if let List::Wrong(value) = &sent.line_items {
        return Err(Refusal::at("line_items", format!("expected a list, got {}", value.shown())));
    }
    let mut lines = Vec::new();
    for (index, item) in sent.line_items.items().iter().enumerate() {
        let path = format!("line_items[{index}]");
        match item {
            Object::Present(item) => lines.extend(line(&path, item, currency)?),
            Object::Absent => {}
            Object::Wrong(value) => {
                return Err(Refusal::at(path, format!("expected an object, got {}", value.shown())));
            }
        }
    }
    Ok(lines)
}

/// None for what is no goods owed: nothing of something, or a discount that a plugin wrote as a line below zero.
///
/// The price is WooCommerce's `price`, for one after discounts, rounded to minor units: 3 for 100 are 33.33 each,
/// and the lines then add up to a kopiyka less than the order. `subtotal` would add up no better and ignore the
/// discount; what is owed is the order's `total`, taken as sent.
fn line(path: &str, item: &Item, currency: Currency) -> Result<Option<Line>, Refusal> {
    let sent_price = money(&format!("{path}.price"), &item.price, currency)?;
    let sent_total = match money(&format!("{path}.total"), &item.total, currency)? {
        Some(minor) => Some(minor),
        None => money(&format!("{path}.subtotal"), &item.subtotal, currency)?,
    };
    let mut name = line_name(path, item);
    let (quantity, price) = match quantity(&format!("{path}.quantity"), &item.quantity)? {
        Quantity::Whole(0) => return Ok(None),
        Quantity::Whole(count) => (count, sent_price.or_else(|| Some(divide(sent_total?, count))).unwrap_or(0)),
        // Half a kilogram is one line of goods at the price of the half, and says so in its name.
        Quantity::Part(part) => {
            let whole_line = sent_total.or_else(|| Some((sent_price? as f64 * part).round() as i64));
            let suffix = format!(" × {}", (part * 1_000.0).round() / 1_000.0);
            name = one_line(&name, NAME_CHARS_MAX.saturating_sub(suffix.chars().count())) + &suffix;
            (1, whole_line.unwrap_or(0))
        }
    };
    if price < 0 {
        return Ok(None);
    }
    let sku = one_line(item.sku.text().unwrap_or_default(), NAME_CHARS_MAX);
    let line = Line { name, sku, quantity, price };
    match line.total() {
        Some(total) if total <= MINOR_MAX => Ok(Some(line)),
        _ => Err(Refusal::at(path, "its price times its quantity is too large")),
    }
}

/// Never empty: a line without a name can't be edited later.
fn line_name(path: &str, item: &Item) -> String {
    match (first_text(&[&item.name, &item.sku]), item.product_id.text()) {
        (name, _) if !name.is_empty() => name,
        (_, Some(id)) => one_line(&format!("#{id}"), NAME_CHARS_MAX),
        (_, None) => path.to_owned(),
    }
}

enum Quantity {
    Whole(i64),
    Part(f64),
}

/// One where it is missing.
fn quantity(path: &str, sent: &Scalar) -> Result<Quantity, Refusal> {
    let wrong = || Refusal::at(path, format!("expected a number from 0 to {QUANTITY_MAX}, got {}", sent.shown()));
    let Some(text) = sent.text() else {
        return if sent.is_odd() { Err(wrong()) } else { Ok(Quantity::Whole(1)) };
    };
    let number: f64 = text.parse().map_err(|_| wrong())?;
    if !(0.0..=QUANTITY_MAX as f64).contains(&number) {
        return Err(wrong());
    }
    Ok(if number.fract() == 0.0 { Quantity::Whole(number as i64) } else { Quantity::Part(number) })
}

/// To the nearest minor unit, half away from zero.
fn divide(total: i64, count: i64) -> i64 {
    let (quotient, rest) = (total / count, total % count);
    if rest.abs() * 2 >= count { quotient + total.signum() } else { quotient }
}
