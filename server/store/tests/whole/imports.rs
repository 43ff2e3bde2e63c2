//! Files that come in: what they make, what they leave alone, what they refuse.

use crate::common::files::{guessed, start, take_in, through};
use crate::common::shop::{DAY, NOW, Shop, at, form, id, incoming, user};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::auth::Role;
use domain::board::{Card, Filter, Refusal};
use domain::deals::LINES_MAX;
use domain::import::*;
use domain::orders::ShopStatus;
use store::import::NewRow;
use store::orders::Arrival;

/// Its kind, headings and rows, and how much it makes.
type File = (Kind, &'static [&'static str], &'static [&'static [&'static str]], i64);

on_both![
    customers_come_in,
    deals_come_in,
    orders_come_in,
    a_refused_row_is_told_and_keeps_no_other,
    an_order_with_a_wrong_row_is_refused_whole,
    the_same_file_twice_makes_nothing_twice,
    a_head_finds_the_customers_that_they_brought,
    a_check_writes_nothing_and_tells_the_same,
    the_shop_s_own_word_is_newer_than_a_file_s,
    who_may_not_imports_nothing,
    what_cannot_be_done_now_is_refused,
    a_file_is_taken_in_whole_or_not_at_all,
    how_a_file_was_read_is_remembered,
];

const PEOPLE: [&str; 3] = ["ПІБ", "Телефон", "Email"];
const DEALS: [&str; 6] = ["Клієнт", "Телефон", "Етап", "Сума", "Товар", "Менеджер"];
const ORDERS: [&str; 7] = ["Номер замовлення", "Покупець", "Телефон", "Статус", "Товар", "Кількість", "Ціна"];

async fn cards(db: &TestDb, shop: &Shop) -> Vec<Card> {
    let none = Filter::default();
    let all = db.store.deals_page(&shop.owner, None, None, &none, (domain::ids::DealId(0), 200)).await;
    all.expect("deals")
}

async fn customers_come_in(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let known = shop.deal(&db.store, "Олена").await;
    let phone = crate::common::shop::create(&shop.orders, form("Ірина", "0501112233", &[]));
    db.store.create_deal(&shop.manager, phone).await.expect("made");
    let rows: &[&[&str]] = &[
        &["Олена Коваль", "050 123-45-67", "Olena@Example.com"],
        &["Ірина Бондар", "+380501112233", "iryna@example.com"],
        &["Той самий", "0501234567", ""],
        &["Без нічого", "", ""],
    ];
    let done = through(&db.store, &shop.owner, &shop, Kind::Customers, &PEOPLE, rows).await;
    assert_eq!((done.state, done.counts.total, done.counts.done), (ImportState::Done, 4, 4));
    assert_eq!((done.counts.made, done.counts.changed, done.counts.left), (2, 1, 1), "one brought an address along");
    let text = db.everything().await;
    assert!(text.contains("olena@example.com") && text.contains("+380501234567") && text.contains("Без нічого"));
    assert!(text.contains("iryna@example.com") && !text.contains(r#""name":"Ірина Бондар""#), "a name stays");
    assert_eq!(cards(&db, &shop).await.len(), 2, "customers make no deals");
    assert_eq!(known.version, 1);
    db.sound().await;
}

async fn deals_come_in(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let on_top = shop.deal(&db.store, "Уже тут").await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let (second, lost) = (&shop.orders.stages[1].name, &shop.orders.stage(shop.lost()).expect("there").name);
    let rows: &[&[&str]] = &[
        &["Олена", "0501234567", "", "1 200,50", "Чайник", "марко"],
        &["Олена", "0501234567", second, "300", "Чашка", ""],
        &["Ірина", "", lost, "0", "", ""],
    ];
    let done = through(&db.store, &shop.head, &shop, Kind::Deals, &DEALS, rows).await;
    assert_eq!((done.counts.made, done.counts.refused, done.state), (3, 0, ImportState::Done));
    assert_eq!(done.funnel, Some(shop.orders.id), "where the storefront's orders arrive");
    watcher.agrees(&db.store).await;
    let cards = cards(&db, &shop).await;
    let [_, first, second, third] = cards.as_slice() else { panic!("{cards:?}") };
    assert_eq!((first.sum, first.first_line.as_str()), (120_050, "Чайник"));
    assert_eq!((first.responsible, first.customer), (Some(user(&shop.manager)), second.customer));
    assert_eq!((second.stage, third.stage), (shop.stage(1), shop.lost()));
    assert!(first.stage == on_top.stage && first.position > on_top.position, "below what is worked on now");
    let history = db.store.deal_history(&shop.viewer, first.id).await.expect("a history");
    assert_eq!(history[0].actor.to_string(), format!("user:{}", user(&shop.head)));
    db.sound().await;
}

async fn orders_come_in(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let rows: &[&[&str]] = &[
        &["#1001", "Олена", "0501234567", "completed", "Чайник", "1", "300"],
        &["#1001", "", "", "", "Чашка", "2", "100"],
        &["1002", "", "", "власний статус", "Мед", "1", "70"],
    ];
    let done = through(&db.store, &shop.head, &shop, Kind::Orders, &ORDERS, rows).await;
    assert_eq!((done.counts.made, done.counts.done, done.counts.refused), (2, 3, 0), "two orders of three rows");
    watcher.agrees(&db.store).await;
    let cards = cards(&db, &shop).await;
    let [first, second] = cards.as_slice() else { panic!("{cards:?}") };
    let won = shop.orders.stages.iter().find(|stage| stage.kind == domain::funnels::StageKind::Won).expect("won");
    assert_eq!((first.order_number.as_deref(), first.stage, first.sum), (Some("1001"), won.id, 50_000));
    assert_eq!(second.customer_name, "№ 1002", "nobody is known by their order's number");
    let details = db.store.deal(&shop.viewer, first.id).await.expect("details");
    let order = details.order.expect("its order");
    assert_eq!((order.status, order.total, order.lines.len()), (ShopStatus::Completed, 50_000, 2));
    assert_eq!(order.lines, details.lines);
    let order = db.store.deal(&shop.viewer, second.id).await.expect("details").order.expect("its order");
    assert_eq!((order.status, order.shop_status.as_str()), (ShopStatus::Unknown, "власний статус"));
    db.sound().await;
}

async fn a_refused_row_is_told_and_keeps_no_other(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rows: &[&[&str]] = &[
        &["Олена", "05012", "", "100", "", ""],
        &["Ірина", "0501112233", "Десь", "багато", "", ""],
        &["Марта", "0671112233", "", "5", "", ""],
        &["", "", "", "5", "", "Ніхто такий"],
    ];
    let done = through(&db.store, &shop.head, &shop, Kind::Deals, &DEALS, rows).await;
    assert_eq!((done.counts.made, done.counts.refused, done.state), (1, 3, ImportState::Done));
    let refused = db.store.refused_rows(&shop.head, done.id, 0, 100).await.expect("rows");
    let told: Vec<_> = refused
        .iter()
        .map(|row| (row.row, row.wrong.iter().map(|wrong| (wrong.column, wrong.why)).collect::<Vec<_>>()))
        .collect();
    assert_eq!(
        told,
        [
            (2, vec![(Some(1), Why::NotAPhone)]),
            (3, vec![(Some(2), Why::UnknownStage), (Some(3), Why::NotANumber)]),
            (5, vec![(Some(5), Why::UnknownPerson)]),
        ]
    );
    assert_eq!(refused[0].cells, ["Олена", "05012", "", "100", "", ""], "as it came");
    let rest = db.store.refused_rows(&shop.head, done.id, 2, 1).await.expect("rows");
    assert_eq!(rest.iter().map(|row| row.row).collect::<Vec<_>>(), [3], "by pages");
    assert_eq!(cards(&db, &shop).await.len(), 1);
    db.sound().await;
}

async fn an_order_with_a_wrong_row_is_refused_whole(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let line = |number: &str, quantity: &str| {
        [number, "Олена", "0501234567", "", "Чай", quantity, "10"].map(str::to_owned).to_vec()
    };
    let mut rows = vec![line("1", "1"), line("1", "нуль"), line("1", "3")];
    // More lines than an order may have, over the borders of several commands.
    rows.extend(vec![line("2", "1"); LINES_MAX * 2]);
    rows.push(line("3", "1"));
    let texts: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
    let done = through(&db.store, &shop.head, &shop, Kind::Orders, &ORDERS, &texts).await;
    assert_eq!((done.counts.made, done.counts.refused), (1, 3 + LINES_MAX as i64 * 2));
    assert_eq!(done.counts.done, done.counts.total);
    let refused = db.store.refused_rows(&shop.head, done.id, 0, 1_000).await.expect("rows");
    let whys = |row: i64| refused.iter().find(|one| one.row == row).expect("it is told").wrong[0].why;
    assert_eq!((whys(2), whys(3), whys(4)), (Why::OrderRefused, Why::NotAQuantity, Why::OrderRefused));
    assert!(refused[3..].iter().all(|row| row.wrong[0].why == Why::TooManyLines));
    let cards = cards(&db, &shop).await;
    assert_eq!(cards.iter().map(|card| card.order_number.as_deref()).collect::<Vec<_>>(), [Some("3")]);
    db.sound().await;
}

async fn the_same_file_twice_makes_nothing_twice(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let people: &[&[&str]] = &[&["Олена", "0501234567", ""], &["Без нічого", "", ""], &["Ліда", "", "l@example.com"]];
    let deals: &[&[&str]] = &[
        &["Олена", "0501234567", "", "5", "Чай", ""],
        &["Хтось", "", "", "7", "", ""],
        &["Хтось", "", "", "7", "", ""],
    ];
    let orders: &[&[&str]] = &[&["7", "Олена", "0501234567", "", "Чай", "1", "5"]];
    let files: [File; 3] =
        [(Kind::Customers, &PEOPLE, people, 3), (Kind::Deals, &DEALS, deals, 2), (Kind::Orders, &ORDERS, orders, 1)];
    for (kind, headings, rows, made) in files {
        let first = through(&db.store, &shop.owner, &shop, kind, headings, rows).await;
        assert_eq!(first.counts.made, made, "{kind:?}: {:?}", first.counts);
        let before = db.without_imports().await;
        let again = through(&db.store, &shop.owner, &shop, kind, headings, rows).await;
        assert_eq!((again.counts.made, again.counts.changed), (0, 0), "{kind:?}");
        assert_eq!(again.counts.left, rows.len() as i64, "{kind:?}");
        assert_eq!(db.without_imports().await, before, "{kind:?}");
    }
    db.sound().await;
}

/// Whoever belongs to some storefronts sees only customers of these: what they brought themselves is among them.
async fn a_head_finds_the_customers_that_they_brought(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let people: &[&[&str]] = &[&["Олена", "0501234567", ""]];
    let first = through(&db.store, &shop.head, &shop, Kind::Customers, &PEOPLE, people).await;
    let again = through(&db.store, &shop.head, &shop, Kind::Customers, &PEOPLE, people).await;
    assert_eq!((first.counts.made, again.counts.made, again.counts.left), (1, 0, 1));
    // Another storefront's customer is nobody's business here.
    let elsewhere = crate::common::shop::create(&shop.second, form("Ірина", "0671112233", &[]));
    db.store.create_deal(&shop.owner, elsewhere).await.expect("made");
    let theirs: &[&[&str]] = &[&["Ірина", "0671112233", ""]];
    let done = through(&db.store, &shop.head, &shop, Kind::Customers, &PEOPLE, theirs).await;
    assert_eq!((done.counts.made, done.counts.left), (1, 0));
    db.sound().await;
}

async fn a_check_writes_nothing_and_tells_the_same(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut rows: Vec<Vec<String>> = (0..250).map(|n| order_row(&format!("{}", n % 230), "1")).collect();
    rows.push(order_row("x", "жодного"));
    let texts: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
    let import = take_in(&db.store, &shop.head, &shop, Kind::Orders, &ORDERS, &texts).await;
    let before = db.without_imports().await;
    let end = db.store.log_end().await.expect("the end");
    let checked = start(&db.store, &shop.head, &import, Purpose::Check).await;
    assert_eq!(checked.state, ImportState::Checked);
    assert_eq!(db.without_imports().await, before);
    assert_eq!(db.store.log_end().await.expect("the end"), end);
    assert_eq!(db.store.refused_rows(&shop.head, import.id, 0, 10).await.expect("rows").len(), 1);
    let done = start(&db.store, &shop.head, &import, Purpose::Import).await;
    assert_eq!((done.state, done.counts), (ImportState::Done, checked.counts));
    assert_eq!((done.counts.made, done.counts.left, done.counts.refused), (230, 20, 1));
    db.sound().await;
}

fn order_row(number: &str, quantity: &str) -> Vec<String> {
    [number, "Олена", "0501234567", "", "Чай", quantity, "10"].map(str::to_owned).to_vec()
}

async fn the_shop_s_own_word_is_newer_than_a_file_s(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let sent = incoming("5");
    db.store.receive_order(shop.one, NOW, sent.clone(), Arrival::Sent).await.expect("received");
    let rows: &[&[&str]] =
        &[&[&sent.number, "Хтось", "", "", "Чай", "1", "10"], &["6", "Олена", "0501234567", "", "Чай", "1", "10"]];
    let done = through(&db.store, &shop.head, &shop, Kind::Orders, &ORDERS, rows).await;
    assert_eq!((done.counts.made, done.counts.left), (1, 1), "what the shop sent is here already");
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let news = domain::orders::IncomingOrder { number: "6".into(), changed_at: 1, ..incoming("6") };
    let received = db.store.receive_order(shop.one, NOW, news, Arrival::Sent).await.expect("received");
    assert!(!received.unchanged);
    watcher.agrees(&db.store).await;
    let details = db.store.deal(&shop.viewer, received.deal.expect("a deal")).await.expect("details");
    assert_eq!(details.card.sum, 50_000, "the shop knows better");
    assert_eq!(cards(&db, &shop).await.len(), 2, "and no second deal came of it");
    db.sound().await;
}

async fn who_may_not_imports_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rows: &[&[&str]] = &[&["Олена", "0501234567", ""]];
    let mine = take_in(&db.store, &shop.head, &shop, Kind::Customers, &PEOPLE, rows).await;
    let elsewhere = crate::common::shop::colleague(&db.store, "Ганна", Role::Head, &[shop.two]).await;
    let mapping = guessed(&mine, rows);
    let cases = [
        (&shop.manager, Refusal::NotAllowed),
        (&shop.viewer, Refusal::NotAllowed),
        (&shop.stranger, Refusal::NotFound),
        (&elsewhere, Refusal::NotFound),
    ];
    for (ctx, why) in cases {
        let new = NewImport {
            kind: Kind::Customers,
            storefront: shop.one,
            funnel: None,
            file_name: "x.csv".into(),
            headings: vec!["ПІБ".into()],
        };
        let start = StartImport { import: mine.id, mapping: mapping.clone(), purpose: Purpose::Import };
        let row = NewRow { row: 9, cells: Vec::new() };
        db.untouched(async {
            assert_eq!(refusal(db.store.begin_import(ctx, id(), new).await), why);
            assert_eq!(refusal(db.store.add_rows(ctx, mine.id, vec![row]).await), why);
            assert_eq!(refusal(db.store.end_of_rows(ctx, mine.id).await), why);
            assert_eq!(refusal(db.store.start_import(ctx, id(), start).await), why);
            assert_eq!(refusal(db.store.stop_import(ctx, id(), mine.id).await), why);
            assert_eq!(refusal(db.store.undo_import(ctx, id(), mine.id).await), why);
            assert_eq!(refusal(db.store.import(ctx, mine.id).await), why);
            assert_eq!(refusal(db.store.sample_rows(ctx, mine.id, 5).await), why);
            assert_eq!(refusal(db.store.refused_rows(ctx, mine.id, 0, 5).await), why);
            assert_eq!(refusal(db.store.remembered_mapping(ctx, mine.id).await), why);
        })
        .await;
    }
    assert!(db.store.imports(&elsewhere).await.expect("a list").is_empty(), "another storefront's are not told");
    assert_eq!(refusal(db.store.imports(&shop.manager).await), Refusal::NotAllowed);
    assert_eq!(db.store.imports(&shop.head).await.expect("a list").len(), 1);
    let foreign = NewImport {
        kind: Kind::Deals,
        storefront: shop.one,
        funnel: Some(shop.second.id),
        file_name: "x.csv".into(),
        headings: vec!["ПІБ".into()],
    };
    assert_eq!(refusal(db.store.begin_import(&shop.owner, id(), foreign).await), Refusal::NotFound);
    db.sound().await;
}

async fn what_cannot_be_done_now_is_refused(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rows: &[&[&str]] = &[&["Олена", "0501234567", ""]];
    let one = take_in(&db.store, &shop.head, &shop, Kind::Customers, &PEOPLE, rows).await;
    let two = take_in(&db.store, &shop.head, &shop, Kind::Customers, &PEOPLE, rows).await;
    let begin = |import: &Import, mapping: Mapping| {
        let start = StartImport { import: import.id, mapping, purpose: Purpose::Import };
        let (store, head) = (db.store.clone(), shop.head.clone());
        async move { store.start_import(&head, id(), start).await }
    };
    let fault = |fault| Refusal::Import { fault };
    let mapping = guessed(&one, rows);
    let useless = Mapping { columns: vec![None; 3], ..mapping.clone() };
    let missing = MappingFault::Missing(vec![Field::Name, Field::Phone, Field::Email]);
    assert_eq!(refusal(begin(&one, useless).await), fault(ImportFault::Mapping(vec![missing])));
    let not_now = || fault(ImportFault::NotNow);
    assert_eq!(refusal(db.store.undo_import(&shop.head, id(), one.id).await), not_now());
    begin(&one, mapping.clone()).await.expect("started");
    assert_eq!(refusal(begin(&one, mapping.clone()).await), not_now());
    assert_eq!(refusal(begin(&two, mapping.clone()).await), fault(ImportFault::AnotherIsGoing));
    let stopped = db.store.stop_import(&shop.head, id(), one.id).await.expect("stopped");
    assert_eq!((stopped.state, stopped.failure), (ImportState::Failed, Some(Failure::Stopped)));
    assert_eq!(refusal(db.store.stop_import(&shop.head, id(), one.id).await), not_now());
    assert!(db.store.claim_import("a", NOW).await.expect("asked").is_none(), "nothing is left to do");
    begin(&two, mapping).await.expect("now it may");
    db.sound().await;
}

async fn a_file_is_taken_in_whole_or_not_at_all(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let new = |headings: Vec<String>| NewImport {
        kind: Kind::Customers,
        storefront: shop.one,
        funnel: None,
        file_name: "клієнти\u{0}.csv".into(),
        headings,
    };
    let fault = |fault| Refusal::Import { fault };
    let wide = vec!["Колонка".to_owned(); COLUMNS_MAX + 1];
    let begun = db.store.begin_import(&shop.head, id(), new(wide)).await;
    assert_eq!(refusal(begun), fault(ImportFault::TooManyColumns));
    let import =
        db.store.begin_import(&shop.head, id(), new(vec!["ПІБ".into(), "Телефон".into()])).await.expect("begun");
    let add = |rows: Vec<(i64, Vec<&str>)>| {
        let new =
            |(row, cells): (i64, Vec<&str>)| NewRow { row, cells: cells.into_iter().map(str::to_owned).collect() };
        let rows: Vec<NewRow> = rows.into_iter().map(new).collect();
        let (store, head) = (db.store.clone(), shop.head.clone());
        async move { store.add_rows(&head, import, rows).await }
    };
    assert_eq!(refusal(db.store.end_of_rows(&shop.head, import).await), fault(ImportFault::NoRows));
    assert!(db.store.imports(&shop.head).await.expect("a list").is_empty(), "it is not here yet");
    add(vec![(2, vec!["Олена"]), (4, vec!["Ірина", "", "", ""])])
        .await
        .expect("short rows and empty cells are nothing");
    let too_wide = add(vec![(5, vec!["а", "б", "в"])]).await;
    assert_eq!(refusal(too_wide), fault(ImportFault::RowTooWide { row: 5 }));
    assert_eq!(refusal(add(vec![(4, vec!["а"])]).await), fault(ImportFault::OutOfOrder));
    let long = "я".repeat(CELL_CHARS_MAX + 1);
    let too_long = add(vec![(6, vec!["а", long.as_str()])]).await;
    assert_eq!(refusal(too_long), fault(ImportFault::CellTooLong { row: 6, column: 1 }));
    let whole = db.store.end_of_rows(&shop.head, import).await.expect("whole");
    assert_eq!((whole.state, whole.counts.total, whole.file_name.as_str()), (ImportState::Uploaded, 2, "клієнти.csv"));
    assert_eq!(refusal(add(vec![(9, vec!["а"])]).await), fault(ImportFault::NotNow));
    let sample = db.store.sample_rows(&shop.head, import, 10).await.expect("rows");
    assert_eq!(sample, [["Олена", ""], ["Ірина", ""]]);
    db.sound().await;
}

async fn how_a_file_was_read_is_remembered(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let rows: &[&[&str]] = &[&["Олена", "0501234567", ""]];
    let first = take_in(&db.store, &shop.head, &shop, Kind::Customers, &PEOPLE, rows).await;
    assert_eq!(db.store.remembered_mapping(&shop.head, first.id).await.expect("asked"), None);
    let done = start(&db.store, &shop.head, &first, Purpose::Import).await;
    let again =
        take_in(&db.store, &at(&shop.head, NOW + DAY), &shop, Kind::Customers, &["піб", "ТЕЛЕФОН", "email"], rows)
            .await;
    let remembered = db.store.remembered_mapping(&shop.head, again.id).await.expect("asked");
    assert_eq!(remembered, done.mapping);
    assert!(remembered.is_some());
    let deals = take_in(&db.store, &shop.head, &shop, Kind::Deals, &PEOPLE, rows).await;
    assert_eq!(db.store.remembered_mapping(&shop.head, deals.id).await.expect("asked"), None, "another kind");
    db.sound().await;
}
