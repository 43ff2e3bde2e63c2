//! A file's way in: a hundred thousand deals with their customers out of a CSV, as the server itself takes them, against
//! the very same rows written by plain prepared INSERTs in one transaction. Meanwhile somebody looks at the board.

mod common;
#[path = "import/floor.rs"]
mod floor;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{Shop, Spread, fill, folder, fsync_ms, ms, quantile, shop, spread, system};
use domain::board::Filter;
use domain::ids::*;
use domain::import::{Import, ImportState, Kind, NewImport, Purpose, StartImport};
use server::import::{runner, take};
use store::{Options, Store};
use tokio::sync::{Notify, watch};
use tokio::time::{interval, sleep};

const ROUNDS: usize = 3;
const ROWS: usize = 100_000;
/// Deals that are on the board before the file comes.
const BOARD: usize = 1_000;
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How closely the end is seen.
const ASK_EVERY: Duration = Duration::from_millis(20);

/// What one file cost, in seconds, and how long each look at the board took, in milliseconds.
struct Round {
    taken_in: f64,
    whole: f64,
    floor: f64,
    looks: Vec<f64>,
}

#[tokio::main]
async fn main() {
    // `cargo test --benches` and the like only want to know that it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut rounds = Vec::new();
    let fsync = fsync_ms(folder().path());
    for _ in 0..ROUNDS {
        rounds.push(round().await);
    }
    let of = |figure: fn(&Round) -> f64| spread(&rounds.iter().map(figure).collect::<Vec<f64>>());
    println!("\n### Import: a CSV of {ROWS} deals with their customers; SQLite WAL, synchronous=FULL on both sides");
    println!("\n{ROUNDS} rounds, median (least–most); one 4 KiB fdatasync: p50 {:.2} ms.\n", fsync.median);
    println!("| | rows a second | seconds for {ROWS} | × the floor's time |\n|---|---|---|---|");
    let floor = of(|round| round.floor);
    for (name, took) in [
        ("**from the file to the last row's commit**", of(|round| round.whole)),
        ("of it reading the file into the store", of(|round| round.taken_in)),
        ("floor: the same rows, plain prepared INSERTs, one transaction", of(|round| round.floor)),
    ] {
        let Spread { median, least, most } = took;
        let (rate, times) = (ROWS as f64 / median, median / floor.median);
        println!("| {name} | {rate:.0} | {median:.1} ({least:.1}–{most:.1}) | {times:.1} |");
    }
    let looks: Vec<f64> = rounds.iter().flat_map(|round| round.looks.iter().copied()).collect();
    println!(
        "\nThe board meanwhile, a snapshot as JSON every {} ms: p50 {:.1}, p99 {:.1}, longest {:.1} ms of {}.",
        LOOK_EVERY.as_millis(),
        quantile(&looks, 0.5),
        quantile(&looks, 0.99),
        quantile(&looks, 1.0),
        looks.len()
    );
}

async fn round() -> Round {
    let folder = folder();
    let (ours, plain) = (folder.path().join("ours.db"), folder.path().join("plain.db"));
    let file = folder.path().join("deals.csv");
    std::fs::write(&file, table()).expect("a file");
    let store = open(&ours).await;
    let shop = shop(&store).await;
    fill(&store, &shop, 0, BOARD).await;
    store.close().await;
    std::fs::copy(&ours, &plain).expect("a copy");
    let store = open(&ours).await;
    let (stop, stopped) = watch::channel(false);
    let looking = tokio::spawn(look(store.clone(), shop.funnel.id, stopped.clone()));
    let wake = Arc::new(Notify::new());
    let driving = tokio::spawn(runner::drive(store.clone(), wake.clone(), stopped));
    let (taken_in, whole) = import(&store, &wake, &shop, &file).await;
    stop.send(true).expect("somebody hears");
    driving.await.expect("the importer");
    let looks = looking.await.expect("the reader");
    store.close().await;
    Round { taken_in, whole, floor: floor::seconds(&ours, &plain), looks }
}

async fn open(file: &Path) -> Store {
    Store::open(&Options::new(format!("sqlite:{}", file.display()))).await.expect("a store")
}

/// Every row a new customer, known by telephone and mail.
fn table() -> String {
    let mut text = String::from("Клієнт,Телефон,Email,Сума,Товар\n");
    for n in 0..ROWS {
        let sum = 100 + n % 997;
        let written =
            writeln!(text, "Оксана Мельник {n},+38067{n:07},import{n}@example.ua,{sum},Кава в зернах {}", n % 40);
        written.expect("memory");
    }
    text
}

/// Seconds until its rows were in the store, and until the last of them was a deal.
async fn import(store: &Store, wake: &Notify, shop: &Shop, file: &Path) -> (f64, f64) {
    let ctx = system();
    let new = NewImport {
        kind: Kind::Deals,
        storefront: shop.storefront,
        funnel: Some(shop.funnel.id),
        file_name: "deals.csv".into(),
        headings: Vec::new(),
    };
    let begun = Instant::now();
    let draft = take::take(store, &ctx, CommandId::new_v4(), (file, new)).await.expect("a table");
    let taken_in = begun.elapsed().as_secs_f64();
    let start = StartImport { import: draft.import.id, mapping: draft.mapping, purpose: Purpose::Import };
    store.start_import(&ctx, CommandId::new_v4(), start).await.expect("a start");
    wake.notify_one();
    let done = ended(store, draft.import.id).await;
    let whole = begun.elapsed().as_secs_f64();
    assert_eq!((done.state, done.counts.made), (ImportState::Done, ROWS as i64), "{:?}", done.counts);
    (taken_in, whole)
}

async fn ended(store: &Store, id: ImportId) -> Import {
    loop {
        let import = store.import(&system(), id).await.expect("an import");
        if !import.state.is_going() {
            return import;
        }
        sleep(ASK_EVERY).await;
    }
}

/// As somebody's page that is loaded again and again, until the import has ended.
async fn look(store: Store, funnel: FunnelId, stopped: watch::Receiver<bool>) -> Vec<f64> {
    let mut clock = interval(LOOK_EVERY);
    let mut took = Vec::new();
    while !*stopped.borrow() {
        clock.tick().await;
        let begun = Instant::now();
        let board = store.board(&system(), funnel, &Filter::default()).await.expect("a board");
        let text = serde_json::to_vec(&board).expect("JSON");
        took.push(ms(begun.elapsed()));
        std::hint::black_box(text);
    }
    took
}
