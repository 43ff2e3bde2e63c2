//! The fields of the REST v3 order that we read, in WooCommerce's own words; the others are skipped.
//! `shipping_lines`, `fee_lines` and `coupon_lines` are among the skipped: they are in the totals already.

use domain::deals::LINES_MAX;
use serde::Deserialize;

use crate::shops::loose::{List, Object, Scalar};

/// Plugins keep their notes here, some of them hundreds.
const META_MAX: usize = 1_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Order {
    pub id: Scalar,
    pub number: Scalar,
    pub status: Scalar,
    pub currency: Scalar,
    pub total: Scalar,
    pub shipping_total: Scalar,
    pub discount_total: Scalar,
    pub payment_method: Scalar,
    pub payment_method_title: Scalar,
    pub date_created: Scalar,
    pub date_created_gmt: Scalar,
    pub date_modified: Scalar,
    pub date_modified_gmt: Scalar,
    pub date_paid: Scalar,
    pub date_paid_gmt: Scalar,
    pub customer_note: Scalar,
    pub billing: Object<Address>,
    pub shipping: Object<Address>,
    pub line_items: List<Item, LINES_MAX>,
    pub meta_data: List<Meta, META_MAX>,
    /// Of an error, which is sent in an order's place when the hook's owner may no longer read orders.
    pub code: Scalar,
    pub message: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    pub first_name: Scalar,
    pub last_name: Scalar,
    pub company: Scalar,
    pub country: Scalar,
    pub phone: Scalar,
    pub email: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Item {
    pub name: Scalar,
    pub product_id: Scalar,
    pub sku: Scalar,
    pub quantity: Scalar,
    pub price: Scalar,
    pub subtotal: Scalar,
    pub total: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Meta {
    pub key: Scalar,
    pub value: Scalar,
}
