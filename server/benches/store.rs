//! Durable commands per second against SQLite used plainly, and a board's snapshot against its SQL alone.
//! Rounds alternate, so that a noisy neighbour meets every side.

mod common;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use app::ctx::now;
use common::{Shop, Spread, fill, folder, fsync_ms, ms, order, quantile, shop, spread, system};
use domain::board::{Filter, MoveDeal, Place, position};
use domain::ids::*;
use rusqlite::Connection;
use store::board::rows::CARD;
use store::deliveries::{Came, Said};
use store::orders::Arrival;
use store::{Options, Store};

const WRITERS: usize = 64;
const DEALS: usize = 6_400;
const ROUNDS: usize = 7;
const ROUND: Duration = Duration::from_millis(1_500);
/// As many as our writer puts into one group at most.
const BATCH: usize = 256;

#[tokio::main]
async fn main() {
    // `cargo test --benches` and the like only want to know that it starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    moves().await;
    snapshots().await;
}

async fn open(file: &Path) -> Store {
    Store::open(&Options::new(format!("sqlite:{}", file.display()))).await.expect("a store")
}

async fn moves() {
    let folder = folder();
    let (ours, naive, batched) =
        (folder.path().join("ours.db"), folder.path().join("naive.db"), folder.path().join("batched.db"));
    let store = open(&ours).await;
    let shop = shop(&store).await;
    let mut placed = fill(&store, &shop, 0, DEALS).await;
    store.close().await;
    for copy in [&naive, &batched] {
        std::fs::copy(&ours, copy).expect("a copy");
    }
    let store = open(&ours).await;
    let (mut one_each, mut many) = (Plain::open(&naive, &placed, &shop), Plain::open(&batched, &placed, &shop));
    let fsync = fsync_ms(folder.path());
    let next_order = AtomicUsize::new(DEALS);
    let mut rates: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        rates[0].push(move_for(&store, &shop, &mut placed).await);
        rates[1].push(one_each.move_for(1));
        rates[2].push(many.move_for(BATCH));
        rates[3].push(take_orders(&store, &shop, &next_order).await);
    }
    store.close().await;
    let naive = quantile(&rates[1], 0.5);
    println!("\n### Durable commands (P8): SQLite WAL, synchronous=FULL on every side");
    println!("\n{ROUNDS} alternating rounds of {:.1} s, median (least–most); ", ROUND.as_secs_f64());
    println!("one 4 KiB fdatasync here and now: p50 {:.2} ms ({:.2}–{:.2}).\n", fsync.median, fsync.least, fsync.most);
    println!("| | per second | × naive | × batched |\n|---|---|---|---|");
    let names = [
        format!("**moves, {WRITERS} writers, each answered after its fsync**"),
        "naive floor: rusqlite, one FULL commit per move, one writer".into(),
        format!("batched floor: rusqlite, {BATCH} moves per FULL commit, nobody answered"),
        format!(
            "**order intake, {WRITERS} writers** (customer, deal, order, lines, facts; ratios to the moves' floors)"
        ),
    ];
    for (name, rate) in names.iter().zip(&rates) {
        let Spread { median, least, most } = spread(rate);
        let many = median / quantile(&rates[2], 0.5);
        println!("| {name} | {median:.0} ({least:.0}–{most:.0}) | {:.1} | {many:.2} |", median / naive);
    }
}

/// Every writer has deals of its own and takes each to the top of the next stage.
async fn move_for(store: &Store, shop: &Shop, placed: &mut [(DealId, StageId)]) -> f64 {
    let stages = shop.stages();
    let begun = Instant::now();
    let writers = placed.chunks_mut(DEALS / WRITERS).map(|own| {
        let (store, stages) = (store.clone(), stages.clone());
        async move {
            let mut done = 0;
            while begun.elapsed() < ROUND {
                let (deal, from) = &mut own[done % (DEALS / WRITERS)];
                let to = after(&stages, *from);
                let command = CommandId::new_v4();
                let command = MoveDeal {
                    command,
                    deal: *deal,
                    to,
                    place: Place::Top,
                    from: *from,
                    reason: None,
                    undoes: None,
                    details: None,
                };
                *from = store.move_deal(&system(), command).await.expect("a move").stage;
                done += 1;
            }
            done
        }
    });
    let done: usize = futures::future::join_all(writers).await.into_iter().sum();
    done as f64 / begun.elapsed().as_secs_f64()
}

fn after(stages: &[StageId], stage: StageId) -> StageId {
    let at = stages.iter().position(|one| *one == stage).expect("an open stage");
    stages[(at + 1) % stages.len()]
}

async fn take_orders(store: &Store, shop: &Shop, next: &AtomicUsize) -> f64 {
    let begun = Instant::now();
    let writers = (0..WRITERS).map(|_| async {
        let mut done = 0;
        while begun.elapsed() < ROUND {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let (storefront, topic) = (shop.storefront, "order.created".to_owned());
            let came = Came { storefront, door: "woocommerce", topic, intake: None };
            let said = Said::Order(Box::new(order(number)), Arrival::Sent);
            let taken = store.take_delivery(now(), came, said).await;
            assert!(!taken.expect("an order").unchanged);
            done += 1;
        }
        done
    });
    let done: usize = futures::future::join_all(writers).await.into_iter().sum();
    done as f64 / begun.elapsed().as_secs_f64()
}

/// The same three rows of a move, written by hand on one connection: no rights, no rules, no queue, no answer.
struct Plain {
    conn: Connection,
    placed: Vec<(DealId, StageId)>,
    stages: Vec<StageId>,
    at: usize,
}

impl Plain {
    fn open(file: &Path, placed: &[(DealId, StageId)], shop: &Shop) -> Self {
        let conn = Connection::open(file).expect("a database");
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
            .expect("settings");
        conn.set_prepared_statement_cache_capacity(100);
        Self { conn, placed: placed.to_vec(), stages: shop.stages(), at: 0 }
    }

    fn move_for(&mut self, batch: usize) -> f64 {
        let (begun, mut done) = (Instant::now(), 0);
        while begun.elapsed() < ROUND {
            self.conn.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
            for _ in 0..batch {
                self.one().expect("a move");
            }
            self.conn.execute_batch("COMMIT").expect("on disk");
            done += batch;
        }
        done as f64 / begun.elapsed().as_secs_f64()
    }

    fn one(&mut self) -> rusqlite::Result<()> {
        let at = self.at % self.placed.len();
        self.at += 1;
        let (deal, from) = self.placed[at];
        let to = after(&self.stages, from);
        let (id, time) = (CommandId::new_v4().to_string(), now());
        let sql = "SELECT version, funnel_id, storefront_id, customer_id FROM deals WHERE id = ?1 AND stage_id = ?2";
        let (version, funnel, storefront, customer): (i64, i64, i64, i64) = self
            .conn
            .prepare_cached(sql)?
            .query_row((deal.0, from.0), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let sql = "SELECT position FROM deals WHERE stage_id = ?1 ORDER BY position LIMIT 1";
        let top: Option<String> = self.conn.prepare_cached(sql)?.query_row([to.0], |row| row.get(0)).ok();
        let position = position::between(None, top.as_deref());
        self.conn
            .prepare_cached("INSERT INTO commands (id, actor, digest, answer, at) VALUES (?1, 'system', ?2, ?2, ?3)")?
            .execute((&id, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", time))?;
        let sql =
            "UPDATE deals SET stage_id = ?2, position = ?3, version = ?4, since = ?5, left_stage_id = ?6 WHERE id = ?1";
        self.conn.prepare_cached(sql)?.execute((deal.0, to.0, &position, version + 1, time, from.0))?;
        let payload = format!(
            "{{\"deal_moved\":{{\"from\":{from},\"to\":{to},\"position\":\"{position}\",\"version\":{version}}}}}"
        );
        let sql = "INSERT INTO events (at, actor, command, kind, version, storefront_id, funnel_id, deal_id, customer_id, payload) \
                   VALUES (?1, 'system', ?2, 'deal_moved', 1, ?3, ?4, ?5, ?6, ?7)";
        self.conn.prepare_cached(sql)?.execute((time, &id, storefront, funnel, deal.0, customer, &payload))?;
        self.placed[at].1 = to;
        Ok(())
    }
}

async fn snapshots() {
    println!("\n### Board snapshot (P9)\n\nMedian of 60 alternating pairs (least–most), ms.\n");
    println!(
        "| deals | Store::board + JSON | of it Store::board | the same SQL alone, rusqlite | ratio | JSON, kB |\n|---|---|---|---|---|---|"
    );
    let folder = folder();
    let file = folder.path().join("board.db");
    let store = open(&file).await;
    let shop = shop(&store).await;
    let mut known = 0;
    for size in [1_000, 5_000, 10_000] {
        fill(&store, &shop, known, size).await;
        known = size;
        let conn = Connection::open(&file).expect("a database");
        let (mut whole, mut loaded, mut raw, mut bytes) = (vec![], vec![], vec![], 0);
        for _ in 0..60 {
            let begun = Instant::now();
            let board = store.board(&system(), shop.funnel.id, &Filter::default()).await.expect("a board");
            loaded.push(ms(begun.elapsed()));
            bytes = serde_json::to_vec(&board).expect("JSON").len();
            whole.push(ms(begun.elapsed()));
            let begun = Instant::now();
            read_plainly(&conn, &shop).expect("rows");
            raw.push(ms(begun.elapsed()));
        }
        let (whole, loaded, raw) = (spread(&whole), spread(&loaded), spread(&raw));
        println!(
            "| {size} | **{:.2}** ({:.2}–{:.2}) | {:.2} | {:.2} ({:.2}–{:.2}) | {:.2} | {:.0} |",
            whole.median,
            whole.least,
            whole.most,
            loaded.median,
            raw.median,
            raw.least,
            raw.most,
            whole.median / raw.median,
            bytes as f64 / 1_000.0
        );
    }
    store.close().await;
}

/// What a board's snapshot asks, every column of every row looked at and nothing made of it.
fn read_plainly(conn: &Connection, shop: &Shop) -> rusqlite::Result<usize> {
    let funnel = shop.funnel.id.0;
    conn.execute_batch("BEGIN")?;
    let mut seen =
        all(conn, "SELECT f.name, s.* FROM funnels f JOIN stages s ON s.funnel_id = f.id WHERE f.id = ?1", &[funnel])?;
    seen += all(conn, "SELECT COALESCE(MAX(seq), 0) FROM events", &[])?;
    seen += all(
        conn,
        "SELECT d.stage_id, d.currency, d.left_stage_id, COUNT(*), SUM(d.sum), SUM(d.since) FROM deals d \
         WHERE d.funnel_id = ?1 GROUP BY d.stage_id, d.currency, d.left_stage_id",
        &[funnel],
    )?;
    let window = store::board::WINDOW + 1;
    let cards = format!(
        "SELECT {CARD} FROM deals d JOIN customers c ON c.id = d.customer_id LEFT JOIN stages s ON s.id = d.stage_id \
         WHERE d.funnel_id = ?1 AND d.stage_id = ?2 AND d.position > '' ORDER BY d.position LIMIT {window}"
    );
    for stage in shop.stages() {
        seen += all(conn, &cards, &[funnel, stage.0])?;
    }
    seen += all(conn, "SELECT id, name, currency FROM storefronts ORDER BY id", &[])?;
    seen += all(conn, "SELECT * FROM lost_reasons", &[])?;
    seen += all(conn, "SELECT id, name, role, removed_at FROM users ORDER BY name, id", &[])?;
    conn.execute_batch("ROLLBACK")?;
    Ok(seen)
}

fn all(conn: &Connection, sql: &str, values: &[i64]) -> rusqlite::Result<usize> {
    let mut statement = conn.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(values))?;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            std::hint::black_box(row.get_ref(column)?);
        }
        seen += 1;
    }
    Ok(seen)
}
