//! What Shopify sends, as our [`IncomingOrder`]. Liberal in what it takes; what it can't take, it names.

use domain::customers::normal_email;
use domain::deals::{COMMENT_CHARS_MAX, NAME_CHARS_MAX, Source};
use domain::ids::Millis;
use domain::intake::Why;
use domain::money::{Currency, MINOR_MAX};
use domain::orders::{IncomingCustomer, IncomingOrder, Line, ShopStatus};
use phones::normal_phone;

use super::wire::{Address, Item, Order};
use crate::shops::Refusal;
use crate::shops::fields::{Goods, currency, first_text, line, money, objects, person, quantity, time, total};
use crate::shops::loose::{Object, Scalar, one_line, paragraphs};
use crate::shops::source;

const ID_CHARS_MAX: usize = 64;
/// What a product without variants calls its only one.
const NO_VARIANT: &str = "Default Title";
/// Merchants name their own ways of payment: these are in the names of those where the money comes with the parcel.
const ON_DELIVERY: [&str; 9] = [
    "cash on delivery",
    "cash_on_delivery",
    "(cod)",
    "накладен",
    "накладним",
    "післяплат",
    "при отриманні",
    "при получении",
    "наложен",
];

/// `now` stands in for the dates of an order that has none.
pub fn read(sent: &Order, now: Millis) -> Result<IncomingOrder, Refusal> {
    let order = contents(sent, external_id(sent)?, now)?;
    Ok(IncomingOrder { cart: cart_id(&sent.checkout_token, &sent.checkout_id).ok(), ..order })
}

/// None where it became an order, which comes by itself.
pub fn read_checkout(sent: &Order, now: Millis) -> Result<Option<IncomingOrder>, Refusal> {
    if sent.completed_at.text().is_some() {
        return Ok(None);
    }
    let cart = contents(sent, cart_id(&sent.token, &sent.id)?, now)?;
    Ok(Some(IncomingOrder { status: ShopStatus::Draft, ..cart }))
}

/// An identifier is all that a deletion brings. Digits alone, so that none is ever a cart's.
pub fn external_id(sent: &Order) -> Result<String, Refusal> {
    // "gid://shopify/Order/820982911946154508" is the same number in the newer interface's writing.
    let id = sent.id.text().and_then(|id| id.rsplit('/').next()).unwrap_or_default();
    let fits = (1..=ID_CHARS_MAX).contains(&id.len()) && id != "0" && id.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(id.to_owned()) } else { Err(Refusal::at("id", Why::NotAnOrderNumber { got: sent.id.got() })) }
}

/// A cart's own name among the orders. By its token first, because an order repeats that of its checkout.
fn cart_id(token: &Scalar, id: &Scalar) -> Result<String, Refusal> {
    let word = token.text().or_else(|| id.text()).unwrap_or_default();
    if word.is_empty() || word.chars().count() > ID_CHARS_MAX || word.contains(char::is_control) {
        return Err(Refusal::at("token", Why::NotACartToken { got: token.got() }));
    }
    Ok(format!("checkout-{word}"))
}

fn contents(sent: &Order, external_id: String, now: Millis) -> Result<IncomingOrder, Refusal> {
    let number = number(sent).unwrap_or_else(|| external_id.clone());
    let currency = currency(&sent.currency)?;
    let placed = time(&sent.created_at);
    let changed_at = time(&sent.updated_at).or(placed).unwrap_or(now);
    Ok(IncomingOrder {
        cart: None,
        shop_status: shop_status(sent),
        status: status(sent),
        total: total("total_price", &sent.total_price, currency)?
            .ok_or_else(|| Refusal::at("total_price", Why::Missing))?,
        shipping_total: shipping_total(sent, currency)?,
        discount_total: total("total_discounts", &sent.total_discounts, currency)?.unwrap_or(0),
        payment_method: one_line(&gateways(sent).join(", "), NAME_CHARS_MAX),
        paid: matches!(word(&sent.financial_status).as_str(), "paid" | "partially_refunded"),
        placed_at: placed.unwrap_or(changed_at),
        changed_at,
        customer: customer(sent),
        note: paragraphs(sent.note.text().unwrap_or_default(), COMMENT_CHARS_MAX),
        lines: lines(sent, currency)?,
        source: origin(sent),
        external_id,
        number,
        currency,
    })
}

/// "#1001" is how the shop shows it; the sign is no part of what people say.
fn number(sent: &Order) -> Option<String> {
    let texts = [&sent.name, &sent.order_number].into_iter().filter_map(Scalar::text);
    texts.map(|text| one_line(text.trim_start_matches('#'), ID_CHARS_MAX)).find(|text| !text.is_empty())
}

fn word(sent: &Scalar) -> String {
    sent.text().unwrap_or_default().to_ascii_lowercase()
}

/// "paid / unfulfilled". An order that was called off keeps its payment's word, and says so first.
fn shop_status(sent: &Order) -> String {
    let cancelled = sent.cancelled_at.text().map(|_| "cancelled");
    let financial = sent.financial_status.text();
    // Shopify writes nothing where nothing was sent off yet.
    let fulfillment = sent.fulfillment_status.text().or(financial.map(|_| "unfulfilled"));
    let words: Vec<&str> = [cancelled, financial, fulfillment].into_iter().flatten().collect();
    one_line(&words.join(" / "), ID_CHARS_MAX)
}

fn status(sent: &Order) -> ShopStatus {
    if sent.cancelled_at.text().is_some() {
        return ShopStatus::Cancelled;
    }
    match (word(&sent.financial_status).as_str(), word(&sent.fulfillment_status).as_str()) {
        ("refunded", _) => ShopStatus::Returned,
        ("voided", _) => ShopStatus::Failed,
        ("paid" | "partially_refunded", "fulfilled") => ShopStatus::Completed,
        // A part paid beforehand is a promise to take the parcel: the rest comes with it.
        ("paid" | "partially_refunded" | "partially_paid", _) => ShopStatus::Processing,
        ("pending" | "authorized" | "unpaid" | "expired", _) if is_on_delivery(sent) => ShopStatus::Processing,
        ("pending" | "authorized" | "unpaid" | "expired", _) => ShopStatus::AwaitingPayment,
        _ => ShopStatus::Unknown,
    }
}

fn is_on_delivery(sent: &Order) -> bool {
    let on_delivery = |name: &str| {
        let name = name.to_lowercase();
        name == "cod" || ON_DELIVERY.iter().any(|part| name.contains(part))
    };
    gateways(sent).into_iter().any(on_delivery)
}

/// The newer list, else the older word.
fn gateways(sent: &Order) -> Vec<&str> {
    let items = sent.payment_gateway_names.items().iter();
    let names = items.filter_map(|item| match item {
        Object::Wrong(name) => name.text(),
        Object::Present(_) | Object::Absent => None,
    });
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    if names.is_empty() { sent.gateway.text().into_iter().collect() } else { names }
}

fn shipping_total(sent: &Order, currency: Currency) -> Result<i64, Refusal> {
    let set = sent.total_shipping_price_set.get().and_then(|set| set.shop_money.get());
    if let Some(price) = set
        && let Some(minor) = total("total_shipping_price_set.shop_money.amount", &price.amount, currency)?
    {
        return Ok(minor);
    }
    let mut sum: i64 = 0;
    for (path, shipping) in objects("shipping_lines", &sent.shipping_lines)? {
        sum += total(&format!("{path}.price"), &shipping.price, currency)?.unwrap_or(0);
    }
    if sum > MINOR_MAX { Err(Refusal::at("shipping_lines", Why::SumTooLarge)) } else { Ok(sum) }
}

/// The name may stay empty: what a nameless customer is called is for the store to say, in its language.
fn customer(sent: &Order) -> IncomingCustomer {
    let account = sent.customer.get();
    let usual = account.and_then(|account| account.default_address.get());
    let addresses = [sent.shipping_address.get(), sent.billing_address.get(), usual];
    let present = || addresses.iter().copied().flatten();
    let own = account.map(|account| person(&account.first_name, &account.last_name));
    let name = present().map(addressee).chain(own).find(|name| !name.is_empty());
    let company = || present().map(|address| first_text(&[&address.company])).find(|name| !name.is_empty());
    let country = present().find_map(|address| address.country_code.text());
    let delivered_to = sent.shipping_address.get().map(|address| &address.phone);
    let phones = [Some(&sent.phone), delivered_to, account.map(|account| &account.phone)];
    let phones = phones.into_iter().flatten().chain(present().map(|address| &address.phone));
    let emails = [Some(&sent.email), Some(&sent.contact_email), account.map(|account| &account.email)];
    IncomingCustomer {
        name: name.or_else(company).unwrap_or_default(),
        phone: phones.filter_map(Scalar::text).find_map(|phone| normal_phone(phone, country)),
        email: emails.into_iter().flatten().filter_map(Scalar::text).find_map(normal_email),
    }
}

fn addressee(address: &Address) -> String {
    let name = first_text(&[&address.name]);
    if name.is_empty() { person(&address.first_name, &address.last_name) } else { name }
}

/// Lines past the limit were skipped while parsing; the totals are the shop's own and count them.
fn lines(sent: &Order, currency: Currency) -> Result<Vec<Line>, Refusal> {
    let mut lines = Vec::new();
    for (path, item) in objects("line_items", &sent.line_items)? {
        lines.extend(line(&path, goods(&path, item, currency)?)?);
    }
    Ok(lines)
}

/// The price is that before discounts, which Shopify gives to the order as a whole.
fn goods(path: &str, item: &Item, currency: Currency) -> Result<Goods, Refusal> {
    Ok(Goods {
        name: line_name(path, item),
        sku: one_line(item.sku.text().unwrap_or_default(), NAME_CHARS_MAX),
        quantity: quantity(&format!("{path}.quantity"), &item.quantity)?,
        price: money(&format!("{path}.price"), &item.price, currency)?,
        total: None,
    })
}

/// Never empty: a line without a name can't be edited later.
fn line_name(path: &str, item: &Item) -> String {
    let variant = item.variant_title.text().filter(|variant| *variant != NO_VARIANT);
    match (item.title.text(), variant) {
        (Some(title), Some(variant)) => return one_line(&format!("{title} - {variant}"), NAME_CHARS_MAX),
        (Some(title), None) => return one_line(title, NAME_CHARS_MAX),
        (None, _) => {}
    }
    match (first_text(&[&item.name, &item.variant_title, &item.sku]), item.product_id.text()) {
        (name, _) if !name.is_empty() => name,
        (_, Some(id)) => one_line(&format!("#{id}"), NAME_CHARS_MAX),
        (_, None) => path.to_owned(),
    }
}

/// The tags of the link that brought them in, else the page that sent them.
fn origin(sent: &Order) -> Source {
    if matches!(sent.source_name.text(), Some("pos" | "shopify_draft_order")) {
        // The shop's own people typed it in.
        return Source::Other;
    }
    let link = sent.landing_site.text().and_then(source::link);
    link.or_else(|| sent.referring_site.text().and_then(source::referrer)).unwrap_or(Source::Site)
}
