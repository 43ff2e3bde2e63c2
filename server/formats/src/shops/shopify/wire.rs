//! The fields of an order and of a checkout that we read, in Shopify's own words; the others are skipped. A checkout
//! is written like an order that has no payment yet, so one type reads both.

use domain::deals::LINES_MAX;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::shops::loose::{List, Object, Scalar};

const GATEWAYS_MAX: usize = 10;
const SHIPPING_LINES_MAX: usize = 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Order {
    pub id: Scalar,
    pub checkout_token: Scalar,
    pub checkout_id: Scalar,
    /// Of a checkout, and what its order calls `checkout_token`.
    pub token: Scalar,
    pub name: Scalar,
    pub order_number: Scalar,
    pub email: Scalar,
    pub contact_email: Scalar,
    pub phone: Scalar,
    pub currency: Scalar,
    pub financial_status: Scalar,
    pub fulfillment_status: Scalar,
    pub created_at: Scalar,
    pub updated_at: Scalar,
    pub cancelled_at: Scalar,
    /// Of a checkout that became an order.
    pub completed_at: Scalar,
    pub total_price: Scalar,
    pub total_discounts: Scalar,
    pub total_shipping_price_set: Object<PriceSet>,
    pub shipping_lines: List<ShippingLine, SHIPPING_LINES_MAX>,
    pub gateway: Scalar,
    /// A list of words, none of them an object: each is kept as a wrong one, with its text.
    pub payment_gateway_names: List<IgnoredAny, GATEWAYS_MAX>,
    pub note: Scalar,
    pub source_name: Scalar,
    pub landing_site: Scalar,
    pub referring_site: Scalar,
    pub shipping_address: Object<Address>,
    pub billing_address: Object<Address>,
    pub customer: Object<Customer>,
    pub line_items: List<Item, LINES_MAX>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PriceSet {
    pub shop_money: Object<Price>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Price {
    pub amount: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShippingLine {
    pub price: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    pub name: Scalar,
    pub first_name: Scalar,
    pub last_name: Scalar,
    pub company: Scalar,
    pub phone: Scalar,
    pub country_code: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Customer {
    pub first_name: Scalar,
    pub last_name: Scalar,
    pub email: Scalar,
    pub phone: Scalar,
    pub default_address: Object<Address>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Item {
    pub title: Scalar,
    pub variant_title: Scalar,
    pub name: Scalar,
    pub product_id: Scalar,
    pub sku: Scalar,
    pub quantity: Scalar,
    pub price: Scalar,
}
