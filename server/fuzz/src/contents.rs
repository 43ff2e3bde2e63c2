//! A deal's contents, as the store takes them.

use domain::customers::normal_email;
use domain::deals::{
    COMMENT_CHARS_MAX, DealContents, DealForm, Fault, Faults, Field, LINES_MAX, LineForm, NAME_CHARS_MAX,
};
use domain::i18n::Lang;
use domain::money::{Currency, MINOR_MAX, editable};
use domain::orders::Line;

use crate::is_line;
use crate::order::line_holds;

/// Valid, and valid again when it is shown in a form and saved as it is.
pub fn hold(parsed: Result<DealContents, Faults>, currency: Currency) {
    let contents = match parsed {
        Ok(contents) => contents,
        Err(faults) => return faults_hold(&faults),
    };
    assert!(!contents.customer_name.is_empty() && is_line(&contents.customer_name, NAME_CHARS_MAX), "{contents:?}");
    assert_eq!(contents.email.as_deref().and_then(normal_email), contents.email);
    assert!(contents.comment.chars().count() <= COMMENT_CHARS_MAX && !contents.comment.contains('\0'), "{contents:?}");
    assert!((0..=MINOR_MAX).contains(&contents.sum), "{contents:?}");
    assert!(contents.lines.len() <= LINES_MAX);
    contents.lines.iter().for_each(line_holds);
    for lang in Lang::ALL {
        assert_eq!(shown(&contents, currency, lang).parse(currency).as_ref(), Ok(&contents), "{lang:?}");
    }
}

/// Somebody can be shown where each of them is.
fn faults_hold(faults: &[(Field, Fault)]) {
    assert!(!faults.is_empty(), "refused for nothing");
    for (field, _) in faults {
        if let Field::LineName(line) | Field::LineQuantity(line) | Field::LinePrice(line) = field {
            assert!(*line < LINES_MAX, "{faults:?}");
        }
    }
}

fn shown(contents: &DealContents, currency: Currency, lang: Lang) -> DealForm {
    let line = |line: &Line| LineForm {
        name: line.name.clone(),
        sku: line.sku.clone(),
        quantity: line.quantity.to_string(),
        price: editable(line.price, currency, lang),
    };
    DealForm {
        customer_name: contents.customer_name.clone(),
        phone: contents.phone.clone(),
        email: contents.email.clone().unwrap_or_default(),
        source: contents.source.key().to_owned(),
        responsible: contents.responsible,
        comment: contents.comment.clone(),
        lines: contents.lines.iter().map(line).collect(),
        sum: editable(contents.sum, currency, lang),
    }
}
