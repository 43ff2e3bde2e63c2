//! What a column can mean.

use serde::{Deserialize, Serialize};

use super::Kind;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// First and last name may be two columns: they are joined in their order.
    Name,
    Phone,
    Email,
    OrderNumber,
    /// What the other system calls it: by this, and by its number, it is known again.
    ExternalId,
    Stage,
    Status,
    Sum,
    ProductName,
    Sku,
    Quantity,
    Price,
    ShippingTotal,
    DiscountTotal,
    PaymentMethod,
    Paid,
    Source,
    Responsible,
    LostReason,
    Comment,
    CreatedAt,
}

impl Field {
    pub const ALL: [Field; 21] = [
        Field::Name,
        Field::Phone,
        Field::Email,
        Field::OrderNumber,
        Field::ExternalId,
        Field::Stage,
        Field::Status,
        Field::Sum,
        Field::ProductName,
        Field::Sku,
        Field::Quantity,
        Field::Price,
        Field::ShippingTotal,
        Field::DiscountTotal,
        Field::PaymentMethod,
        Field::Paid,
        Field::Source,
        Field::Responsible,
        Field::LostReason,
        Field::Comment,
        Field::CreatedAt,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Phone => "phone",
            Field::Email => "email",
            Field::OrderNumber => "order_number",
            Field::ExternalId => "external_id",
            Field::Stage => "stage",
            Field::Status => "status",
            Field::Sum => "sum",
            Field::ProductName => "product_name",
            Field::Sku => "sku",
            Field::Quantity => "quantity",
            Field::Price => "price",
            Field::ShippingTotal => "shipping_total",
            Field::DiscountTotal => "discount_total",
            Field::PaymentMethod => "payment_method",
            Field::Paid => "paid",
            Field::Source => "source",
            Field::Responsible => "responsible",
            Field::LostReason => "lost_reason",
            Field::Comment => "comment",
            Field::CreatedAt => "created_at",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    pub fn belongs_to(self, kind: Kind) -> bool {
        match self {
            Field::Name | Field::Phone | Field::Email | Field::CreatedAt => true,
            Field::OrderNumber
            | Field::ExternalId
            | Field::Stage
            | Field::Status
            | Field::Sum
            | Field::ProductName
            | Field::Sku
            | Field::Quantity
            | Field::Price
            | Field::Source
            | Field::Responsible
            | Field::LostReason
            | Field::Comment => kind != Kind::Customers,
            Field::ShippingTotal | Field::DiscountTotal | Field::PaymentMethod | Field::Paid => kind == Kind::Orders,
        }
    }

    /// The fields that a file of this kind can have, in the order in which people are offered them.
    pub fn of(kind: Kind) -> impl Iterator<Item = Field> {
        Self::ALL.into_iter().filter(move |field| field.belongs_to(kind))
    }

    /// Whether several columns may have it: names and comments are joined, of phones and addresses the first counts.
    pub fn repeats(self) -> bool {
        matches!(self, Field::Name | Field::Phone | Field::Email | Field::Comment)
    }
}
