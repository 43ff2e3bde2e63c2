//! Deals by hand, and the customers they are about.

use crate::common::shop::{HOUR, NOW, Shop, colleague, create, form, id, incoming, to, user};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Role, UserChange};
use domain::board::{Card, Filter, Place, Refusal};
use domain::deals::{AssignDeal, CreateDeal, DealForm, EditDeal, Fault, Field};
use domain::event::{Changed, Fact};
use domain::ids::*;
use domain::orders::IncomingOrder;
use store::Ctx;
use store::orders::Arrival;

on_both![
    an_order_s_own_sum_survives_an_edit,
    a_deal_is_not_born_lost,
    a_phone_tells_nobody_of_another_storefront_s_customer,
    a_deal_is_made_with_everything_in_it,
    faults_are_named_and_nothing_is_made,
    an_edit_of_an_older_picture_is_refused,
    an_edit_says_what_changed,
    only_somebody_who_sees_the_deal_can_be_responsible,
    a_deal_is_handed_over_and_back,
    a_phone_is_found_again_in_every_writing,
    an_edit_may_move_the_deal_to_another_customer,
    a_search_follows_the_customer,
    two_at_once_make_one_customer,
    who_may_not_changes_nothing,
];

fn edit(card: &Card, seen: i64, form: DealForm) -> EditDeal {
    EditDeal { command: id(), deal: card.id, seen, form }
}

async fn a_deal_is_made_with_everything_in_it(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let full = DealForm {
        email: " Olena@Example.COM ".into(),
        source: "messenger".into(),
        responsible: Some(user(&shop.head)),
        comment: " Дзвонити\nввечері\0 ".into(),
        ..form(
            " Олена\u{0} Коваль\n",
            "(050) 123-45-67",
            &[("Чайник", "2", "1 200,50"), ("Чашка", "", "99"), ("", "", "")],
        )
    };
    let made = CreateDeal { stage: Some(shop.stage(2)), ..create(&shop.orders, full) };
    let card = db.store.create_deal(&shop.manager, made).await.expect("made");
    assert_eq!((card.stage, card.storefront, card.version), (shop.stage(2), shop.one, 1));
    assert_eq!((card.first_line.as_str(), card.more_lines, card.sum), ("Чайник × 2", 1, 250_000));
    assert_eq!((card.customer_name.as_str(), card.responsible), ("Олена Коваль", Some(user(&shop.head))));
    let details = db.store.deal(&shop.viewer, card.id).await.expect("details");
    assert_eq!(details.phone.as_deref(), Some("+380501234567"));
    assert_eq!(details.email.as_deref(), Some("olena@example.com"));
    assert_eq!(details.comment, "Дзвонити\nввечері");
    assert_eq!(details.lines.len(), 2);
    assert_eq!((details.contents_version, details.order), (1, None));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn faults_are_named_and_nothing_is_made(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let wrong = DealForm { email: "nobody".into(), ..form("", "12", &[("Чай", "0", "x")]) };
    let try_form =
        async |form: DealForm| refusal(db.store.create_deal(&shop.manager, create(&shop.orders, form)).await);
    db.untouched(async {
        let Refusal::Faults { faults } = try_form(wrong).await else { panic!("no faults") };
        assert_eq!(faults.len(), 5, "{faults:?}");
        // Enough digits for the form, but nobody's number.
        let Refusal::Faults { faults } = try_form(form("Ірина", "1111111", &[])).await else {
            panic!("no faults")
        };
        assert_eq!(faults, [(Field::Phone, Fault::NotAPhone)]);
        let gone =
            CreateDeal { stage: Some(shop.second.stages[0].id), ..create(&shop.orders, form("Ірина", "", &[])) };
        assert_eq!(refusal(db.store.create_deal(&shop.manager, gone).await), Refusal::StageGone);
        // A shared funnel has no storefront of its own.
        let nowhere = create(&shop.shared, form("Ірина", "", &[]));
        assert_eq!(refusal(db.store.create_deal(&shop.manager, nowhere).await), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn an_edit_of_an_older_picture_is_refused(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let first = form("Ірина", "", &[("Чай", "1", "5")]);
    let details = db.store.edit_deal(&shop.head, edit(&card, 1, first)).await.expect("edited");
    assert_eq!((details.contents_version, details.card.version, details.card.sum), (2, 2, 500));
    let late = edit(&card, 1, form("Ірина", "", &[("Кава", "1", "9")]));
    let answer = db.untouched(async { refusal(db.store.edit_deal(&shop.manager, late).await) }).await;
    assert_eq!(answer, Refusal::Edited { version: 2 });
    // A move in between is no other picture.
    let card = db.store.move_deal(&shop.head, to(&details.card, shop.stage(1), Place::Top)).await.expect("moved");
    let again = edit(&card, 2, form("Ірина", "", &[("Кава", "1", "9")]));
    let details = db.store.edit_deal(&shop.manager, again).await.expect("edited");
    assert_eq!((details.contents_version, details.card.stage), (4, shop.stage(1)));
    db.sound().await;
}

async fn an_edit_says_what_changed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let same = form("Ірина", "", &[("Чайник", "1", "100")]);
    let end = db.store.log_end().await.expect("the end");
    let details = db.store.edit_deal(&shop.manager, edit(&card, 1, same)).await.expect("nothing to do");
    assert_eq!((details.card.version, db.store.log_end().await.expect("the end")), (1, end));
    let other =
        DealForm {
            source: "ads".into(), comment: "Так".into(), ..form("Ірина", "", &[("Чайник", "3", "100")])
        };
    db.store.edit_deal(&shop.manager, edit(&card, 1, other)).await.expect("edited");
    let history = db.store.deal_history(&shop.viewer, card.id).await.expect("a history");
    let Fact::DealEdited(edited) = &history[0].fact else { panic!("{:?}", history[0]) };
    assert_eq!(edited.changed, [Changed::Lines, Changed::Sum, Changed::Source, Changed::Comment]);
    assert_eq!((edited.sum_before, edited.sum, edited.version), (10_000, 30_000, 2));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn only_somebody_who_sees_the_deal_can_be_responsible(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let gone = colleague(&db.store, "Колишня", Role::Manager, &[shop.one]).await;
    db.store.change_user(&shop.owner, id(), user(&gone), UserChange::Remove).await.expect("removed");
    let fault = Refusal::Faults { faults: vec![(Field::Responsible, Fault::Unknown)] };
    db.untouched(async {
        for nobody in [user(&shop.stranger), user(&gone), UserId(999)] {
            let made = DealForm { responsible: Some(nobody), ..form("Ірина", "", &[]) };
            let made = create(&shop.orders, made);
            assert_eq!(refusal(db.store.create_deal(&shop.manager, made.clone()).await), fault);
            assert_eq!(refusal(db.store.edit_deal(&shop.manager, edit(&card, 1, made.form)).await), fault);
            let assign = AssignDeal { command: id(), deal: card.id, to: Some(nobody) };
            assert_eq!(refusal(db.store.assign_deal(&shop.manager, assign).await), fault);
        }
    })
    .await;
    for somebody in [&shop.owner, &shop.admin, &shop.viewer] {
        let assign = AssignDeal { command: id(), deal: card.id, to: Some(user(somebody)) };
        db.store.assign_deal(&shop.manager, assign).await.expect("assigned");
    }
    db.sound().await;
}

async fn a_deal_is_handed_over_and_back(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let assign = |to| AssignDeal { command: id(), deal: card.id, to };
    let card = db.store.assign_deal(&shop.manager, assign(Some(user(&shop.head)))).await.expect("assigned");
    assert_eq!((card.responsible, card.version), (Some(user(&shop.head)), 2));
    let same = db.store.assign_deal(&shop.manager, assign(Some(user(&shop.head)))).await.expect("as it was");
    assert_eq!(same, card);
    let card = db.store.assign_deal(&shop.manager, assign(None)).await.expect("given back");
    assert_eq!((card.responsible, card.version), (None, 3));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn a_phone_is_found_again_in_every_writing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut customers = Vec::new();
    for writing in
        ["+380501234567", "0501234567", "050 123-45-67", "8 (050) 123 45 67", "380501234567", "00380501234567"]
    {
        let made = create(&shop.orders, form("Хтось", writing, &[]));
        customers.push(db.store.create_deal(&shop.manager, made).await.expect("made").customer);
    }
    customers.dedup();
    assert_eq!(customers.len(), 1, "{customers:?}");
    let email = DealForm { email: "IRA@example.com".into(), ..form("Ірина", "0501234567", &[]) };
    let card = db.store.create_deal(&shop.manager, create(&shop.orders, email)).await.expect("made");
    assert_eq!((card.customer, card.customer_name.as_str()), (customers[0], "Хтось"), "a known name stays");
    let by_email = DealForm { email: "ira@EXAMPLE.com".into(), ..form("Ірина", "", &[]) };
    let card = db.store.create_deal(&shop.manager, create(&shop.orders, by_email)).await.expect("made");
    assert_eq!(card.customer, customers[0], "an address that was learnt finds them too");
    let other = create(&shop.orders, form("Хтось", "0671112233", &[]));
    assert_ne!(db.store.create_deal(&shop.manager, other).await.expect("made").customer, customers[0]);
    db.sound().await;
}

async fn an_edit_may_move_the_deal_to_another_customer(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let make = async |name: &str, phone: &str| {
        let made = create(&shop.orders, form(name, phone, &[]));
        db.store.create_deal(&shop.manager, made).await.expect("made")
    };
    let (one, two) = (make("Ірина", "0501234567").await, make("Оксана", "0671112233").await);
    let details =
        db.store.edit_deal(&shop.manager, edit(&one, 1, form("Оксана Д.", "0671112233", &[]))).await.expect("edited");
    assert_eq!(details.card.customer, two.customer);
    assert_eq!(details.card.customer_name, "Оксана Д.");
    let other = db.store.card(&shop.viewer, two.id).await.expect("there");
    assert_eq!(other.customer_name, "Оксана Д.", "her other deal has her new name");
    watcher.agrees(&db.store).await;
    // A new phone of the same customer stays theirs.
    let details =
        db.store.edit_deal(&shop.manager, edit(&one, 2, form("Оксана Д.", "0931234567", &[]))).await.expect("edited");
    assert_eq!((details.card.customer, details.phone.as_deref()), (two.customer, Some("+380931234567")));
    let details = db.store.edit_deal(&shop.manager, edit(&one, 3, form("Оксана Д.", "", &[]))).await.expect("edited");
    assert_eq!((details.card.customer, details.phone), (two.customer, None));
    watcher.agrees(&db.store).await;
    db.sound().await;
}

async fn a_search_follows_the_customer(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let make = async |name: &str, phone: &str, good: &str| {
        let made = create(&shop.orders, form(name, phone, &[(good, "1", "1")]));
        db.store.create_deal(&shop.manager, made).await.expect("made")
    };
    let (one, two) = (make("Ірина", "0501234567", "Чай").await, make("Ірина", "0501234567", "Кава").await);
    let found = async |text: &str| found(&db, &shop.manager, shop.orders.id, text).await;
    assert_eq!(found("ірина").await, [one.id, two.id]);
    // Renamed and with another phone by one deal, found by it on both.
    let renamed = form("Їжак", "0671112233", &[("Чай", "1", "1")]);
    db.store.edit_deal(&shop.manager, edit(&one, 1, renamed)).await.expect("edited");
    assert_eq!(found("їжак").await, [one.id, two.id]);
    assert_eq!(found("067 111").await, [one.id, two.id]);
    assert_eq!(found("0501234567").await, []);
    assert_eq!(found("ірина").await, []);
    assert_eq!(found("кава").await, [two.id]);
    // Over to somebody else: the one who stays keeps what finds them.
    let three = make("Марта", "0931234567", "Мед").await;
    let over = form("Марта Нова", "0931234567", &[("Чай", "1", "1")]);
    db.store.edit_deal(&shop.manager, edit(&one, 2, over)).await.expect("edited");
    assert_eq!(found("марта нова").await, [one.id, three.id]);
    assert_eq!(found("їжак").await, [two.id]);
    // An address that a later deal brings finds the earlier ones.
    let brought = DealForm { email: "marta@example.com".into(), ..form("Марта", "0931234567", &[]) };
    let four = db.store.create_deal(&shop.manager, create(&shop.orders, brought)).await.expect("made");
    assert_eq!(found("marta@").await, [one.id, three.id, four.id]);
    db.sound().await;
}

async fn found(db: &TestDb, ctx: &Ctx, funnel: FunnelId, text: &str) -> Vec<DealId> {
    let filter = Filter { text: text.into(), ..Filter::default() };
    let page = db.store.deals_page(ctx, Some(funnel), None, &filter, (DealId(0), 100)).await.expect("a page");
    page.into_iter().map(|card| card.id).collect()
}

async fn two_at_once_make_one_customer(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = (0..12).map(|_| {
        let command = create(&shop.orders, form("Ірина", "0501234567", &[]));
        db.store.create_deal(&shop.manager, command)
    });
    let cards: Vec<Card> = futures::future::join_all(made).await.into_iter().map(|card| card.expect("made")).collect();
    assert!(cards.iter().all(|card| card.customer == cards[0].customer), "{cards:?}");
    // Two edits of one customer's deals, both at once, end with one of the two and a search that knows it.
    let edits = cards.iter().take(6).enumerate().map(|(n, card)| {
        let command = edit(card, 1, form(&format!("Ірина {n}"), &format!("06711122{n}{n}"), &[]));
        db.store.edit_deal(&shop.manager, command)
    });
    for answer in futures::future::join_all(edits).await {
        answer.expect("edited");
    }
    let card = db.store.card(&shop.manager, cards[11].id).await.expect("there");
    let mut ids: Vec<DealId> = cards.iter().map(|card| card.id).collect();
    ids.sort();
    let all = found(&db, &shop.manager, shop.orders.id, &card.customer_name.to_lowercase()).await;
    assert_eq!(all, ids, "{}", card.customer_name);
    db.sound().await;
}

async fn who_may_not_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let card = shop.deal(&db.store, "Ірина").await;
    let bare = || form("Хтось", "0501234567", &[]);
    let assign = || AssignDeal { command: id(), deal: card.id, to: None };
    db.untouched(async {
        for (ctx, why) in [(&shop.viewer, Refusal::NotAllowed), (&shop.stranger, Refusal::NotFound)] {
            let ctx = &Ctx { now: NOW + 1, ..ctx.clone() };
            assert_eq!(refusal(db.store.create_deal(ctx, create(&shop.orders, bare())).await), why);
            assert_eq!(refusal(db.store.edit_deal(ctx, edit(&card, 1, bare())).await), why);
            assert_eq!(refusal(db.store.assign_deal(ctx, assign()).await), why);
            assert_eq!(refusal(db.store.move_deal(ctx, to(&card, shop.stage(1), Place::Top)).await), why);
        }
        // Nor into another storefront through the shared funnel.
        let foreign = CreateDeal { storefront: Some(shop.two), ..create(&shop.shared, bare()) };
        assert_eq!(refusal(db.store.create_deal(&shop.manager, foreign).await), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn an_order_s_own_sum_survives_an_edit(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    // Delivery is in the order's total and in none of its lines.
    let order = IncomingOrder { total: 58_000, shipping_total: 8_000, ..incoming("7") };
    let made = db.store.receive_order(shop.one, NOW, order.clone(), Arrival::Sent).await.expect("received");
    let deal = made.deal.expect("a deal");
    let before = db.store.deal(&shop.manager, deal).await.expect("there");
    let lines = [("Чайник", "1", "300"), ("Чашка", "2", "100")];
    let form = DealForm {
        comment: "Подзвонити".into(), sum: "580,00".into(), ..form("Покупець 7", "", &lines)
    };
    let form = DealForm { email: "buyer7@example.com".into(), source: "site".into(), ..form };
    let edit = EditDeal { command: id(), deal, seen: before.contents_version, form };
    let after = db.store.edit_deal(&shop.manager, edit).await.expect("edited");
    assert_eq!((after.card.sum, after.comment.as_str()), (58_000, "Подзвонити"));
    // And the deal still follows its order.
    let dearer = IncomingOrder { total: 61_000, changed_at: NOW + HOUR, ..order };
    db.store.receive_order(shop.one, NOW, dearer, Arrival::Sent).await.expect("received");
    assert_eq!(db.store.card(&shop.manager, deal).await.expect("there").sum, 61_000);
    let wrong = DealForm { sum: "багато".into(), ..crate::common::shop::form("Ірина", "", &[]) };
    let faults = refusal(db.store.create_deal(&shop.manager, create(&shop.orders, wrong)).await);
    assert_eq!(faults, Refusal::Faults { faults: vec![(Field::Sum, Fault::NotANumber)] });
}

async fn a_deal_is_not_born_lost(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let born = CreateDeal { stage: Some(shop.lost()), ..create(&shop.orders, form("Ірина", "", &[])) };
    let refused = db.untouched(async { refusal(db.store.create_deal(&shop.manager, born).await) }).await;
    assert_eq!(refused, Refusal::ReasonNeeded);
}

async fn a_phone_tells_nobody_of_another_storefront_s_customer(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let ours = form("Ірина Бойко", "0501234567", &[]);
    let ours = DealForm { email: "ira@example.com".into(), ..ours };
    let known = db.store.create_deal(&shop.manager, create(&shop.orders, ours)).await.expect("made");
    let guess = create(&shop.second, form("Хтось", "0501234567", &[]));
    let made = db.store.create_deal(&shop.stranger, guess).await.expect("made");
    let seen = db.store.deal(&shop.stranger, made.id).await.expect("there");
    assert_ne!(made.customer, known.customer);
    assert_eq!((seen.card.customer_name.as_str(), seen.email), ("Хтось", None));
    let by_email = DealForm { email: "ira@example.com".into(), ..form("Хтось інший", "", &[]) };
    let made = db.store.create_deal(&shop.stranger, create(&shop.second, by_email)).await.expect("made");
    let seen = db.store.deal(&shop.stranger, made.id).await.expect("there");
    assert_eq!((seen.card.customer_name.as_str(), seen.phone), ("Хтось інший", None));
    // Whoever works for both finds the one who is known.
    let again = create(&shop.second, form("Ірина", "0501234567", &[]));
    let made = db.store.create_deal(&shop.admin, again).await.expect("made");
    assert_eq!(made.customer, known.customer);
}
