//! What a row of each list says, and what stands above it. The two are beside each other so that they keep in step.

use std::collections::HashMap;

use domain::event::Event;
use domain::event::sentence::{author, sentence};
use domain::export::List;
use domain::i18n::{Lang, t};
use domain::ids::{FunnelId, StorefrontId};
use domain::import::write_goods;
use store::export::{CustomerRow, DealRow, Goods, OrderRow, ProductRow};

use super::Cell;
use super::table::Staff;

/// What an event calls by its id alone.
#[derive(Default)]
pub struct Names {
    pub people: Staff,
    pub storefronts: HashMap<StorefrontId, String>,
    pub funnels: HashMap<FunnelId, String>,
}

pub fn headings(list: List, lang: Lang) -> Vec<&'static str> {
    let words: &[fn(Lang) -> &'static str] = match list {
        List::Deals => &DEAL,
        List::Customers => &CUSTOMER,
        List::Orders => &ORDER,
        List::Products => &PRODUCT,
        List::Events => &EVENT,
    };
    words.iter().map(|word| word(lang)).collect()
}

const DEAL: [fn(Lang) -> &'static str; 17] = [
    t::col_number,
    t::col_created,
    t::col_funnel,
    t::col_stage,
    t::col_stage_since,
    t::col_storefront,
    t::col_responsible,
    t::col_source,
    t::col_customer,
    t::col_phone,
    t::col_email,
    t::col_order,
    t::col_goods,
    t::col_sum,
    t::col_currency,
    t::col_comment,
    t::col_lost_reason,
];

pub fn deal(deal: DealRow, lang: Lang) -> Vec<Cell> {
    vec![
        deal.id.0.into(),
        Cell::Time(deal.created_at),
        deal.funnel.into(),
        deal.stage.into(),
        Cell::Time(deal.since),
        deal.storefront.into(),
        deal.responsible.into(),
        t::source_name(lang, deal.source).into(),
        deal.customer.into(),
        deal.phone.into(),
        deal.email.into(),
        deal.order_number.into(),
        joined(&deal.goods).into(),
        Cell::Money(deal.sum, deal.currency),
        deal.currency.code().into(),
        deal.comment.into(),
        deal.lost_reason.into(),
    ]
}

const CUSTOMER: [fn(Lang) -> &'static str; 7] =
    [t::col_number, t::col_customer, t::col_phone, t::col_email, t::col_deals, t::col_customer_since, t::col_last_deal];

pub fn customer(customer: CustomerRow) -> Vec<Cell> {
    vec![
        customer.id.0.into(),
        customer.name.into(),
        customer.phone.into(),
        customer.email.into(),
        customer.deals.into(),
        Cell::Time(customer.since),
        customer.last_deal_at.map_or(Cell::Empty, Cell::Time),
    ]
}

const ORDER: [fn(Lang) -> &'static str; 22] = [
    t::col_order,
    t::col_placed,
    t::col_storefront,
    t::col_status,
    t::col_shop_status,
    t::col_customer,
    t::col_phone,
    t::col_email,
    t::col_goods,
    t::col_sum,
    t::col_shipping,
    t::col_discount,
    t::col_currency,
    t::col_payment,
    t::col_paid,
    t::col_comment,
    t::col_deleted,
    t::col_deal,
    t::col_order_status,
    t::col_status_since,
    t::col_carrier,
    t::col_parcel,
];

pub fn order(order: OrderRow, lang: Lang) -> Vec<Cell> {
    let said = |so: bool| Cell::from(if so { t::yes(lang) } else { t::no(lang) });
    vec![
        order.number.into(),
        Cell::Time(order.placed_at),
        order.storefront.into(),
        t::order_status_name(lang, order.status, &order.shop_status).into(),
        order.shop_status.into(),
        order.customer.into(),
        order.phone.into(),
        order.email.into(),
        joined(&order.goods).into(),
        Cell::Money(order.total, order.currency),
        Cell::Money(order.shipping_total, order.currency),
        Cell::Money(order.discount_total, order.currency),
        order.currency.code().into(),
        order.payment_method.into(),
        said(order.paid),
        order.note.into(),
        said(order.deleted),
        order.deal.map(|deal| deal.0).into(),
        order.stands.into(),
        order.stands_since.map_or(Cell::Empty, Cell::Time),
        order.parcel.as_ref().map(|(carrier, _)| t::carrier_name(lang, *carrier)).into(),
        order.parcel.map(|(_, number)| number).into(),
    ]
}

const PRODUCT: [fn(Lang) -> &'static str; 16] = [
    t::col_number,
    t::col_created,
    t::col_storefront,
    t::col_product,
    t::col_variant,
    t::col_sku,
    t::col_barcode,
    t::col_price,
    t::col_cost,
    t::col_currency,
    t::col_supplier,
    t::col_low_stock,
    t::col_on_hand,
    t::col_reserved,
    t::col_available,
    t::col_incoming,
];

pub fn product(row: ProductRow) -> Vec<Cell> {
    vec![
        row.id.0.into(),
        Cell::Time(row.created_at),
        row.storefront.into(),
        row.product.into(),
        row.variant.into(),
        row.sku.into(),
        row.barcode.into(),
        Cell::Money(row.price, row.currency),
        row.cost.map_or(Cell::Empty, |cost| Cell::Money(cost, row.currency)),
        row.currency.code().into(),
        row.supplier.into(),
        row.low_stock.into(),
        row.on_hand.into(),
        row.reserved.into(),
        (row.on_hand - row.reserved).into(),
        row.incoming.into(),
    ]
}

const EVENT: [fn(Lang) -> &'static str; 8] = [
    t::col_number,
    t::col_when,
    t::col_who,
    t::col_what,
    t::col_storefront,
    t::col_funnel,
    t::col_deal,
    t::col_customer_number,
];

pub fn event(event: &Event, lang: Lang, names: &Names) -> Vec<Cell> {
    let scope = event.scope;
    let storefront = scope.storefront.and_then(|id| names.storefronts.get(&id)).cloned();
    let funnel = scope.funnel.and_then(|id| names.funnels.get(&id)).cloned();
    vec![
        event.seq.0.into(),
        Cell::Time(event.at),
        author(event.actor, lang, &names.people).into(),
        sentence(&event.fact, lang, &names.people).into(),
        storefront.into(),
        funnel.into(),
        scope.deal.map(|deal| deal.0).into(),
        scope.customer.map(|customer| customer.0).into(),
    ]
}

/// As an import reads them back.
fn joined(goods: &Goods) -> String {
    write_goods(goods.iter().map(|(name, quantity)| (name.as_str(), *quantity)))
}
