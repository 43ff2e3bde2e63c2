#![no_main]

//! Bodies of the API and of the deal's form.

use std::fmt::Debug;

use domain::customers::{Customer, CustomerPatch};
use domain::deals::DealForm;
use domain::deals::patch::DealPatch;
use domain::ids::CustomerId;
use domain::money::Currency;
use fuzz::{NOW, contents, survives_json};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;

fuzz_target!(|data: &[u8]| {
    if let Some(patch) = sent::<DealPatch>(data) {
        contents::hold(patch.alone(), Currency::NONE);
    }
    if let Some(patch) = sent::<CustomerPatch>(data) {
        let known =
            Customer { id: CustomerId(1), name: "Олена".into(), phone: None, email: None, created_at: NOW };
        contents::hold(patch.upon(&known), Currency::NONE);
    }
    if let Some(form) = sent::<DealForm>(data) {
        for currency in ["UAH", "JPY", "KWD"].into_iter().filter_map(Currency::parse) {
            contents::hold(form.parse(currency), currency);
        }
    }
});

fn sent<T: Serialize + DeserializeOwned + PartialEq + Debug>(data: &[u8]) -> Option<T> {
    let value = serde_json::from_slice(data).ok()?;
    survives_json(&value);
    Some(value)
}
