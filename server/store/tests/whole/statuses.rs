//! The settings of statuses, scenarios, bonds and limits; and what a storefront begins with.

use crate::common::shop::{HOUR, NOW, Shop, id, incoming};
use crate::common::statuses::{change, go, kind, of_kind, order, view};
use crate::common::{TestDb, on_both, refusal};
use domain::board::Refusal;
use domain::funnels::Colour;
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{
    Bond, BondFault, OrderSettings, PaymentKind, ScenarioChange, ScenarioForm, ScenarioPreset, ShopStatus, Status,
    StatusChange, StatusFault, StatusForm, StatusKind, StatusSet, Thresholds,
};
use store::Ctx;
use store::orders::Arrival;

on_both![
    a_storefront_begins_with_a_set_and_three_scenarios,
    statuses_are_added_edited_and_reordered,
    what_can_t_be_is_refused_and_changes_nothing,
    a_retired_status_says_where_its_orders_go,
    a_smaller_set_keeps_what_is_in_use,
    scenarios_are_made_changed_and_removed,
    limits_are_kept,
    a_bond_that_contradicts_itself_is_refused,
    strangers_see_nothing_and_managers_change_nothing,
    a_storefront_from_before_catches_up,
];

fn form(name: &str, kind: StatusKind) -> StatusForm {
    let (public_name, public_text) = (None, String::new());
    StatusForm { name: name.into(), colour: Colour::Teal, kind, public_name, public_text, next: Vec::new() }
}

fn fault<T>(result: store::Result<T>) -> StatusFault {
    match refusal(result) {
        Refusal::Statuses { fault } => fault,
        other => panic!("{other:?}"),
    }
}

async fn all(db: &TestDb, shop: &Shop) -> Vec<Status> {
    db.store.statuses(&shop.viewer, shop.one).await.expect("statuses")
}

async fn a_storefront_begins_with_a_set_and_three_scenarios(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let statuses = all(&db, &shop).await;
    let names: Vec<&str> = StatusSet::Eleven.statuses(Lang::Uk).iter().map(|status| status.name).collect();
    assert!(statuses.iter().map(|status| status.name.as_str()).take(11).eq(names));
    let scenarios = db.store.scenarios(&shop.viewer, shop.one).await.expect("scenarios");
    let expected = [Some(PaymentKind::OnDelivery), Some(PaymentKind::Prepaid), None];
    assert!(scenarios.iter().map(|scenario| scenario.payment).eq(expected));
    for scenario in &scenarios {
        for pair in scenario.steps.windows(2) {
            let from = statuses.iter().find(|status| status.id == pair[0]).expect("a status of the storefront");
            assert!(from.next.contains(&pair[1]), "{}: after {}", scenario.name, from.name);
        }
    }
    let others = db.store.statuses(&shop.stranger, shop.two).await.expect("statuses");
    assert!(others.iter().all(|other| statuses.iter().all(|status| status.id != other.id)), "each has its own");
    db.sound().await;
}

async fn statuses_are_added_edited_and_reordered(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let before = all(&db, &shop).await;
    let add = StatusChange::Add {
        storefront: shop.one, form: form(" Чекає на гравіювання ", StatusKind::Processing)
    };
    let after = db.store.change_statuses(&shop.head, id(), add).await.expect("added");
    let new = after.last().expect("the new one");
    assert_eq!((new.name.as_str(), after.len()), ("Чекає на гравіювання", before.len() + 1));
    let next = vec![before[4].id, before[3].id];
    let edited =
        StatusForm { public_name: Some(String::new()), next, ..form("Гравіюємо", StatusKind::Processing) };
    let edit = StatusChange::Edit { status: new.id, form: edited.clone() };
    let after = db.store.change_statuses(&shop.head, id(), edit).await.expect("edited");
    let now = after.last().expect("it");
    assert_eq!((now.public_name.as_deref(), &now.next), (Some("Гравіюємо"), &edited.next));
    let mut order: Vec<StatusId> = after.iter().map(|status| status.id).collect();
    order.rotate_right(1);
    let reorder = StatusChange::Reorder { storefront: shop.one, order: order.clone() };
    let after = db.store.change_statuses(&shop.head, id(), reorder).await.expect("reordered");
    assert!(after.iter().map(|status| status.id).eq(order));
    db.sound().await;
}

async fn what_can_t_be_is_refused_and_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let known = all(&db, &shop).await;
    let others = db.store.statuses(&shop.owner, shop.two).await.expect("statuses");
    let add = |form| StatusChange::Add { storefront: shop.one, form };
    let edit = |form| StatusChange::Edit { status: known[0].id, form };
    let strange = |next: StatusId| StatusForm { next: vec![next], ..form("Новий", StatusKind::New) };
    let half: Vec<StatusId> = known.iter().skip(1).map(|status| status.id).collect();
    let twice: Vec<StatusId> = half.iter().copied().chain([half[0]]).collect();
    for (change, expected) in [
        (add(form(" ", StatusKind::New)), StatusFault::NameMissing),
        (add(form(&"я".repeat(61), StatusKind::New)), StatusFault::NameTooLong),
        (add(form("УПАКОВАНО", StatusKind::Packed)), StatusFault::NameTaken),
        (edit(form("Упаковано", StatusKind::Packed)), StatusFault::NameTaken),
        (add(strange(others[0].id)), StatusFault::Next),
        (edit(strange(known[0].id)), StatusFault::Next),
        (edit(strange(StatusId(9_999))), StatusFault::Next),
        (StatusChange::Reorder { storefront: shop.one, order: half }, StatusFault::Gone),
        (StatusChange::Reorder { storefront: shop.one, order: twice }, StatusFault::Gone),
    ] {
        let tried = db.store.change_statuses(&shop.head, id(), change.clone());
        assert_eq!(fault(db.untouched(tried).await), expected, "{change:?}");
    }
    for change in [
        StatusChange::Edit { status: StatusId(9_999), form: form("Х", StatusKind::New) },
        StatusChange::Retire { status: StatusId(9_999), to: None },
    ] {
        let tried = db.store.change_statuses(&shop.head, id(), change);
        assert_eq!(refusal(db.untouched(tried).await), Refusal::NotFound);
    }
    for n in known.len()..domain::orders::STATUSES_MAX {
        let add = add(form(&format!("Статус {n}"), StatusKind::Processing));
        db.store.change_statuses(&shop.head, id(), add).await.expect("fits");
    }
    let full = db.store.change_statuses(&shop.head, id(), add(form("Ще один", StatusKind::New))).await;
    assert_eq!(fault(full), StatusFault::Full);
    db.sound().await;
}

async fn a_retired_status_says_where_its_orders_go(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let stands = order(&db.store, &shop, "1").await;
    let status = of_kind(&db.store, &shop, StatusKind::AwaitingConfirmation).await;
    let to = of_kind(&db.store, &shop, StatusKind::New).await;
    let retire = |to| StatusChange::Retire { status: status.id, to };
    let nowhere = db.store.change_statuses(&shop.head, id(), retire(None)).await;
    assert_eq!(fault(nowhere), StatusFault::HasOrders { orders: 1 });
    let itself = db.store.change_statuses(&shop.head, id(), retire(Some(status.id))).await;
    assert_eq!(fault(itself), StatusFault::To);
    let others = db.store.statuses(&shop.owner, shop.two).await.expect("statuses");
    assert_eq!(fault(db.store.change_statuses(&shop.head, id(), retire(Some(others[0].id))).await), StatusFault::To);
    let after = db.store.change_statuses(&shop.head, id(), retire(Some(to.id))).await.expect("retired");
    assert!(after.iter().all(|one| one.id != status.id && !one.next.contains(&status.id)));
    let scenarios = db.store.scenarios(&shop.viewer, shop.one).await.expect("scenarios");
    assert!(scenarios.iter().all(|scenario| !scenario.steps.contains(&status.id)), "scenarios go on without it");
    let now = view(&db.store, &shop, stands.order.id).await;
    assert_eq!((kind(&now), now.stays.len()), (StatusKind::New, 2));
    assert_eq!(now.stays[0].status.name, status.name, "its history keeps the name");
    let gone = db.store.change_status(&shop.head, change(&now, &status)).await;
    assert!(matches!(refusal(gone), Refusal::Order { .. }), "nothing goes there any more");
    db.sound().await;
}

async fn a_smaller_set_keeps_what_is_in_use(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = order(&db.store, &shop, "1").await;
    let set = |set| db.store.apply_set(&shop.head, id(), shop.one, set, Lang::En);
    let eight = set(StatusSet::Eight).await.expect("taken over");
    let names: Vec<&str> = StatusSet::Eight.statuses(Lang::En).iter().map(|status| status.name).collect();
    assert!(eight.iter().map(|status| status.name.as_str()).take(8).eq(names));
    assert!(eight.iter().all(|status| status.kind != StatusKind::Packed), "in use nowhere");
    assert!(eight.iter().any(|status| status.kind == StatusKind::Picking), "a scenario needs it");
    assert_eq!(kind(&view(&db.store, &shop, first.order.id).await), StatusKind::AwaitingConfirmation, "it stays");
    let processing = go(&db.store, &shop.manager, (&shop, &first), StatusKind::Processing).await;
    assert_eq!(processing.order.status.expect("a status").name, "In progress");
    let eleven = set(StatusSet::Eleven).await.expect("and back");
    assert!(eleven.iter().any(|status| status.kind == StatusKind::Packed));
    db.sound().await;
}

async fn scenarios_are_made_changed_and_removed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let statuses = all(&db, &shop).await;
    let change = |ctx: &Ctx, change: ScenarioChange| {
        let (store, ctx) = (db.store.clone(), ctx.clone());
        async move { store.change_scenario(&ctx, id(), change).await }
    };
    let made = |name: &str, steps: Vec<StatusId>| ScenarioForm { name: name.into(), payment: None, steps };
    let add = |form| ScenarioChange::Add { storefront: shop.one, form };
    let own = made("Подарунок", vec![statuses[0].id, statuses[3].id]);
    let after = change(&shop.head, add(own.clone())).await.expect("added");
    let scenario = after.last().expect("it").id;
    assert_eq!(after.last().expect("it").steps, own.steps);
    for (form, expected) in [
        (own.clone(), StatusFault::NameTaken),
        (made("Порожній", Vec::new()), StatusFault::Steps),
        (made("Чужий", vec![StatusId(9_999)]), StatusFault::Steps),
        (made("", own.steps.clone()), StatusFault::NameMissing),
    ] {
        assert_eq!(fault(db.untouched(change(&shop.head, add(form))).await), expected);
    }
    let (preset, lang) = (ScenarioPreset::Delay, Lang::Uk);
    let again = ScenarioChange::Install { storefront: shop.one, preset, lang };
    assert_eq!(fault(change(&shop.head, again).await), StatusFault::NameTaken);
    let edit = ScenarioChange::Edit { scenario, form: made("Подарунок другові", vec![statuses[1].id]) };
    let after = change(&shop.head, edit).await.expect("edited");
    assert_eq!(after.last().expect("it").name, "Подарунок другові");
    let after = change(&shop.head, ScenarioChange::Remove { scenario }).await.expect("removed");
    assert_eq!(after.len(), 3);
    assert_eq!(refusal(change(&shop.head, ScenarioChange::Remove { scenario }).await), Refusal::NotFound);
    assert_eq!(refusal(change(&shop.manager, add(own)).await), Refusal::NotAllowed);
    db.sound().await;
}

async fn limits_are_kept(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let usual = OrderSettings { storefront: shop.one, makes_deals: true, thresholds: Thresholds::default() };
    assert_eq!(db.store.order_settings(&shop.viewer, shop.one).await.expect("read"), usual);
    let thresholds = Thresholds { stuck_hours: 5, ..Thresholds::default() };
    let own = OrderSettings { makes_deals: false, thresholds, ..usual };
    assert_eq!(db.store.set_order_settings(&shop.head, id(), own).await.expect("kept"), own);
    assert_eq!(db.store.order_settings(&shop.viewer, shop.one).await.expect("read"), own);
    for hours in [0, -1, 87_601] {
        let wrong = OrderSettings { thresholds: Thresholds { stuck_hours: hours, ..thresholds }, ..own };
        let tried = db.store.set_order_settings(&shop.head, id(), wrong);
        assert_eq!(fault(db.untouched(tried).await), StatusFault::Hours, "{hours}");
    }
    assert_eq!(refusal(db.store.set_order_settings(&shop.manager, id(), usual).await), Refusal::NotAllowed);
    assert_eq!(refusal(db.store.set_order_settings(&shop.stranger, id(), usual).await), Refusal::NotFound);
    db.sound().await;
}

async fn a_bond_that_contradicts_itself_is_refused(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let status = all(&db, &shop).await[0].id;
    let empty = Bond { funnel: shop.orders.id, storefront: shop.one, to_stage: vec![], to_status: vec![] };
    assert_eq!(db.store.bond(&shop.viewer, shop.orders.id, shop.one).await.expect("none yet"), empty);
    let (to_stage, to_status) = (vec![(status, shop.stage(1))], vec![(shop.stage(0), status)]);
    let circle = Bond { to_stage, to_status, ..empty.clone() };
    let back = BondFault::Loop { stage: shop.stage(0), status, back_to: shop.stage(1) };
    let tried = db.store.set_bond(&shop.head, id(), circle);
    assert_eq!(fault(db.untouched(tried).await), StatusFault::Bond { faults: vec![back] });
    let bond = Bond { to_stage: vec![(status, shop.stage(1))], ..empty.clone() };
    assert_eq!(db.store.set_bond(&shop.head, id(), bond.clone()).await.expect("bonded"), bond);
    assert_eq!(refusal(db.store.set_bond(&shop.manager, id(), bond.clone()).await), Refusal::NotAllowed);
    let elsewhere = Bond { funnel: shop.second.id, ..empty.clone() };
    assert_eq!(refusal(db.store.set_bond(&shop.owner, id(), elsewhere).await), Refusal::NotFound, "of the other shop");
    assert_eq!(db.store.set_bond(&shop.head, id(), empty.clone()).await.expect("loosened"), empty);
    db.sound().await;
}

async fn strangers_see_nothing_and_managers_change_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    assert_eq!(refusal(db.store.statuses(&shop.stranger, shop.one).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.scenarios(&shop.stranger, shop.one).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.order_settings(&shop.stranger, shop.one).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.bond(&shop.stranger, shop.orders.id, shop.one).await), Refusal::NotFound);
    let add = || StatusChange::Add { storefront: shop.one, form: form("Новий", StatusKind::New) };
    assert_eq!(refusal(db.store.change_statuses(&shop.manager, id(), add()).await), Refusal::NotAllowed);
    assert_eq!(refusal(db.store.change_statuses(&shop.stranger, id(), add()).await), Refusal::NotFound);
    let set = db.store.apply_set(&shop.viewer, id(), shop.one, StatusSet::Eight, Lang::Uk).await;
    assert_eq!(refusal(set), Refusal::NotAllowed);
    db.sound().await;
}

async fn a_storefront_from_before_catches_up(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut orders = Vec::new();
    for (n, word) in [ShopStatus::Processing, ShopStatus::Completed, ShopStatus::Cancelled].into_iter().enumerate() {
        let mut sent = incoming(&n.to_string());
        (sent.status, sent.shop_status) = (word, word.key().into());
        (sent.placed_at, sent.changed_at) = (NOW - 9 * HOUR, NOW - 2 * HOUR);
        let received = db.store.receive_order(shop.one, NOW, sent, Arrival::Sent).await.expect("received");
        orders.push(received.order.expect("an order"));
    }
    // As it was before there were statuses.
    for statement in [
        "DELETE FROM order_stays",
        "UPDATE orders SET status_id = NULL, status_since = NULL, scenario_id = NULL",
        "DELETE FROM scenario_steps",
        "DELETE FROM scenarios",
        "DELETE FROM status_steps",
        "DELETE FROM statuses",
    ] {
        db.tamper(statement).await;
    }
    assert_eq!(db.store.prepare_statuses(NOW).await.expect("prepared"), 2);
    let end = db.store.log_end().await.expect("the log");
    for (order, (expected, since)) in orders.iter().zip([
        (StatusKind::Processing, NOW - 9 * HOUR),
        (StatusKind::Delivered, NOW - 2 * HOUR),
        (StatusKind::Cancelled, NOW - 2 * HOUR),
    ]) {
        let now = view(&db.store, &shop, *order).await;
        assert_eq!((kind(&now), now.order.status_since, now.stays.len()), (expected, Some(since), 1));
        assert_eq!(now.scenario.expect("a scenario").payment, Some(PaymentKind::OnDelivery));
    }
    assert_eq!(db.store.prepare_statuses(NOW).await.expect("once"), 0);
    assert_eq!(db.store.log_end().await.expect("the log"), end, "it is no news");
    db.sound().await;
}
