#![no_main]

//! A landing page's form; one that was kept says the same as it did.

use domain::money::Currency;
use formats::shops::form::Form;
use formats::shops::lpcrm::{kept, key, read};
use fuzz::delivery::refusal_holds;
use fuzz::{NOW, order};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let form = match Form::parse(data) {
        Ok(form) => form,
        Err(refusal) => return refusal_holds(&refusal),
    };
    let text = kept(&form);
    let again = Form::parse(text.as_bytes()).expect("what is kept is a form");
    assert_eq!(kept(&again), text);
    assert_eq!(key(&again), None, "the secret is kept");
    let said = read(&form, Currency::UAH, NOW);
    assert_eq!(read(&again, Currency::UAH, NOW), said);
    match said {
        Ok(order) => order::holds(&order),
        Err(refusal) => refusal_holds(&refusal),
    }
});
