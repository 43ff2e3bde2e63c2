//! Lists as files: who gets them, what is in them, and what never is.

use std::collections::BTreeSet;
use std::io::Cursor;

use crate::common::{Shop, Someone, World, goods, phone_of, problem, system};
use calamine::{Data, Reader, Xlsx};
use domain::auth::{Role, Who};
use domain::deals::{CreateDeal, DealForm, LineForm, Source};
use domain::event::Fact;
use domain::export::{Form, List, address, unguarded};
use domain::ids::*;
use domain::money::Currency;
use domain::orders::{IncomingCustomer, IncomingOrder, Line, ShopStatus};
use http::StatusCode;
use reqwest::{Method, Response};
use store::orders::Arrival;

const EVIL: &str = "=HYPERLINK(\"http://evil.example\";\"Олена\")";

async fn ask(world: &World, who: Option<&Someone>, path: &str) -> Response {
    let request = world.app.get(path).header("accept-language", "en");
    let request = match who {
        Some(who) => request.header("cookie", &who.cookie),
        None => request,
    };
    request.send().await.expect("an answer")
}

async fn bytes(answer: Response) -> Vec<u8> {
    assert_eq!(answer.status(), StatusCode::OK, "{}", answer.url());
    answer.bytes().await.expect("a whole body").to_vec()
}

/// The rows of a file in English, its headings first.
async fn csv(world: &World, who: &Someone, path: &str) -> Vec<Vec<String>> {
    rows(&bytes(ask(world, Some(who), path).await).await)
}

fn rows(file: &[u8]) -> Vec<Vec<String>> {
    let text = file.strip_prefix("\u{feff}".as_bytes()).expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

/// One column without its heading.
fn column(rows: &[Vec<String>], heading: &str) -> Vec<String> {
    let place = rows[0].iter().position(|word| word == heading).unwrap_or_else(|| panic!("{heading}: {:?}", rows[0]));
    rows[1..].iter().map(|row| unguarded(&row[place]).to_owned()).collect()
}

async fn sheet(world: &World, who: &Someone, path: &str, name: &str) -> Vec<Vec<Data>> {
    let file = bytes(ask(world, Some(who), path).await).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).expect("a workbook");
    let formulas = book.worksheet_formula(name).expect("a sheet");
    assert!(formulas.rows().flatten().all(String::is_empty), "no cell is a formula");
    book.worksheet_range(name).expect("a sheet").rows().map(<[Data]>::to_vec).collect()
}

async fn deal(world: &World, shop: &Shop, form: DealForm) -> DealId {
    let (command, funnel) = (CommandId::new_v4(), shop.funnel.id);
    let command = CreateDeal { command, funnel, stage: None, storefront: Some(shop.id), form };
    world.store().create_deal(&system(), command).await.expect("a deal").id
}

async fn order(world: &World, shop: &Shop, number: &str) {
    let now = app::ctx::now();
    let line = |name: &str, quantity| Line { name: name.into(), sku: String::new(), quantity, price: 12_550 };
    let order = IncomingOrder {
        external_id: number.into(),
        cart: None,
        number: number.into(),
        shop_status: "processing".into(),
        status: ShopStatus::Processing,
        currency: Currency::UAH,
        total: 37_650,
        shipping_total: 0,
        discount_total: 0,
        payment_method: "Картка".into(),
        paid: true,
        placed_at: now,
        changed_at: now,
        customer: IncomingCustomer {
            name: format!("Покупець {number}"),
            phone: None,
            email: Some(format!("{}@example.com", number.to_lowercase())),
        },
        note: "Зателефонуйте".into(),
        lines: vec![line("Чашка", 2), line("Ложка", 1)],
        source: Source::Site,
    };
    world.store().receive_order(shop.id, now, order, Arrival::Sent).await.expect("received");
}

fn every_address() -> Vec<String> {
    List::ALL.into_iter().flat_map(|list| Form::ALL.map(|form| address(list, form))).collect()
}

#[tokio::test]
async fn heads_and_above_take_lists_out_and_nobody_else_does() {
    let world = World::new().await;
    world.deal(&world.ours, "Олена").await;
    order(&world, &world.ours, "A-1").await;
    for path in every_address() {
        let before = world.app.fingerprint().await;
        assert_eq!(ask(&world, None, &path).await.status(), StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(world.app.fingerprint().await, before, "{path}");
    }
    for role in Role::ALL {
        let who = world.someone(role, &[world.ours.id]).await;
        for path in every_address() {
            let before = world.app.fingerprint().await;
            let answer = ask(&world, Some(&who), &path).await;
            if role >= Role::Head {
                assert_eq!(answer.status(), StatusCode::OK, "{path} for {role:?}");
                assert!(!answer.bytes().await.expect("a whole body").is_empty());
            } else {
                assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} for {role:?}");
                let text = answer.text().await.expect("words");
                assert!(text.contains("role") && !text.contains("Олена"), "{text}");
                assert_eq!(world.app.fingerprint().await, before, "{path} for {role:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_file_holds_ones_own_storefronts_and_no_trace_of_another() {
    let world = World::new().await;
    world.deal(&world.ours, "Олена").await;
    world.deal(&world.ours, "Спільна").await;
    world.deal(&world.theirs, "Спільна").await;
    world.deal(&world.theirs, "Чужий").await;
    order(&world, &world.ours, "A-1").await;
    order(&world, &world.theirs, "B-1").await;
    goods::product(world.store(), world.ours.id, "Кава в зернах").await;
    goods::product(world.store(), world.theirs.id, "Чай").await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    for list in List::ALL {
        let found = csv(&world, &head, &address(list, Form::Csv)).await;
        assert!(found.len() > 1, "{list:?}");
        let text = format!("{found:?}");
        assert!(!text.contains("Чай") && !text.contains("Чужий") && !text.contains("B-1"), "{list:?}: {text}");
    }
    let customers = csv(&world, &head, "/export/customers.csv").await;
    let known: Vec<_> = column(&customers, "Customer").into_iter().zip(column(&customers, "Deals")).collect();
    let known: Vec<_> = known.iter().map(|(name, deals)| (name.as_str(), deals.as_str())).collect();
    assert_eq!(known, [("Олена", "1"), ("Спільна", "1"), ("Покупець A-1", "1")], "the deal elsewhere is not counted");

    let theirs = (world.theirs.id, world.theirs.funnel.id);
    for path in [
        format!("/export/deals.csv?storefront={}", theirs.0),
        format!("/export/deals.xlsx?funnel={}", theirs.1),
        format!("/export/customers.csv?storefront={}", theirs.0),
        format!("/export/orders.xlsx?storefront={}", theirs.0),
        format!("/export/events.csv?storefront={}", theirs.0),
        "/export/orders.csv?storefront=999".to_owned(),
    ] {
        let before = world.app.fingerprint().await;
        assert_eq!(ask(&world, Some(&head), &path).await.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(world.app.fingerprint().await, before, "{path}");
    }

    let owner = world.someone(Role::Owner, &[]).await;
    let customers = csv(&world, &owner, "/export/customers.csv").await;
    let deals: Vec<_> = column(&customers, "Deals");
    assert_eq!((customers.len() - 1, deals.contains(&"2".to_owned())), (5, true));
    let orders = csv(&world, &owner, &format!("/export/orders.csv?storefront={}", theirs.0)).await;
    assert_eq!(column(&orders, "Order number"), ["B-1"]);
}

#[tokio::test]
async fn deals_are_those_that_the_filter_shows() {
    let world = World::new().await;
    let made = [world.deal(&world.ours, "Олена").await.id, world.deal(&world.ours, "Тарас").await.id];
    world.move_to(made[1], 1).await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    for (query, expected) in [
        ("", &made[..]),
        ("?q=%D1%82%D0%B0%D1%80%D0%B0%D1%81", &made[1..]),
        ("?q=&responsible=nobody&overdue=0&sum_min=900", &made[..]),
        ("?sum_min=901", &made[..0]),
        ("?to=2020-01-01", &made[..0]),
        ("?from=2020-01-01", &made[..]),
        (format!("?funnel={}", world.ours.funnel.id).as_str(), &made[..]),
    ] {
        let rows = csv(&world, &head, &format!("/export/deals.csv{query}")).await;
        let expected: Vec<String> = expected.iter().map(DealId::to_string).collect();
        assert_eq!(column(&rows, "Number"), expected, "{query}");
    }
    let rows = csv(&world, &head, "/export/deals.csv").await;
    let stages = [&world.ours.funnel.stages[0].name, &world.ours.funnel.stages[1].name];
    assert_eq!(column(&rows, "Stage").iter().collect::<Vec<_>>(), stages);
    for (query, expected) in [("?until=2020-01-01", 0), ("?since=2020-01-01", 2)] {
        let rows = csv(&world, &head, &format!("/export/customers.csv{query}")).await;
        assert_eq!(rows.len() - 1, expected, "{query}");
    }
    let rows = csv(&world, &head, "/export/events.csv?until=2020-01-01").await;
    assert_eq!(rows.len(), 1, "the headings alone");
}

#[tokio::test]
async fn what_a_customer_typed_is_never_a_formula() {
    let world = World::new().await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let form = DealForm {
        customer_name: EVIL.into(),
        phone: phone_of("Олена"),
        source: "site".into(),
        comment: "+1; \"так\",\r\nі ще рядок".into(),
        lines: vec![LineForm {
            name: "@SUM(A1)".into(),
            sku: String::new(),
            quantity: "3".into(),
            price: "12,5".into(),
        }],
        ..DealForm::default()
    };
    deal(&world, &world.ours, form).await;
    let rows = csv(&world, &head, "/export/deals.csv").await;
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
    }
    assert_eq!(column(&rows, "Customer"), [EVIL]);
    assert_eq!(column(&rows, "Phone"), [phone_of("Олена")]);
    assert_eq!(column(&rows, "Goods"), ["@SUM(A1) × 3"]);
    assert_eq!(column(&rows, "Sum"), ["37.50"]);
    assert!(column(&rows, "Comment")[0].starts_with("+1; \"так\","), "{rows:?}");

    let sheet = sheet(&world, &head, "/export/deals.xlsx", "Deals").await;
    let cell = |heading: &str| {
        let place = sheet[0].iter().position(|cell| *cell == Data::String(heading.into())).expect(heading);
        &sheet[1][place]
    };
    assert_eq!(*cell("Customer"), Data::String(EVIL.into()));
    assert_eq!(*cell("Sum"), Data::Float(37.5));
    assert!(matches!(cell("Created"), Data::DateTime(_)), "{:?}", cell("Created"));
}

#[tokio::test]
async fn a_file_speaks_the_reader_s_language_and_has_a_harmless_name() {
    let world = World::new().await;
    order(&world, &world.ours, "A-1").await;
    let owner = world.someone(Role::Owner, &[]).await;
    let request = world.app.get("/export/orders.csv").header("cookie", &owner.cookie);
    let answer = request.header("accept-language", "uk").send().await.expect("an answer");
    let header = |name: &str| answer.headers()[name].to_str().expect("ASCII").to_owned();
    assert_eq!(header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    let name = header("content-disposition");
    assert!(
        name.starts_with("attachment; filename=\"orders-20") && name.contains(".csv\"; filename*=UTF-8''"),
        "{name}"
    );
    let text = String::from_utf8(bytes(answer).await).expect("UTF-8");
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    assert!(lines.next().expect("headings").starts_with("Номер замовлення;Дата;Вітрина;Статус;"), "{text}");
    let line = lines.next().expect("an order");
    assert!(line.contains(";\"Чашка × 2; Ложка × 1\";376,50;0;0;UAH;Картка;так;Зателефонуйте;ні;"), "{line}");
}

#[tokio::test]
async fn what_can_t_be_read_is_refused_in_words_and_leaves_nothing() {
    let world = World::new().await;
    let owner = world.someone(Role::Owner, &[]).await;
    let before = world.app.fingerprint().await;
    for (path, status) in [
        ("/export/deals.csv?sum_min=x", StatusCode::BAD_REQUEST),
        ("/export/deals.csv?stage=1", StatusCode::BAD_REQUEST),
        ("/export/orders.csv?since=yesterday", StatusCode::BAD_REQUEST),
        ("/export/orders.csv?storefront=1&storefront=2", StatusCode::BAD_REQUEST),
        ("/export/deals.pdf", StatusCode::NOT_FOUND),
        ("/export/users.csv", StatusCode::NOT_FOUND),
        ("/export/..%2Fdeals.csv", StatusCode::NOT_FOUND),
        ("/export", StatusCode::NOT_FOUND),
    ] {
        let answer = ask(&world, Some(&owner), path).await;
        assert_eq!(answer.status(), status, "{path}");
        assert!(!answer.text().await.expect("words").is_empty(), "{path}");
    }
    for method in [Method::HEAD, Method::POST] {
        let request = world.app.request(method.clone(), "/export/deals.csv").header("cookie", &owner.cookie);
        let answer = request.header("sec-fetch-site", "same-origin").send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let request = world.app.get("/export/deals.csv").header("cookie", &owner.cookie);
    let answer = request.header("sec-fetch-site", "cross-site").send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::FORBIDDEN, "a foreign page has nothing made");
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn two_files_at_once_and_the_third_waits() {
    let world = World::new().await;
    let (head, other) =
        (world.someone(Role::Head, &[world.ours.id]).await, world.someone(Role::Head, &[world.ours.id]).await);
    let exports = world.app.running.as_ref().expect("running").state.exports.clone();
    let held = [exports.take(Who::User(head.user)), exports.take(Who::User(head.user))];
    assert!(held.iter().all(Result::is_ok));
    let before = world.app.fingerprint().await;
    for path in ["/export/deals.csv", "/export/deals.xlsx"] {
        let answer = ask(&world, Some(&head), path).await;
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS, "{path}");
        assert!(answer.headers().contains_key("retry-after"));
        assert!(answer.text().await.expect("words").contains("Two of your files"));
    }
    assert_eq!(world.app.fingerprint().await, before);
    assert_eq!(ask(&world, Some(&other), "/export/deals.csv").await.status(), StatusCode::OK);
    drop(held);
    bytes(ask(&world, Some(&head), "/export/deals.csv").await).await;
}

#[tokio::test]
async fn who_took_what_out_is_told_to_admins() {
    let world = World::new().await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let end = world.store().log_end().await.expect("the log");
    bytes(ask(&world, Some(&head), "/export/customers.xlsx").await).await;
    let written = world.store().raw_events(end).await.expect("the log");
    let [event] = written.as_slice() else { panic!("{written:?}") };
    assert_eq!((event.actor, &event.fact), (Who::User(head.user), &Fact::Exported { list: List::Customers }));
    let owner = world.someone(Role::Owner, &[]).await;
    let told =
        |rows: &[Vec<String>]| column(rows, "What happened").iter().any(|what| what.contains("Exported as a file"));
    assert!(told(&csv(&world, &owner, "/export/events.csv").await));
    assert!(!told(&csv(&world, &head, "/export/events.csv").await));
}

#[tokio::test]
async fn many_pages_are_one_file_with_each_row_once() {
    let world = World::new().await;
    let mut made = BTreeSet::new();
    for hundred in 0..12 {
        let deals = (0..100).map(|n| world.deal(&world.ours, if n == 7 { "Олена" } else { "Тарас" }));
        made.extend(futures::future::join_all(deals).await.into_iter().map(|card| card.id.to_string()));
        assert_eq!(made.len(), (hundred + 1) * 100);
    }
    made.insert(world.deal(&world.ours, "Ірина").await.id.to_string());
    let owner = world.someone(Role::Owner, &[]).await;
    let rows = csv(&world, &owner, "/export/deals.csv").await;
    let numbers = column(&rows, "Number");
    assert_eq!(numbers.len(), 1_201);
    assert_eq!(numbers.into_iter().collect::<BTreeSet<_>>(), made);
    assert!(column(&rows, "Goods").iter().all(|goods| goods == "Кава в зернах × 2"));
    let sheet = sheet(&world, &owner, "/export/deals.xlsx", "Deals").await;
    assert_eq!(sheet.len(), 1 + 1_201);
    // More than one stretch of the log.
    let events = csv(&world, &owner, "/export/events.csv").await;
    assert!(events.len() > 1_201, "{}", events.len());
}

#[tokio::test]
async fn a_script_gets_the_same_by_its_token() {
    let world = World::new().await;
    world.deal(&world.ours, "Олена").await;
    world.deal(&world.theirs, "Чужий").await;
    let ask = |token: String, path: String| {
        let request = world.app.get(&path).bearer_auth(token).header("accept-language", "en");
        async move { request.send().await.expect("an answer") }
    };
    let head = world.token(Role::Head, &[world.ours.id]).await;
    let manager = world.token(Role::Manager, &[world.ours.id]).await;
    let found = rows(&bytes(ask(head.clone(), "/api/v1/export/deals.csv".into()).await).await);
    assert_eq!(column(&found, "Customer"), ["Олена"]);
    let before = world.app.fingerprint().await;
    problem(ask(manager, "/api/v1/export/deals.csv".into()).await, StatusCode::FORBIDDEN).await;
    problem(ask("vk_guess".into(), "/api/v1/export/deals.csv".into()).await, StatusCode::UNAUTHORIZED).await;
    let theirs = format!("/api/v1/export/deals.csv?storefront={}", world.theirs.id);
    problem(ask(head.clone(), theirs).await, StatusCode::NOT_FOUND).await;
    problem(ask(head.clone(), "/api/v1/export/deals.csv?x=1".into()).await, StatusCode::BAD_REQUEST).await;
    problem(ask(head, "/api/v1/export/deals.pdf".into()).await, StatusCode::NOT_FOUND).await;
    assert_eq!(world.app.fingerprint().await, before);
}
