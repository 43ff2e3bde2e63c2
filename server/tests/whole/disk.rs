//! A disk that is full, and one that fails: what was answered is kept, reading goes on, and nobody is told a lie.

use crate::common::process::Server;
use crate::common::{TestApp, World, deal, json, problem, shop, system};
use domain::auth::Role;
use domain::board::Card;
use domain::funnels::Funnel;
use domain::ids::*;
use http::StatusCode;
use reqwest::Response;
use rusqlite::Connection;
use serde_json::json as value;
use server::guard::outward::provide_tls;
use store::auth::NewToken;
use store::{Options, Store};
use tempfile::TempDir;

/// A mebibyte: more than the small shop's database, and filled by a few dozen moves before SQLite would begin its
/// write-ahead log anew.
const BLOCKS: u32 = 2_048;
/// By then a file that may not grow must have been full.
const MOVES_MAX: usize = 2_000;

/// A script that moves one deal to and fro.
struct Mover {
    http: reqwest::Client,
    url: String,
    token: String,
    deal: DealId,
    funnel: Funnel,
}

impl Mover {
    async fn to(&self, stage: usize) -> Response {
        let address = format!("{}/api/v1/deals/{}/move", self.url, self.deal);
        let request = self.http.post(address).bearer_auth(&self.token);
        request.json(&value!({ "stage": self.funnel.stages[stage].id })).send().await.expect("an answer")
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.http.get(format!("{}{path}", self.url)).bearer_auth(&self.token);
        request.send().await.expect("an answer")
    }

    async fn status(&self, path: &str) -> StatusCode {
        self.get(path).await.status()
    }
}

/// The system refuses the write that would be too much, as it does when a disk is broken: with an error, not with
/// "full". What of it came to the disk is unknown.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_write_that_failed_no_command_is_taken_and_readyz_says_so() {
    let folder = TempDir::new().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("small.db").display());
    let store = Store::open(&Options::new(&database)).await.expect("the store opens");
    let shop = shop(&store, "Кава").await;
    let deal = deal(&store, &shop, "Олена").await.id;
    let new = NewToken { name: "mover".into(), role: Role::Manager, storefronts: vec![shop.id], expires_at: None };
    let token = store.create_token(&system(), CommandId::new_v4(), new).await.expect("a token").1;
    store.close().await;

    provide_tls();
    let server = Server::spawn_cramped(&database, folder.path(), BLOCKS);
    let mover = Mover { http: reqwest::Client::new(), url: server.url.clone(), token, deal, funnel: shop.funnel };
    assert_eq!(mover.status("/readyz").await, StatusCode::OK);
    let mut answered: Option<Card> = None;
    let mut moves = 0;
    let refused = loop {
        let answer = mover.to(1 + moves % 2).await;
        if answer.status() != StatusCode::OK {
            break answer;
        }
        answered = Some(answer.json().await.expect("a card"));
        moves += 1;
        assert!(moves < MOVES_MAX, "the file grew and grew");
    };
    problem(refused, StatusCode::SERVICE_UNAVAILABLE).await;
    let ready = mover.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.text().await.expect("words"), "the store takes no commands\n");
    assert_eq!(mover.status("/healthz").await, StatusCode::OK, "the process lives");
    // Asking the disk again may be answered with a lie: it is not asked.
    problem(mover.to(3).await, StatusCode::SERVICE_UNAVAILABLE).await;
    let answered = answered.expect("some moves were made");
    let shown = json(mover.get(&format!("/api/v1/deals/{deal}")).await, StatusCode::OK).await;
    assert_eq!(shown["card"]["version"], answered.version, "reading goes on");
    server.kill();

    let store = Store::open(&Options::new(&database)).await.expect("it opens again");
    let kept = store.card(&system(), deal).await.expect("a card");
    let whole = |card: &Card| (card.stage, card.position.clone(), card.version);
    assert_eq!(whole(&kept), whole(&answered), "what was answered is there, and no more");
    assert_eq!(store.check().await.expect("a check"), Vec::<String>::new());
    store.close().await;
    let server = Server::spawn(&database, folder.path(), &[]);
    let mover = Mover { url: server.url.clone(), ..mover };
    assert_eq!(mover.status("/readyz").await, StatusCode::OK);
    assert_eq!(mover.to(3).await.status(), StatusCode::OK, "with room it goes on");
}

/// SQLite says "full" as well when a table has used up its numbers, which a test can arrange without a disk of its own.
fn last_event_number(app: &TestApp, number: i64) -> i64 {
    let conn = Connection::open(app.database_file()).expect("the database opens");
    let read = "SELECT seq FROM sqlite_sequence WHERE name = 'events'";
    let before = conn.query_row(read, [], |row| row.get(0)).expect("a number");
    conn.execute("UPDATE sqlite_sequence SET seq = ?1 WHERE name = 'events'", [number]).expect("another number");
    before
}

#[tokio::test]
async fn a_full_disk_is_told_changes_nothing_and_is_got_over() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let token = world.token(Role::Manager, &[world.ours.id]).await;
    let olena = world.someone(Role::Manager, &[world.ours.id]).await;
    let mover = Mover {
        http: reqwest::Client::new(),
        url: world.app.url.clone(),
        token,
        deal: card.id,
        funnel: world.ours.funnel.clone(),
    };
    assert_eq!(mover.to(1).await.status(), StatusCode::OK);
    let before = world.app.fingerprint().await;
    let number = last_event_number(&world.app, i64::MAX);

    let told = problem(mover.to(2).await, StatusCode::INSUFFICIENT_STORAGE).await;
    assert!(told["type"].as_str().is_some_and(|kind| kind.ends_with("full")), "{told}");
    let many = futures::future::join_all((0..20).map(|n| mover.to(2 + n % 2))).await;
    assert!(many.iter().all(|answer| answer.status() == StatusCode::INSUFFICIENT_STORAGE));
    assert_eq!(world.app.fingerprint().await, before);
    // Reading goes on, for scripts and for people, and the server is ready for more of it.
    assert_eq!(mover.status(&format!("/api/v1/deals/{}", card.id)).await, StatusCode::OK);
    let board = world.app.get(&format!("/f/{}", world.ours.funnel.id)).header("cookie", &olena.cookie);
    assert_eq!(board.send().await.expect("an answer").status(), StatusCode::OK);
    assert_eq!(mover.status("/readyz").await, StatusCode::OK);

    last_event_number(&world.app, number);
    assert_eq!(mover.to(2).await.status(), StatusCode::OK, "with room again it goes on by itself");
    assert_eq!(world.store().check().await.expect("a check"), Vec::<String>::new());
}
