//! Tables by the door of files, from outside: taken in, mapped, imported, the refused rows mended and sent again, taken
//! back; and everything that must not be taken in.

use std::time::{Duration, Instant};

use crate::common::{Someone, World, json, system};
use domain::auth::{Role, Who};
use domain::board::filter::Filter;
use domain::ids::*;
use encoding_rs::WINDOWS_1251;
use http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Response;
use serde_json::{Value, json as value};

/// Until an import of a few rows has ended.
const END_TIME_MAX: Duration = Duration::from_secs(60);
const ORDERS: &str = "Номер замовлення;Клієнт;Телефон;Сума замовлення;Коментар\n\
    1001;Олена Коваль;050 111 22 33;1 250,50;передзвонити\n\
    1002;Тарас Мельник;067 111 22 33;багато;\n\
    1003;Ірина Бойко;093 111 22 33;300;\"двері; код 5\"\n";

async fn upload(world: &World, who: &Someone, query: &str, file: impl Into<reqwest::Body>) -> Response {
    let request = world.app.post(&format!("/import/upload?{query}")).header("cookie", &who.cookie).body(file);
    request.send().await.expect("an answer")
}

fn ours(world: &World) -> String {
    format!("storefront={}&kind=orders&funnel={}&name=Кава.csv", world.ours.id, world.ours.funnel.id)
}

async fn call(world: &World, who: &Someone, name: &str, body: &Value) -> Response {
    let mut paths = server_fn_paths().map(|(path, _)| path);
    let path = paths.find(|path| path.rsplit('/').next() == Some(name)).expect("a server function");
    let request = world.app.post(path).header("cookie", &who.cookie).json(body);
    request.send().await.expect("an answer")
}

/// A call that a form could make.
async fn ask(world: &World, who: &Someone, name: &str, fields: &[(&str, &str)]) -> Response {
    world.app.submit(name, fields).header("cookie", &who.cookie).send().await.expect("an answer")
}

/// Set going with the mapping that was guessed, and followed to its end.
async fn run(world: &World, who: &Someone, draft: &Value, purpose: &str) -> Value {
    let id = &draft["import"]["id"];
    let start = value!({ "import": id, "mapping": draft["mapping"], "purpose": purpose });
    let body = value!({ "command": CommandId::new_v4(), "start": start });
    json(call(world, who, "run_import", &body).await, StatusCode::OK).await;
    ended(world, who, id).await
}

async fn ended(world: &World, who: &Someone, import: &Value) -> Value {
    let begun = Instant::now();
    loop {
        let now = ask(world, who, "import_progress", &[("import", &import.to_string())]).await;
        let now = json(now, StatusCode::OK).await;
        if !matches!(now["state"].as_str(), Some("checking" | "running" | "undoing")) {
            return now;
        }
        assert!(begun.elapsed() < END_TIME_MAX, "{now}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn report(world: &World, who: &Someone, import: &Value) -> Response {
    let request = world.app.get(&format!("/import/{import}/report.csv")).header("cookie", &who.cookie);
    request.header("accept-language", "uk").send().await.expect("an answer")
}

/// The customers on our board, by name.
async fn customers(world: &World) -> Vec<String> {
    let page = world.store().deals_page(&system(), None, None, &Filter::default(), (DealId(0), 200)).await;
    let mut names: Vec<String> = page.expect("deals").into_iter().map(|card| card.customer_name).collect();
    names.sort();
    names
}

#[tokio::test]
async fn refused_rows_are_mended_and_sent_again_and_the_whole_is_taken_back() {
    let world = World::new().await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let draft = json(upload(&world, &head, &ours(&world), ORDERS).await, StatusCode::OK).await;
    assert_eq!(draft["import"]["file_name"], "Кава.csv");
    assert_eq!(draft["values"][4], value!(["передзвонити", "двері; код 5"]));
    let columns = value!(["order_number", "name", "phone", "sum", "comment"]);
    assert_eq!((&draft["mapping"]["columns"], &draft["remembered"]), (&columns, &value!(false)));

    // Checked first: what would happen is told, and nothing has.
    let before = customers(&world).await;
    let checked = run(&world, &head, &draft, "check").await;
    assert_eq!((&checked["state"], &checked["counts"]["refused"]), (&value!("checked"), &value!(1)));
    assert_eq!(customers(&world).await, before);

    let done = run(&world, &head, &draft, "import").await;
    let counts = &done["counts"];
    assert_eq!((&done["state"], &counts["made"], &counts["refused"]), (&value!("done"), &value!(2), &value!(1)));
    assert_eq!(customers(&world).await, ["Ірина Бойко", "Олена Коваль"]);

    let refused = report(&world, &head, &done["id"]).await;
    assert_eq!(refused.status(), StatusCode::OK);
    let name = refused.headers()["content-disposition"].to_str().expect("ASCII").to_owned();
    assert!(name.starts_with("attachment;") && name.contains("refused"), "{name}");
    let refused = refused.text().await.expect("a file");
    let lines: Vec<&str> = refused.trim_start_matches('\u{FEFF}').lines().collect();
    assert_eq!(lines[0], "Рядок;Колонка;Причина;Номер замовлення;Клієнт;Телефон;Сума замовлення;Коментар");
    assert_eq!(lines[1], "3;Сума замовлення;Це не число;1002;Тарас Мельник;067 111 22 33;багато;");
    assert_eq!(lines.len(), 2);

    // Mended in the file itself, and sent as it is: the mapping is known by now.
    let mended = refused.replace("багато", "99,90");
    let again = json(upload(&world, &head, &ours(&world), mended).await, StatusCode::OK).await;
    assert_eq!((&again["remembered"], &again["mapping"]["columns"]), (&value!(true), &columns));
    let second = run(&world, &head, &again, "import").await;
    assert_eq!((&second["counts"]["made"], &second["counts"]["refused"]), (&value!(1), &value!(0)));
    assert_eq!(customers(&world).await, ["Ірина Бойко", "Олена Коваль", "Тарас Мельник"]);

    // The same once more makes nothing twice.
    let third = json(upload(&world, &head, &ours(&world), ORDERS).await, StatusCode::OK).await;
    let third = run(&world, &head, &third, "import").await;
    assert_eq!((&third["counts"]["made"], &third["counts"]["left"]), (&value!(0), &value!(2)));

    let (command, id) = (CommandId::new_v4().to_string(), done["id"].to_string());
    let undo = [("command", command.as_str()), ("import", id.as_str())];
    json(ask(&world, &head, "undo_import", &undo).await, StatusCode::OK).await;
    let undone = ended(&world, &head, &done["id"]).await;
    assert_eq!((&undone["state"], &undone["counts"]["undone"]), (&value!("undone"), &value!(2)));
    assert_eq!(customers(&world).await, ["Тарас Мельник"]);
}

#[tokio::test]
async fn a_table_of_another_alphabet_or_kind_is_read_as_well() {
    let world = World::new().await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let (old, _, _) = WINDOWS_1251.encode(ORDERS);
    let draft = json(upload(&world, &head, &ours(&world), old.into_owned()).await, StatusCode::OK).await;
    assert_eq!(draft["values"][1], value!(["Олена Коваль", "Тарас Мельник", "Ірина Бойко"]));
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, (heading, cell)) in [("Номер замовлення", "7"), ("Клієнт", "Олена"), ("Сума", "10")].iter().enumerate()
    {
        let column = u16::try_from(column).expect("few");
        sheet.write_string(0, column, *heading).expect("written");
        sheet.write_string(1, column, *cell).expect("written");
    }
    let book = book.save_to_buffer().expect("a workbook");
    let draft = json(upload(&world, &head, &ours(&world), book).await, StatusCode::OK).await;
    assert_eq!((&draft["values"][1], &draft["import"]["counts"]["total"]), (&value!(["Олена"]), &value!(1)));
}

#[tokio::test]
async fn who_may_not_import_gets_nothing_in_and_nothing_out() {
    let world = World::new().await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let draft = json(upload(&world, &head, &ours(&world), ORDERS).await, StatusCode::OK).await;
    let checked = run(&world, &head, &draft, "check").await;
    let import = &checked["id"];
    let mut others = Vec::new();
    for role in [Role::Viewer, Role::Manager] {
        others.push(world.someone(role, &[world.ours.id]).await);
    }
    others.push(world.someone(Role::Head, &[world.theirs.id]).await);
    let before = world.app.fingerprint().await;
    for other in &others {
        let answer = upload(&world, other, &ours(&world), ORDERS).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        let answer = report(&world, other, import).await;
        assert!(matches!(answer.status(), StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{}", answer.status());
        assert!(!answer.text().await.expect("a body").contains("Тарас"));
    }
    let nobody = Someone { user: head.user, token: String::new(), cookie: String::new() };
    assert_eq!(upload(&world, &nobody, &ours(&world), ORDERS).await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(report(&world, &nobody, import).await.status(), StatusCode::UNAUTHORIZED);
    // A page of somebody else's, in the head's own browser.
    let foreign = world.app.post(&format!("/import/upload?{}", ours(&world))).header("cookie", &head.cookie);
    let foreign = foreign.header("origin", "https://evil.example").body(ORDERS).send().await.expect("an answer");
    assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
    // Their funnel is none of ours.
    let query = format!("storefront={}&kind=orders&funnel={}", world.ours.id, world.theirs.funnel.id);
    let answer = upload(&world, &head, &query, ORDERS).await;
    assert!(answer.status().is_client_error(), "{}", answer.status());
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn what_is_no_table_is_refused_in_words_and_leaves_nothing() {
    let world = World::new().await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let before = world.app.fingerprint().await;
    let words = |bytes: Vec<u8>| {
        let (world, head) = (&world, &head);
        async move {
            let answer = json(upload(world, head, &ours(world), bytes).await, StatusCode::UNPROCESSABLE_ENTITY).await;
            answer["error"].as_str().expect("words").to_owned()
        }
    };
    for bytes in
        [&b""[..], b"Name;Phone\n", b"<html><body>Error 500</body></html>", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"]
    {
        assert!(!words(bytes.to_vec()).await.is_empty());
    }
    assert!(words(b"PK\x03\x04 cut off".to_vec()).await.contains("XLSX"));
    let wide = format!("{}\n{}\n", ["a"; 101].join(";"), ["1"; 101].join(";"));
    assert!(words(wide.into_bytes()).await.contains("100"));
    // Sixty megabytes: heard out, and refused.
    let answer = upload(&world, &head, &ours(&world), vec![b'x'; 60 * 1_024 * 1_024]).await;
    let answer = json(answer, StatusCode::PAYLOAD_TOO_LARGE).await;
    assert!(answer["error"].as_str().is_some_and(|words| words.contains("50")), "{answer}");
    for query in ["", "storefront=1", "storefront=x&kind=orders", "storefront=1&kind=everything"] {
        assert_eq!(upload(&world, &head, query, ORDERS).await.status(), StatusCode::BAD_REQUEST, "{query}");
    }
    assert_eq!(world.app.fingerprint().await, before);
    let folder = &world.app.running.as_ref().expect("running").state.config.data_dir;
    let left = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().ends_with(".upload")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn two_files_of_one_come_in_at_once_and_a_colleague_s_as_well() {
    let world = World::new().await;
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let colleague = world.someone(Role::Head, &[world.ours.id]).await;
    let uploads = world.app.running.as_ref().expect("running").state.uploads.clone();
    let mine = [uploads.take(Who::User(head.user)), uploads.take(Who::User(head.user))];
    assert!(mine.iter().all(Result::is_ok));
    let before = world.app.fingerprint().await;
    let answer = json(upload(&world, &head, &ours(&world), ORDERS).await, StatusCode::TOO_MANY_REQUESTS).await;
    assert!(answer["error"].as_str().is_some_and(|words| words.contains("Два ваші файли")), "{answer}");
    assert_eq!(world.app.fingerprint().await, before);
    json(upload(&world, &colleague, &ours(&world), ORDERS).await, StatusCode::OK).await;
    // Everybody together has an end too.
    let others = [uploads.take(Who::System), uploads.take(Who::System)];
    assert!(others.iter().all(Result::is_ok));
    assert_eq!(upload(&world, &colleague, &ours(&world), ORDERS).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    drop((mine, others));
    json(upload(&world, &head, &ours(&world), ORDERS).await, StatusCode::OK).await;
}
