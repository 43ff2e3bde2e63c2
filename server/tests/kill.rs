//! Killed in the middle of its work, again and again: what it had answered is there when it comes back.

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{Shop, deal, shop, system};
use domain::auth::Role;
use domain::board::Card;
use domain::event::Fact;
use domain::ids::*;
use serde_json::{Value, json};
use store::auth::NewToken;
use store::{Options, Store};
use tempfile::TempDir;

/// How many at once.
const WRITERS: usize = 16;

struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn spawn(database: &str, folder: &TempDir) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["serve", "--json"])
            .env("DATABASE_URL", database)
            .env("DATA_DIR", folder.path())
            .env("LISTEN_ADDR", "127.0.0.1:0")
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

    /// SIGKILL: nothing is said, nothing is flushed.
    fn kill(mut self) {
        self.child.kill().expect("it lives");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answered move.
struct Acknowledged {
    command: CommandId,
    card: Card,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_outlives_a_kill() {
    let cycles: usize = std::env::var("KILL_CYCLES").ok().and_then(|text| text.parse().ok()).unwrap_or(5);
    let folder = TempDir::new().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("kill.db").display());
    let store = open(&database).await;
    let shop = shop(&store, "Кава").await;
    let mut deals = Vec::new();
    for number in 0..WRITERS {
        deals.push(deal(&store, &shop, &format!("Олена {number}")).await.id);
    }
    let new = NewToken { name: "hammer".into(), role: Role::Manager, storefronts: vec![shop.id], expires_at: None };
    let token = store.create_token(&system(), CommandId::new_v4(), new).await.expect("a token").1;
    let mut since = store.log_end().await.expect("the log");
    store.close().await;
    let mut answered = 0;
    for cycle in 0..cycles {
        let server = Server::spawn(&database, &folder);
        let acknowledged = hammer(server, &token, &shop, &deals, cycle).await;
        answered += acknowledged.len();
        let store = open(&database).await;
        since = check(&store, &deals, since, &acknowledged, cycle).await;
        store.close().await;
    }
    assert!(answered > cycles * 10, "only {answered} moves were answered: nothing was proven");
}

async fn open(database: &str) -> Store {
    Store::open(&Options::new(database)).await.expect("the store opens")
}

/// Everybody moves their own deal to and fro until the server dies; what it answered is handed back.
async fn hammer(server: Server, token: &str, shop: &Shop, deals: &[DealId], cycle: usize) -> Vec<Acknowledged> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let http = reqwest::Client::new();
    let writers: Vec<_> = deals
        .iter()
        .map(|deal| {
            let address = format!("{}/api/v1/deals/{deal}/move", server.url);
            let stages: Vec<StageId> = shop.funnel.stages.iter().take(4).map(|stage| stage.id).collect();
            let (http, token, acknowledged) = (http.clone(), token.to_owned(), Arc::clone(&acknowledged));
            tokio::spawn(async move {
                for round in 1.. {
                    let command = CommandId::new_v4();
                    let request =
                        http.post(&address).bearer_auth(&token).header("idempotency-key", command.to_string());
                    let request = request.json(&json!({ "stage": stages[round % stages.len()] }));
                    let Ok(answer) = request.send().await else { return };
                    assert!(answer.status().is_success(), "{}", answer.status());
                    // Half an answer is none.
                    let Ok(card) = answer.json::<Card>().await else { return };
                    acknowledged.lock().expect("nobody panicked").push(Acknowledged { command, card });
                }
            })
        })
        .collect();
    // Not always at the same moment of its work.
    tokio::time::sleep(Duration::from_millis(150 + 37 * (cycle as u64 % 11))).await;
    server.kill();
    for writer in writers {
        writer.await.expect("a writer");
    }
    Arc::into_inner(acknowledged).expect("the writers are gone").into_inner().expect("nobody panicked")
}

async fn check(store: &Store, deals: &[DealId], since: Seq, acknowledged: &[Acknowledged], cycle: usize) -> Seq {
    let ctx = system();
    let mut moves = std::collections::HashMap::new();
    let mut end = since;
    loop {
        let events = store.raw_events(end).await.expect("the log");
        let Some(last) = events.last() else { break };
        end = last.seq;
        for event in events {
            if let Fact::DealMoved(moved) = event.fact {
                let before = moves.insert(event.command, moved);
                assert!(before.is_none(), "cycle {cycle}: {} happened twice", event.command);
            }
        }
    }
    for Acknowledged { command, card } in acknowledged {
        let moved = moves.get(command).unwrap_or_else(|| panic!("cycle {cycle}: {command} was answered and is lost"));
        assert_eq!((moved.to, &moved.position, moved.version), (card.stage, &card.position, card.version));
    }
    // Rows and log agree: a deal stands where its last move took it.
    let mut places = std::collections::HashSet::new();
    for deal in deals {
        let card = store.card(&ctx, *deal).await.expect("a card");
        assert!(places.insert((card.stage, card.position.clone())), "cycle {cycle}: one place was given twice");
        let history = store.deal_history(&ctx, *deal).await.expect("a history");
        let last = history.into_iter().find_map(|event| match event.fact {
            Fact::DealMoved(moved) => Some((moved.to, moved.position, moved.version)),
            _ => None,
        });
        if let Some(last) = last {
            assert_eq!(last, (card.stage, card.position, card.version), "cycle {cycle}: deal {deal}");
        }
    }
    end
}
