//! What WooCommerce sends, as our [`IncomingOrder`]. Liberal in what it takes; what it can't take, it names.

use domain::customers::normal_email;
use domain::deals::{COMMENT_CHARS_MAX, NAME_CHARS_MAX};
use domain::ids::Millis;
use domain::intake::Why;
use domain::money::Currency;
use domain::orders::{IncomingCustomer, IncomingOrder, Line, ShopStatus};
use phones::normal_phone;

use super::source;
use super::wire::{Item, Order};
use crate::shops::Refusal;
use crate::shops::fields::{Goods, currency, first_text, line, money, objects, person, quantity, time, total};
use crate::shops::loose::{Scalar, one_line, paragraphs};

const ID_CHARS_MAX: usize = 64;

/// `now` stands in for the dates of an order that has none.
pub fn read(sent: &Order, now: Millis) -> Result<IncomingOrder, Refusal> {
    let external_id = external_id(sent)?;
    let number = one_line(sent.number.text().unwrap_or_default(), ID_CHARS_MAX);
    let currency = currency(&sent.currency)?;
    let shop_status = shop_status(&sent.status);
    let status = status(&shop_status);
    // The dates without `_gmt` are in the shop's zone, which the order does not tell: read only for want of better.
    let placed = time(&sent.date_created_gmt).or_else(|| time(&sent.date_created));
    let changed = time(&sent.date_modified_gmt).or_else(|| time(&sent.date_modified));
    let changed_at = changed.or(placed).unwrap_or(now);
    Ok(IncomingOrder {
        // A cart has the number of the order that it becomes.
        cart: None,
        number: Some(number).filter(|number| !number.is_empty()).unwrap_or_else(|| external_id.clone()),
        total: total("total", &sent.total, currency)?.ok_or_else(|| Refusal::at("total", Why::Missing))?,
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
        Some(_) => Err(Refusal::at("id", Why::NotAnOrderNumber { got: sent.id.got() })),
        None => match (sent.code.text(), sent.message.text()) {
            (Some(code), message) => Err(Refusal::whole(Why::ShopError {
                code: one_line(code, ID_CHARS_MAX),
                message: one_line(message.unwrap_or_default(), NAME_CHARS_MAX),
            })),
            (None, _) => Err(Refusal::at("id", Why::NotAnOrderNumber { got: sent.id.got() })),
        },
    }
}

/// Without "wc-", which is how the database writes it and the REST interface does not.
fn shop_status(sent: &Scalar) -> String {
    let word = one_line(sent.text().unwrap_or_default(), ID_CHARS_MAX);
    word.strip_prefix("wc-").map(str::to_owned).unwrap_or(word)
}

fn status(word: &str) -> ShopStatus {
    match word.to_ascii_lowercase().as_str() {
        "pending" => ShopStatus::AwaitingPayment,
        "on-hold" => ShopStatus::AwaitingConfirmation,
        "processing" => ShopStatus::Processing,
        "completed" => ShopStatus::Completed,
        // In the bin is called off, until it is restored.
        "cancelled" | "trash" => ShopStatus::Cancelled,
        "refunded" => ShopStatus::Returned,
        "failed" => ShopStatus::Failed,
        "checkout-draft" | "auto-draft" | "draft" => ShopStatus::Draft,
        // Plugins add their own; the word itself is kept beside this.
        _ => ShopStatus::Unknown,
    }
}

/// WooCommerce moves an order to processing when its payment has come, or needs none before the parcel.
fn is_paid(sent: &Order, status: ShopStatus) -> bool {
    let dated = sent.date_paid.text().is_some() || sent.date_paid_gmt.text().is_some();
    let on_delivery = sent.payment_method.text() == Some("cod");
    dated || status == ShopStatus::Completed || (status == ShopStatus::Processing && !on_delivery)
}

/// The name may stay empty: what a nameless customer is called is for the store to say, in its language.
fn customer(sent: &Order) -> IncomingCustomer {
    let addresses = [sent.billing.get(), sent.shipping.get()];
    let present = || addresses.iter().flatten();
    let name = present().map(|address| person(&address.first_name, &address.last_name)).find(|name| !name.is_empty());
    let company = || present().map(|address| first_text(&[&address.company])).find(|name| !name.is_empty());
    // The billing country goes with both: customers who leave the shipping country blank still have a telephone.
    let country = present().find_map(|address| address.country.text());
    IncomingCustomer {
        name: name.or_else(company).unwrap_or_default(),
        phone: present().find_map(|address| normal_phone(address.phone.text()?, country)),
        email: present().find_map(|address| normal_email(address.email.text()?)),
    }
}

/// Lines past the limit were skipped while parsing; the totals are the shop's own and count them.
fn lines(sent: &Order, currency: Currency) -> Result<Vec<Line>, Refusal> {
    let mut lines = Vec::new();
    for (path, item) in objects("line_items", &sent.line_items)? {
        lines.extend(line(&path, goods(&path, item, currency)?)?);
    }
    Ok(lines)
}

/// The price is WooCommerce's `price`, for one after discounts, rounded to minor units: 3 for 100 are 33.33 each,
/// and the lines then add up to a kopiyka less than the order. `subtotal` would add up no better and ignore the
/// discount; what is owed is the order's `total`, taken as sent.
fn goods(path: &str, item: &Item, currency: Currency) -> Result<Goods, Refusal> {
    let price = money(&format!("{path}.price"), &item.price, currency)?;
    let total = match money(&format!("{path}.total"), &item.total, currency)? {
        Some(minor) => Some(minor),
        None => money(&format!("{path}.subtotal"), &item.subtotal, currency)?,
    };
    Ok(Goods {
        name: line_name(path, item),
        sku: one_line(item.sku.text().unwrap_or_default(), NAME_CHARS_MAX),
        quantity: quantity(&format!("{path}.quantity"), &item.quantity)?,
        price,
        total,
    })
}

/// Never empty: a line without a name can't be edited later.
fn line_name(path: &str, item: &Item) -> String {
    match (first_text(&[&item.name, &item.sku]), item.product_id.text()) {
        (name, _) if !name.is_empty() => name,
        (_, Some(id)) => one_line(&format!("#{id}"), NAME_CHARS_MAX),
        (_, None) => path.to_owned(),
    }
}
