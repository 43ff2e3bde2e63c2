use super::{SHOP, statuses};
use crate::i18n::Lang;
use crate::ids::*;
use crate::orders::{
    PaymentKind, Scenario, ScenarioForm, ScenarioPreset, SetStatus, ShopStatus, Status, StatusFault, StatusKind,
    StatusSet, beginning, choose, payment_kind, usual_next,
};

#[test]
fn the_way_of_payment_is_told_by_its_words() {
    for method in [
        "Післяплата",
        "Накладений платіж",
        "Наложенный платёж",
        "Оплата при отриманні",
        "Оплата при получении",
        "Cash on Delivery",
        "Cash on Delivery (COD)",
        "cod",
    ] {
        assert_eq!(payment_kind(method, false), PaymentKind::OnDelivery, "{method}");
        assert_eq!(payment_kind(method, true), PaymentKind::Prepaid, "{method}, paid");
    }
    for method in ["", "Карткою на сайті", "На рахунок IBAN", "LiqPay", "Promo code", "Частинами"]
    {
        assert_eq!(payment_kind(method, false), PaymentKind::Prepaid, "{method}");
    }
}

/// The set with all that the presets need, and the presets themselves.
fn installed() -> (Vec<Status>, Vec<Scenario>) {
    let mut all = statuses(StatusSet::Eleven);
    for kind in [StatusKind::AwaitingConfirmation, StatusKind::Delayed] {
        all.push(super::status(all.len(), &SetStatus::of(kind, Lang::Uk)));
    }
    let kinds: Vec<StatusKind> = all.iter().map(|status| status.kind).collect();
    let ids: Vec<StatusId> = all.iter().map(|status| status.id).collect();
    for (place, status) in all.iter_mut().enumerate() {
        status.next = usual_next(&kinds, place).into_iter().map(|next| ids[next]).collect();
    }
    let step = |kind: &StatusKind| all.iter().find(|status| status.kind == *kind).expect("installed").id;
    let scenarios = (1..).zip(ScenarioPreset::ALL).map(|(id, preset)| Scenario {
        id: ScenarioId(id),
        storefront: SHOP,
        name: preset.name(Lang::Uk).into(),
        payment: preset.payment(),
        steps: preset.kinds().iter().map(step).collect(),
    });
    let scenarios = scenarios.collect();
    (all, scenarios)
}

#[test]
fn every_step_of_a_preset_may_follow_the_one_before() {
    let (statuses, scenarios) = installed();
    for scenario in &scenarios {
        for pair in scenario.steps.windows(2) {
            let from = statuses.iter().find(|status| status.id == pair[0]).expect("known");
            assert!(from.next.contains(&pair[1]), "{}: after {}", scenario.name, from.name);
            assert_eq!(scenario.after(pair[0]), Some(pair[1]));
        }
        assert_eq!(scenario.after(*scenario.steps.last().expect("steps")), None);
        assert_eq!(scenario.after(StatusId(999)), None);
    }
    assert_eq!(choose(&scenarios, PaymentKind::OnDelivery).map(|one| one.id), Some(ScenarioId(1)));
    assert_eq!(choose(&scenarios, PaymentKind::Prepaid).map(|one| one.id), Some(ScenarioId(2)));
    assert_eq!(choose(&scenarios[2..], PaymentKind::Prepaid), None, "a delay is chosen by nobody but people");
}

#[test]
fn an_order_begins_where_its_shop_and_its_payment_say() {
    let (statuses, scenarios) = installed();
    let begun = |payment, told| {
        let id = beginning(&scenarios, &statuses, payment, told).expect("there are statuses");
        statuses.iter().find(|status| status.id == id).expect("known").kind
    };
    let (cod, prepaid) = (PaymentKind::OnDelivery, PaymentKind::Prepaid);
    for (payment, told, kind) in [
        (cod, (ShopStatus::Processing, false), StatusKind::AwaitingConfirmation),
        (cod, (ShopStatus::Unknown, false), StatusKind::AwaitingConfirmation),
        (prepaid, (ShopStatus::AwaitingPayment, false), StatusKind::AwaitingPayment),
        (prepaid, (ShopStatus::Processing, true), StatusKind::Paid),
        (prepaid, (ShopStatus::Processing, false), StatusKind::AwaitingPayment),
        (prepaid, (ShopStatus::Completed, true), StatusKind::Delivered),
        (cod, (ShopStatus::Cancelled, false), StatusKind::Cancelled),
        (cod, (ShopStatus::Failed, false), StatusKind::Cancelled),
        (prepaid, (ShopStatus::Returned, false), StatusKind::Returned),
    ] {
        assert_eq!(begun(payment, told), kind, "{payment:?} {told:?}");
    }
    let first = statuses[0].id;
    assert_eq!(beginning(&[], &statuses, cod, (ShopStatus::Processing, false)), Some(first), "without scenarios");
    assert_eq!(beginning(&scenarios, &[], cod, (ShopStatus::Processing, false)), None);
}

#[test]
fn a_scenario_is_made_of_the_storefront_s_statuses_each_once() {
    let known = statuses(StatusSet::Eight);
    let form = |steps: Vec<StatusId>| ScenarioForm { name: " Мій ".into(), payment: None, steps }.checked(&known);
    assert_eq!(form(vec![known[0].id, known[5].id]).expect("fits").name, "Мій");
    assert_eq!(form(Vec::new()), Err(StatusFault::Steps));
    assert_eq!(form(vec![known[0].id, known[0].id]), Err(StatusFault::Steps));
    assert_eq!(form(vec![StatusId(999)]), Err(StatusFault::Steps));
    let nameless = ScenarioForm { name: " ".into(), payment: None, steps: vec![known[0].id] };
    assert_eq!(nameless.checked(&known), Err(StatusFault::NameMissing));
}
