//! What a shop says later: of a cart before it is ordered, of an order's contacts afterwards.

use crate::common::shop::{HOUR, NOW, Shop, form, goods, id, incoming};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both};
use domain::deals::{DealDetails, EditDeal};
use domain::orders::{IncomingCustomer, IncomingOrder, ShopStatus};
use store::orders::{Arrival, Received};

on_both![
    a_cart_that_changes_changes_its_lead,
    an_older_cart_changes_nothing,
    a_lead_that_somebody_works_on_is_theirs,
    contacts_changed_in_the_shop_are_followed,
    contacts_that_somebody_corrected_stay,
    another_customer_s_phone_takes_the_deal_to_them,
];

async fn send(db: &TestDb, shop: &Shop, order: IncomingOrder) -> Received {
    db.store.receive_order(shop.one, NOW, order, Arrival::Sent).await.expect("received")
}

async fn details(db: &TestDb, shop: &Shop, received: &Received) -> DealDetails {
    db.store.deal(&shop.owner, received.deal.expect("a deal")).await.expect("there")
}

fn cart(hours: i64) -> IncomingOrder {
    let mut cart = incoming("7");
    cart.status = ShopStatus::Draft;
    cart.customer = IncomingCustomer::default();
    cart.changed_at = NOW + hours * HOUR;
    cart
}

fn known(name: &str, phone: Option<&str>, email: Option<&str>) -> IncomingCustomer {
    IncomingCustomer { name: name.into(), phone: phone.map(Into::into), email: email.map(Into::into) }
}

async fn a_cart_that_changes_changes_its_lead(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = send(&db, &shop, cart(0)).await;
    let mut watcher = Watcher::start(&db.store, &shop.manager, shop.orders.id).await;
    let fuller = IncomingOrder {
        customer: known("Ірина Бойко", Some("+380501234567"), None),
        lines: vec![goods("Чайник", 2, 30_000)],
        total: 60_000,
        ..cart(1)
    };
    let again = send(&db, &shop, fuller.clone()).await;
    assert_eq!((again.deal, again.unchanged), (made.deal, false));
    let now = details(&db, &shop, &again).await;
    assert_eq!((now.card.customer_name.as_str(), now.phone.as_deref()), ("Ірина Бойко", Some("+380501234567")));
    assert_eq!((now.card.sum, now.lines.len()), (60_000, 1));
    assert!(send(&db, &shop, fuller).await.unchanged, "the same cart twice");
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn an_older_cart_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = send(&db, &shop, cart(2)).await;
    let late = IncomingOrder { total: 1, lines: vec![goods("Ложка", 1, 1)], ..cart(1) };
    assert!(send(&db, &shop, late).await.unchanged);
    assert_eq!(details(&db, &shop, &made).await.card.sum, 50_000);
}

async fn a_lead_that_somebody_works_on_is_theirs(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = send(&db, &shop, cart(0)).await;
    let before = details(&db, &shop, &made).await;
    let form = form("Ірина", "0501234567", &[("Чайник", "1", "250")]);
    let edit = EditDeal { command: id(), deal: before.card.id, seen: before.contents_version, form };
    db.store.edit_deal(&shop.manager, edit).await.expect("edited");
    let later = IncomingOrder { total: 90_000, ..cart(3) };
    assert!(send(&db, &shop, later).await.unchanged);
    assert_eq!(details(&db, &shop, &made).await.card.sum, 25_000);
}

async fn contacts_changed_in_the_shop_are_followed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let order = IncomingOrder {
        customer: known("Ірина", Some("+380501234567"), Some("ira@example.com")),
        ..incoming("7")
    };
    let made = send(&db, &shop, order.clone()).await;
    let mut watcher = Watcher::start(&db.store, &shop.manager, shop.orders.id).await;
    let corrected = known("Ірина Бойко", Some("+380507654321"), Some("ira@example.com"));
    send(&db, &shop, IncomingOrder { customer: corrected, changed_at: NOW + HOUR, ..order }).await;
    let now = details(&db, &shop, &made).await;
    assert_eq!((now.card.customer_name.as_str(), now.phone.as_deref()), ("Ірина Бойко", Some("+380507654321")));
    watcher.agrees(&db.store).await;
}

async fn contacts_that_somebody_corrected_stay(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let order = IncomingOrder { customer: known("Ірина", Some("+380501234567"), None), ..incoming("7") };
    let made = send(&db, &shop, order.clone()).await;
    let before = details(&db, &shop, &made).await;
    let mut form = form("Ірина", "093 111 22 33", &[("Чайник", "1", "300"), ("Чашка", "2", "100")]);
    form.sum = String::new();
    let edit = EditDeal { command: id(), deal: before.card.id, seen: before.contents_version, form };
    db.store.edit_deal(&shop.manager, edit).await.expect("edited");
    let other = known("Ірина", Some("+380507654321"), None);
    send(&db, &shop, IncomingOrder { customer: other, changed_at: NOW + HOUR, ..order }).await;
    assert_eq!(details(&db, &shop, &made).await.phone.as_deref(), Some("+380931112233"));
}

async fn another_customer_s_phone_takes_the_deal_to_them(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let marta = IncomingOrder { customer: known("Марта", Some("+380931112233"), None), ..incoming("1") };
    let marta = details(&db, &shop, &send(&db, &shop, marta).await).await.card.customer;
    let order = IncomingOrder { customer: known("Хтось", Some("+380501234567"), None), ..incoming("7") };
    let made = send(&db, &shop, order.clone()).await;
    let hers = known("Марта", Some("+380931112233"), None);
    send(&db, &shop, IncomingOrder { customer: hers, changed_at: NOW + HOUR, ..order }).await;
    let now = details(&db, &shop, &made).await.card;
    assert_eq!((now.customer, now.customer_name.as_str()), (marta, "Марта"));
}
