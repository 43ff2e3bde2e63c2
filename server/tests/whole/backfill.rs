//! Orders that a shop already has: brought in by the real client from a shop that speaks the documented interfaces.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::double::{Double, KEY, SECRET_KEY, TOKEN};
use crate::common::{Someone, TestApp, World, json, system};
use domain::auth::Role;
use domain::backfill::{Backfill, BackfillState, BackfillWhy, ShopKind, StartBackfill};
use domain::board::filter::Filter;
use domain::funnels::StageKind;
use domain::i18n::Lang;
use domain::ids::*;
use reqwest::StatusCode;
use serde_json::{Value, json as value};
use store::{Options, Store};

/// A run of some hundred orders and the waits that the shop asks for.
const END_TIME_MAX: Duration = Duration::from_secs(120);

fn woo(id: i64, status: &str) -> Value {
    value!({
        "id": id, "number": id.to_string(), "status": status, "currency": "UAH", "total": "150.00",
        "date_created_gmt": "2025-03-01T10:00:00", "date_modified_gmt": "2025-03-05T10:00:00",
        "billing": { "first_name": "Олена", "last_name": format!("№{id}"), "email": format!("buyer{id}@example.com") },
        "line_items": [{ "name": "Кава", "quantity": 1, "price": 150, "total": "150.00" }],
    })
}

fn shopify(id: i64, cancelled: bool) -> Value {
    value!({
        "id": id, "name": format!("#{id}"), "currency": "UAH", "total_price": "150.00", "financial_status": "paid",
        "fulfillment_status": "fulfilled", "created_at": "2025-03-01T10:00:00Z", "updated_at": "2025-03-05T10:00:00Z",
        "cancelled_at": cancelled.then_some("2025-03-05T10:00:00Z"), "email": format!("buyer{id}@example.com"),
        "line_items": [{ "title": "Кава", "quantity": 1, "price": "150.00" }],
    })
}

fn start(storefront: StorefrontId, shop: ShopKind, address: &str) -> StartBackfill {
    let (key, secret) = match shop {
        ShopKind::WooCommerce => (KEY, SECRET_KEY),
        ShopKind::Shopify => (TOKEN, ""),
    };
    let (address, key, secret) = (address.to_owned(), key.to_owned(), secret.to_owned());
    StartBackfill { storefront, shop, address, key, secret, lang: Lang::Uk }
}

async fn world() -> (World, Someone) {
    let world = World::in_app(TestApp::insecure().await).await;
    let admin = world.someone(Role::Admin, &[]).await;
    (world, admin)
}

/// As the settings begin it.
async fn begin(world: &World, who: &Someone, start: &StartBackfill) -> reqwest::Response {
    let mut paths = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path);
    let path = paths.find(|path| path.ends_with("/run_backfill")).expect("a server function");
    let body = value!({ "command": CommandId::new_v4(), "start": start });
    world.app.post(path).header("cookie", &who.cookie).json(&body).send().await.expect("an answer")
}

async fn until(world: &World, ends: impl Fn(&Backfill) -> bool) -> Backfill {
    let begun = Instant::now();
    loop {
        let run = world.store().backfills(&system()).await.expect("runs").pop().expect("a run");
        if ends(&run) {
            return run;
        }
        assert!(begun.elapsed() < END_TIME_MAX, "{run:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn ended(world: &World) -> Backfill {
    until(world, |run| !run.state.is_going()).await
}

/// How many deals stand on stages of each kind.
async fn standing(store: &Store) -> HashMap<StageKind, usize> {
    let ctx = system();
    let funnels = store.funnels(&ctx.actor).await.expect("funnels");
    let kinds: HashMap<StageId, StageKind> =
        funnels.iter().flat_map(|funnel| &funnel.stages).map(|stage| (stage.id, stage.kind)).collect();
    let (mut found, mut after) = (HashMap::new(), DealId(0));
    loop {
        let deals = store.deals_page(&ctx, None, None, &Filter::default(), (after, 200)).await.expect("deals");
        let Some(last) = deals.last() else { return found };
        after = last.id;
        for deal in &deals {
            *found.entry(kinds[&deal.stage]).or_default() += 1;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_woocommerce_s_history_comes_in_whole() {
    let (world, admin) = world().await;
    let mut orders: Vec<Value> = (1..=230)
        .map(|id| match id % 10 {
            0 => woo(id, "cancelled"),
            1 => woo(id, "processing"),
            _ => woo(id, "completed"),
        })
        .collect();
    orders[149]["total"] = value!("сто");
    orders.insert(40, orders[39].clone());
    let (double, address) = Double::open(orders).await;
    let wait = Some(("retry-after", "1".to_owned()));
    double.lock().troubles.extend([(429, wait), (500, None)]);
    let begun =
        json(begin(&world, &admin, &start(world.ours.id, ShopKind::WooCommerce, &address)).await, StatusCode::OK);
    let begun = begun.await;
    assert!(begun["state"] == "running" && !begun.to_string().contains(SECRET_KEY), "{begun}");
    let run = ended(&world).await;
    assert_eq!((run.state, run.why), (BackfillState::Done, None), "{run:?}");
    assert_eq!((run.made, run.unchanged, run.kept, run.total), (229, 1, 1, Some(231)));
    let expected = [(StageKind::Won, 184), (StageKind::Lost, 22), (StageKind::Open, 23)];
    assert_eq!(standing(world.store()).await, HashMap::from(expected));
    let kept = world.store().intake(&system()).await.expect("intake");
    assert_eq!((kept.len(), kept[0].door.as_str(), kept[0].storefront), (1, "woocommerce", world.ours.id));
    assert!(kept[0].body.contains("сто"), "as it came");
    assert_eq!(kept[0].history, Some(Lang::Uk), "and of the past");
    let asked = double.lock().asked.clone();
    let pages: Vec<_> = asked.iter().filter_map(|asked| asked.split("&page=").nth(1)?.chars().next()).collect();
    assert_eq!(pages, ['1', '1', '1', '2', '3'], "{asked:?}");
    assert_eq!(world.store().check().await.expect("a check"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopify_s_history_comes_in_whole() {
    let (world, admin) = world().await;
    let orders: Vec<Value> = (1..=510).map(|number| shopify(5_000_000_000 + number, number % 17 == 0)).collect();
    let (double, address) = Double::open(orders).await;
    double.lock().troubles.push_back((503, Some(("retry-after", "0.5".to_owned()))));
    let answer = begin(&world, &admin, &start(world.ours.id, ShopKind::Shopify, &address)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let run = ended(&world).await;
    assert_eq!((run.state, run.made, run.unchanged, run.kept), (BackfillState::Done, 510, 0, 0), "{run:?}");
    assert_eq!(run.total, Some(510));
    assert_eq!(standing(world.store()).await, HashMap::from([(StageKind::Won, 480), (StageKind::Lost, 30)]));
    let asked = double.lock().asked.clone();
    assert_eq!(asked.iter().filter(|asked| asked.starts_with("shopify")).count(), 3, "{asked:?}");
    // A second run finds everything here.
    let again = begin(&world, &admin, &start(world.ours.id, ShopKind::Shopify, &address)).await;
    assert_eq!(again.status(), StatusCode::OK);
    let run = ended(&world).await;
    assert_eq!((run.made, run.unchanged), (0, 510), "{run:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_that_are_deleted_meanwhile_hide_no_others() {
    let (world, admin) = world().await;
    let (double, address) = Double::open((1..=230).map(|id| woo(id, "completed")).collect()).await;
    double.lock().deleted_after_first = (1..=60).collect();
    begin(&world, &admin, &start(world.ours.id, ShopKind::WooCommerce, &address)).await;
    let run = ended(&world).await;
    assert_eq!((run.state, run.made, run.unchanged), (BackfillState::Done, 230, 0), "{run:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_that_says_no_is_told_of_in_words() {
    let (world, admin) = world().await;
    let (double, address) = Double::open(vec![woo(1, "completed")]).await;
    let right = start(world.ours.id, ShopKind::WooCommerce, &address);
    let wrong = StartBackfill { secret: "cs_wrong".into(), ..right.clone() };
    begin(&world, &admin, &wrong).await;
    let run = ended(&world).await;
    assert_eq!((run.state, run.why), (BackfillState::Failed, Some(BackfillWhy::WrongKeys)));
    for (status, header, why) in [
        (403, None, BackfillWhy::NotAllowed),
        (404, None, BackfillWhy::NoShop),
        // The keys do not follow to another address.
        (301, Some(("location", format!("{address}/elsewhere"))), BackfillWhy::Redirects),
    ] {
        double.lock().troubles.push_back((status, header));
        assert_eq!(begin(&world, &admin, &right).await.status(), StatusCode::OK);
        let run = ended(&world).await;
        assert_eq!((run.state, run.why, run.done()), (BackfillState::Failed, Some(why), 0), "{status}");
    }
    // Mended, it goes on.
    begin(&world, &admin, &right).await;
    let run = ended(&world).await;
    assert_eq!((run.state, run.made, run.why), (BackfillState::Done, 1, None));
    // A site that is no shop.
    let (_, nowhere) = Double::open(Vec::new()).await;
    let site = StartBackfill { address: format!("{nowhere}/blog"), ..right };
    begin(&world, &admin, &site).await;
    assert_eq!(ended(&world).await.why, Some(BackfillWhy::NoShop));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_our_own_network_is_asked() {
    let world = World::new().await;
    let admin = world.someone(Role::Admin, &[]).await;
    let (double, address) = Double::open(vec![woo(1, "completed")]).await;
    let secure = address.replacen("http", "https", 1);
    for address in
        [address.as_str(), secure.as_str(), "https://localhost", "https://10.0.0.1", "https://169.254.169.254"]
    {
        let answer = begin(&world, &admin, &start(world.ours.id, ShopKind::WooCommerce, address)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{address}");
        let run = ended(&world).await;
        assert_eq!((run.state, run.why), (BackfillState::Failed, Some(BackfillWhy::Forbidden)), "{address}");
    }
    assert_eq!(double.lock().asked, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn others_begin_nothing() {
    let (world, _) = world().await;
    let (double, address) = Double::open(vec![woo(1, "completed")]).await;
    let asked = start(world.ours.id, ShopKind::WooCommerce, &address);
    let head = world.someone(Role::Head, &[world.ours.id]).await;
    let stranger = world.someone(Role::Head, &[world.theirs.id]).await;
    let before = world.app.fingerprint().await;
    assert_eq!(begin(&world, &head, &asked).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(begin(&world, &stranger, &asked).await.status(), StatusCode::NOT_FOUND);
    assert!(world.store().backfills(&system()).await.expect("runs").is_empty());
    assert_eq!(world.app.fingerprint().await, before);
    assert_eq!(double.lock().asked, Vec::<String>::new());
}

struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn spawn(database: &str, folder: &tempfile::TempDir) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["serve", "--json"])
            .env("DATABASE_URL", database)
            .env("DATA_DIR", folder.path())
            .env("LISTEN_ADDR", "127.0.0.1:0")
            .env("WEBHOOKS_INSECURE", "true")
            .env("LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdout = child.stdout.take().expect("its words");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let said: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        let url = format!("http://{}", said["listening"].as_str().expect("an address"));
        Self { child, url }
    }

    /// Asked over HTTP: the database is the server's own while it runs.
    async fn until(&self, cookie: &str, ends: impl Fn(&Backfill) -> bool) -> Backfill {
        let mut paths = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path);
        let path = paths.find(|path| path.ends_with("/backfills")).expect("a server function");
        let (http, begun) = (reqwest::Client::new(), Instant::now());
        loop {
            let request = http.post(format!("{}{path}", self.url)).header("cookie", cookie);
            let answer = request.header("content-type", crate::common::FORM).body("").send().await.expect("an answer");
            let runs: Vec<Backfill> = answer.json().await.expect("runs");
            let run = runs.into_iter().next().expect("a run");
            if ends(&run) {
                return run;
            }
            assert!(begun.elapsed() < END_TIME_MAX, "{run:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Server {
    /// SIGKILL.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_killed_goes_on() {
    server::guard::outward::provide_tls();
    let folder = tempfile::TempDir::new().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("backfill.db").display());
    let open = async || Store::open(&Options::new(&database)).await.expect("the store opens");
    let mut orders: Vec<Value> = (1..=290).map(|id| woo(id, "completed")).collect();
    orders[199]["currency"] = value!("гривні");
    let (_double, address) = Double::open(orders).await;
    let store = open().await;
    let shop = crate::common::shop(&store, "Кава").await;
    let owner = store::auth::Invite {
        name: "Олена".into(),
        email: "owner@example.com".into(),
        role: Role::Owner,
        storefronts: Vec::new(),
    };
    let (owner, _) = store.invite(&system(), CommandId::new_v4(), owner).await.expect("an owner");
    let link = store.make_entrance(&system(), owner.id).await.expect("a link");
    let token = store.enter(&link, system().now).await.expect("a session").token;
    let cookie = format!("{}={token}", app::ctx::cookie_name(false));
    let start = start(shop.id, ShopKind::WooCommerce, &address);
    store.start_backfill(&system(), CommandId::new_v4(), start).await.expect("begun");
    store.close().await;
    let mut done = 0;
    for far in [30, 150] {
        let server = Server::spawn(&database, &folder);
        done = server.until(&cookie, |run| run.done() >= far).await.done();
        drop(server);
    }
    let server = Server::spawn(&database, &folder);
    let run = server.until(&cookie, |run| !run.state.is_going()).await;
    drop(server);
    assert!(done <= run.done(), "nothing that was done is undone");
    assert_eq!((run.state, run.made, run.unchanged, run.kept), (BackfillState::Done, 289, 0, 1), "{run:?}");
    let store = open().await;
    assert_eq!(standing(&store).await, HashMap::from([(StageKind::Won, 289)]));
    assert_eq!(store.intake(&system()).await.expect("intake").len(), 1);
    assert_eq!(store.check().await.expect("a check"), Vec::<String>::new());
    store.close().await;
}

/// The keys come in by stdin; what it says goes to stderr, what came of it to stdout.
fn by_command(database: &str, storefront: &str, address: &str, keys: &str) -> std::process::Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
        .args(["backfill", "--json", "--storefront", storefront, "--shop", "woocommerce", "--address", address])
        .env("DATABASE_URL", database)
        .env("WEBHOOKS_INSECURE", "true")
        .env("LOG", "error")
        .env_remove("SHOP_KEY")
        .env_remove("SHOP_SECRET")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("its ear");
    stdin.write_all(keys.as_bytes()).expect("it listens");
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_brings_them_in_too() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("command.db").display());
    let store = Store::open(&Options::new(&database)).await.expect("the store opens");
    crate::common::shop(&store, "Кава").await;
    store.close().await;
    let (_double, address) = Double::open((1..=120).map(|id| woo(id, "completed")).collect()).await;
    let run = |storefront: &'static str, keys: String| {
        let (database, address) = (database.clone(), address.clone());
        tokio::task::spawn_blocking(move || by_command(&database, storefront, &address, &keys))
    };
    let nobody = run("Чай", format!("{KEY}\n{SECRET_KEY}\n")).await.expect("it ran");
    assert!(!nobody.status.success(), "there is no such storefront");
    let wrong = run("Кава", format!("{KEY}\ncs_wrong\n")).await.expect("it ran");
    let said = String::from_utf8_lossy(&wrong.stderr);
    assert!(!wrong.status.success() && said.contains("does not accept these keys"), "{said}");
    assert!(!said.contains("cs_wrong"), "{said}");
    let right = run("Кава", format!("{KEY}\n{SECRET_KEY}\n")).await.expect("it ran");
    let said = String::from_utf8_lossy(&right.stderr);
    assert!(right.status.success() && said.contains("120 of 120"), "{said}");
    let answer: Value = serde_json::from_slice(&right.stdout).expect("JSON");
    assert_eq!(answer, value!({ "state": "done", "made": 120, "unchanged": 0, "kept": 0 }));
}
