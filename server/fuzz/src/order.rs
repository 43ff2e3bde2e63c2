//! An order that a door lets in, whoever sent it.

use domain::customers::normal_email;
use domain::deals::{COMMENT_CHARS_MAX, LINES_MAX, NAME_CHARS_MAX, QUANTITY_MAX};
use domain::money::MINOR_MAX;
use domain::orders::{IncomingOrder, Line};
use phones::normal_phone;

use crate::{is_line, survives_json};

/// A shop's own sixty-four, and what a reader puts around them.
const ID_CHARS_MAX: usize = 100;

pub fn holds(order: &IncomingOrder) {
    for minor in [order.total, order.shipping_total, order.discount_total] {
        assert!((0..=MINOR_MAX).contains(&minor), "{order:?}");
    }
    assert!(is_id(&order.external_id) && is_id(&order.number), "{order:?}");
    assert!(order.cart.as_deref().is_none_or(is_id), "{order:?}");
    assert!(is_line(&order.shop_status, ID_CHARS_MAX), "{order:?}");
    assert!(is_line(&order.payment_method, NAME_CHARS_MAX), "{order:?}");
    assert!(order.placed_at > 0 && order.changed_at > 0, "{order:?}");
    assert!(is_note(&order.note), "{order:?}");
    assert!(order.lines.len() <= LINES_MAX, "{} lines", order.lines.len());
    order.lines.iter().for_each(line_holds);
    let customer = &order.customer;
    assert!(is_line(&customer.name, NAME_CHARS_MAX), "{customer:?}");
    // One customer is found again however often they come: what is normal stays as it is.
    assert_eq!(customer.phone.as_deref().and_then(|phone| normal_phone(phone, None)), customer.phone);
    assert_eq!(customer.email.as_deref().and_then(normal_email), customer.email);
    survives_json(order);
}

/// It could be typed into a deal's form.
pub fn line_holds(line: &Line) {
    assert!(!line.name.is_empty() && is_line(&line.name, NAME_CHARS_MAX), "{line:?}");
    assert!(is_line(&line.sku, NAME_CHARS_MAX), "{line:?}");
    assert!((1..=QUANTITY_MAX).contains(&line.quantity) && line.price >= 0, "{line:?}");
    assert!(line.total().is_some_and(|total| total <= MINOR_MAX), "{line:?}");
}

pub fn is_id(text: &str) -> bool {
    !text.is_empty() && is_line(text, ID_CHARS_MAX)
}

fn is_note(text: &str) -> bool {
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    text.chars().count() <= COMMENT_CHARS_MAX && !text.contains(odd)
}
