//! What the order's page, the list and the board ask of orders.

use domain::board::{Card, Person};
use domain::carriers::{CarrierAnswer, Progress};
use domain::ids::{OrderId, Seq, ShipmentId};
use domain::orders::{ChangeMany, ChangeStatus, MakeDeal, MakeOrder, ManyChanged, OrderView, OrdersAsked, OrdersPage};
use domain::orders::{Status, StatusName};
use domain::storefronts::Storefront;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

#[cfg(feature = "ssr")]
use crate::ctx::{ctx, server};
use crate::error::AppError;

/// So many orders come at once.
#[cfg(feature = "ssr")]
const PAGE: i64 = 50;

/// An order's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadedOrder {
    pub view: OrderView,
    /// Its deal's card; None: it has none.
    pub deal: Option<Card>,
    pub people: Vec<Person>,
    /// What their carriers told of its parcels.
    pub parcels: Vec<Progress>,
    /// Nothing that was logged up to here is missing in it.
    pub as_of: Seq,
}

/// What the list's page begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadedList {
    pub page: OrdersPage,
    pub people: Vec<Person>,
    pub storefronts: Vec<Storefront>,
    /// Of each storefront that one sees, in order.
    pub statuses: Vec<Status>,
}

#[server(input = Json)]
pub async fn load_order(order: OrderId) -> Result<LoadedOrder, AppError> {
    let (ctx, store) = (ctx()?, server()?.store);
    let as_of = store.log_end().await?;
    let view = store.order_page(&ctx, order).await?;
    let deal = match view.order.deal {
        Some(deal) => Some(store.card(&ctx, deal).await?),
        None => None,
    };
    let parcels = store.parcels(&ctx, order).await?;
    Ok(LoadedOrder { deal, people: store.people().await?, parcels, view, as_of })
}

#[server(input = Json)]
pub async fn send_status(command: ChangeStatus) -> Result<OrderView, AppError> {
    Ok(server()?.store.change_status(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn send_statuses(command: ChangeMany) -> Result<ManyChanged, AppError> {
    Ok(server()?.store.change_status_many(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn send_make_deal(command: MakeDeal) -> Result<OrderView, AppError> {
    Ok(server()?.store.make_deal(&ctx()?, command).await?)
}

#[server(input = Json)]
pub async fn send_make_order(command: MakeOrder) -> Result<OrderId, AppError> {
    Ok(server()?.store.make_order(&ctx()?, command).await?.order.id)
}

#[server(input = Json)]
pub async fn load_orders(asked: OrdersAsked) -> Result<LoadedList, AppError> {
    let (ctx, store) = (ctx()?, server()?.store);
    let storefronts = store.storefronts(&ctx).await?;
    let mut statuses = Vec::new();
    for storefront in &storefronts {
        statuses.extend(store.statuses(&ctx, storefront.id).await?);
    }
    Ok(LoadedList {
        page: store.orders_list(&ctx, &asked, PAGE).await?,
        people: store.people().await?,
        storefronts,
        statuses,
    })
}

#[server(input = Json)]
pub async fn more_orders(asked: OrdersAsked) -> Result<OrdersPage, AppError> {
    Ok(server()?.store.orders_list(&ctx()?, &asked, PAGE).await?)
}

/// The one order of this number, or of this parcel's.
#[server(input = Json)]
pub async fn find_order(text: String) -> Result<Option<OrderId>, AppError> {
    Ok(server()?.store.order_named(&ctx()?, &text).await?)
}

/// What its carrier answered of a parcel, as it came.
#[server]
pub async fn carrier_answers(shipment: ShipmentId) -> Result<Vec<CarrierAnswer>, AppError> {
    Ok(server()?.store.carrier_answers(&ctx()?, shipment).await?)
}

/// A status as its name alone.
pub fn named(status: &Status) -> StatusName {
    StatusName { id: status.id, name: status.name.clone(), kind: status.kind, colour: status.colour }
}
