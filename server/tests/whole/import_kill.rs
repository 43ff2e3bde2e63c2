//! An import that is killed in the middle goes on at the next start and ends as if nothing had happened.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Shop, shop, system};
use domain::board::filter::Filter;
use domain::ids::*;
use domain::import::{Field, Import, ImportState, Kind, Mapping, NewImport, Preset, Purpose, StartImport};
use serde_json::Value;
use store::import::NewRow;
use store::{Options, Store};
use tempfile::TempDir;

const ROWS: i64 = 4_000;
const KILLS: usize = 3;
const TIME_MAX: Duration = Duration::from_secs(120);

struct Server(Child);

impl Server {
    /// Back once it listens, and with it its importer.
    fn spawn(database: &str, folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(["serve", "--json"])
            .env("DATABASE_URL", database)
            .env("DATA_DIR", folder)
            .env("LISTEN_ADDR", "127.0.0.1:0")
            .env("LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its words")).read_line(&mut line).expect("a line");
        assert!(serde_json::from_str::<Value>(&line).is_ok(), "{line:?}");
        Self(child)
    }
}

/// SIGKILL: nothing is said, nothing is flushed.
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn begin(store: &Store, shop: &Shop) -> ImportId {
    let ctx = system();
    let new = NewImport {
        kind: Kind::Orders,
        storefront: shop.id,
        funnel: Some(shop.funnel.id),
        file_name: "orders.csv".into(),
        headings: ["Номер", "Клієнт", "Сума"].map(str::to_owned).to_vec(),
    };
    let import = store.begin_import(&ctx, CommandId::new_v4(), new).await.expect("an import");
    for first in (2..ROWS + 2).step_by(1_000) {
        let row = |row: i64| NewRow { row, cells: vec![row.to_string(), format!("Олена {row}"), "100".into()] };
        let rows = (first..(first + 1_000).min(ROWS + 2)).map(row).collect();
        store.add_rows(&ctx, import, rows).await.expect("rows");
    }
    store.end_of_rows(&ctx, import).await.expect("the end");
    let columns = vec![Some(Field::OrderNumber), Some(Field::Name), Some(Field::Sum)];
    let mapping = Mapping { kind: Kind::Orders, preset: Preset::Plain, columns, decimal: None, dates: None };
    let start = StartImport { import, mapping, purpose: Purpose::Import };
    store.start_import(&ctx, CommandId::new_v4(), start).await.expect("a start");
    import
}

/// As another process sees it.
async fn until(store: &Store, import: ImportId, seen: impl Fn(&Import) -> bool) -> Import {
    let begun = Instant::now();
    loop {
        let found = store.import(&system(), import).await.expect("an import");
        if seen(&found) {
            return found;
        }
        assert!(begun.elapsed() < TIME_MAX, "{:?}", found.counts);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_outlives_a_kill() {
    let folder = TempDir::new().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("kill.db").display());
    let store = Store::open(&Options::new(&database)).await.expect("the store opens");
    let shop = shop(&store, "Кава").await;
    let import = begin(&store, &shop).await;
    let mut before = 0;
    for kill in 0..KILLS {
        let server = Server::spawn(&database, folder.path());
        let found = until(&store, import, |import| import.counts.done > before || !import.state.is_going()).await;
        assert_eq!(found.state, ImportState::Running, "kill {kill} came too late: nothing was proven");
        drop(server);
        let left = store.import(&system(), import).await.expect("an import");
        assert!(left.counts.done >= found.counts.done, "what was committed is there");
        before = left.counts.done;
    }
    let server = Server::spawn(&database, folder.path());
    let done = until(&store, import, |import| !import.state.is_going()).await;
    drop(server);
    assert_eq!((done.state, done.counts.done, done.counts.made), (ImportState::Done, ROWS, ROWS));
    assert!(done.resumed >= 1, "it is told that it was broken off");
    assert_eq!(store.check().await.expect("a check"), Vec::<String>::new());
    let mut numbers = numbers(&store).await;
    assert_eq!(numbers.len() as i64, ROWS, "each row once");
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len() as i64, ROWS, "none twice");
}

async fn numbers(store: &Store) -> Vec<String> {
    let mut numbers = Vec::new();
    let mut cursor = DealId(0);
    loop {
        let page = store.deals_page(&system(), None, None, &Filter::default(), (cursor, 200)).await.expect("deals");
        let Some(last) = page.last() else { return numbers };
        cursor = last.id;
        numbers.extend(page.into_iter().map(|card| card.order_number.expect("a number")));
    }
}
