//! Parcels on their way: what tests of carriers share.

use domain::carriers::{Pace, Scan, ScanKind, SetCarrierAccount, Tracked};
use domain::ids::*;
use domain::orders::{Carrier, OrderView, StatusKind};
use store::Store;
use store::shipments::{Claimed, Taken};

use super::shop::{HOUR, NOW, Shop, id};
use super::statuses::{go, order, view};

pub const PACE: Pace = Pace { set: None, chance: 500 };
pub const KEY: &str = "0123456789abcdef-key-of-tests";

/// So many hours after the parcel left.
pub fn scan(kind: ScanKind, hours: i64) -> Scan {
    Scan {
        at: NOW + hours * HOUR,
        dated: true,
        code: format!("{}-{hours}", kind.key()),
        kind,
        place: "Львів".into(),
        text: "слова перевізника".into(),
        exception: kind == ScanKind::Exception,
    }
}

pub fn told(scans: Vec<Scan>) -> Tracked {
    let (number, raw) = ("20450000000001".to_owned(), String::new());
    Tracked { number, scans, estimate: None, town: String::new(), raw }
}

/// Sent with Нова пошта now.
pub async fn sent(store: &Store, shop: &Shop, external_id: &str) -> (OrderView, ShipmentId) {
    let first = order(store, shop, external_id).await;
    let sent = go(store, &shop.manager, (shop, &first), StatusKind::Shipped).await;
    let parcel = sent.shipments.first().expect("a parcel").id;
    (sent, parcel)
}

/// Its carrier tells, so many hours later.
pub async fn tell(store: &Store, parcel: ShipmentId, hours: i64, scans: Vec<Scan>) -> Taken {
    store.take_scans(NOW + hours * HOUR, parcel, told(scans), PACE).await.expect("taken")
}

pub async fn kind_of(store: &Store, shop: &Shop, of: &OrderView) -> StatusKind {
    super::statuses::kind(&view(store, shop, of.order.id).await)
}

pub fn account(storefront: StorefrontId) -> SetCarrierAccount {
    SetCarrierAccount { storefront, carrier: Carrier::NovaPoshta, key: KEY.into(), secret: String::new() }
}

pub async fn link(store: &Store, shop: &Shop) {
    store.set_carrier_account(&shop.admin, id(), account(shop.one)).await.expect("linked");
}

pub async fn claim(store: &Store, at: Millis) -> Option<Claimed> {
    store.claim_shipments(at, &id().to_string(), &|_| 2).await.expect("looked")
}
