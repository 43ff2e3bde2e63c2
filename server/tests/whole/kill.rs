//! Killed in the middle of its work, again and again: what it had answered is there when it comes back.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::common::process::Server;
use crate::common::{Shop, deal, shop, system};
use domain::auth::Role;
use domain::board::Card;
use domain::event::{DealMoved, Fact};
use domain::ids::*;
use serde_json::json;
use store::auth::NewToken;
use store::{Options, Store};
use tempfile::TempDir;

/// How often it is killed, unless KILL_CYCLES says otherwise.
const CYCLES: usize = 200;
/// After so many, everything is looked at from the beginning: that takes longer than a cycle.
const WHOLE_EVERY: usize = 20;
/// How many at once.
const WRITERS: usize = 16;
/// Until a server that has just been started answers.
const FIRST_ANSWER_TIME_MAX: Duration = Duration::from_secs(20);

/// An answered move.
struct Acknowledged {
    command: CommandId,
    card: Card,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_outlives_a_kill() {
    let cycles = std::env::var("KILL_CYCLES").ok().and_then(|text| text.parse().ok()).unwrap_or(CYCLES);
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
    store.close().await;
    let (mut log, mut answered) = (Log::new(), Vec::new());
    for cycle in 1..=cycles {
        let server = Server::spawn(&database, folder.path(), &[]);
        let acknowledged = hammer(server, &token, &shop, &deals, cycle).await;
        // Opening it again is where the database repairs itself.
        let store = open(&database).await;
        log.read_on(&store).await;
        log.holds(&acknowledged, cycle);
        log.agrees_with_rows(&store, &deals, cycle).await;
        answered.extend(acknowledged);
        if cycle % WHOLE_EVERY == 0 || cycle == cycles {
            let mut whole = Log::new();
            whole.read_on(&store).await;
            whole.holds(&answered, cycle);
            assert_eq!(store.check().await.expect("a check"), Vec::<String>::new(), "cycle {cycle}");
        }
        store.close().await;
    }
    let answered = answered.len();
    assert!(answered > cycles * 5, "only {answered} moves were answered: nothing was proven");
}

async fn open(database: &str) -> Store {
    Store::open(&Options::new(database)).await.expect("the store opens")
}

/// Everybody moves their own deal to and fro until the server dies; what it answered is handed back.
async fn hammer(server: Server, token: &str, shop: &Shop, deals: &[DealId], cycle: usize) -> Vec<Acknowledged> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    server::guard::outward::provide_tls();
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
    let begun = Instant::now();
    while acknowledged.lock().expect("nobody panicked").is_empty() {
        assert!(begun.elapsed() < FIRST_ANSWER_TIME_MAX, "cycle {cycle}: nothing was answered");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // Not always at the same moment of its work.
    tokio::time::sleep(Duration::from_millis(7 * (cycle as u64 % 17))).await;
    server.kill();
    for writer in writers {
        writer.await.expect("a writer");
    }
    Arc::into_inner(acknowledged).expect("the writers are gone").into_inner().expect("nobody panicked")
}

/// The moves that the log tells of, as far as it was read.
struct Log {
    end: Seq,
    moves: HashMap<CommandId, DealMoved>,
    /// Of each deal.
    last: HashMap<DealId, DealMoved>,
}

impl Log {
    fn new() -> Self {
        Self { end: Seq(0), moves: HashMap::new(), last: HashMap::new() }
    }

    async fn read_on(&mut self, store: &Store) {
        loop {
            let events = store.raw_events(self.end).await.expect("the log");
            let Some(last) = events.last() else { return };
            self.end = last.seq;
            for event in events {
                if let (Fact::DealMoved(moved), Some(deal)) = (event.fact, event.scope.deal) {
                    self.last.insert(deal, moved.clone());
                    let before = self.moves.insert(event.command, moved);
                    assert!(before.is_none(), "{} happened twice", event.command);
                }
            }
        }
    }

    /// What was answered is there, as it was answered.
    fn holds(&self, acknowledged: &[Acknowledged], cycle: usize) {
        for Acknowledged { command, card } in acknowledged {
            let moved = self.moves.get(command);
            let moved = moved.unwrap_or_else(|| panic!("cycle {cycle}: {command} was answered and is lost"));
            let answered = (card.stage, &card.position, card.version);
            assert_eq!((moved.to, &moved.position, moved.version), answered, "cycle {cycle}: {command}");
        }
    }

    /// A deal stands where its last move took it, and nowhere stand two.
    async fn agrees_with_rows(&self, store: &Store, deals: &[DealId], cycle: usize) {
        let mut places = HashSet::new();
        for deal in deals {
            let card = store.card(&system(), *deal).await.expect("a card");
            if let Some(last) = self.last.get(deal) {
                let stands = (card.stage, &card.position, card.version);
                assert_eq!((last.to, &last.position, last.version), stands, "cycle {cycle}: deal {deal}");
            }
            assert!(places.insert((card.stage, card.position)), "cycle {cycle}: one place was given twice");
        }
    }
}
