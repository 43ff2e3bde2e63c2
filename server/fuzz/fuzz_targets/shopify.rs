#![no_main]

use domain::backfill::ShopKind;
use fuzz::delivery;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| delivery::read(ShopKind::Shopify, data));
