//! Files that are imported, as a door and the runner behind it do it.

use domain::import::*;
use store::import::NewRow;
use store::{Ctx, Store};

use super::shop::{Shop, id};

pub async fn take_in(store: &Store, ctx: &Ctx, shop: &Shop, kind: Kind, headings: &[&str], rows: &[&[&str]]) -> Import {
    let new = NewImport {
        kind,
        storefront: shop.one,
        funnel: None,
        file_name: "файл.csv".into(),
        headings: headings.iter().map(|heading| (*heading).to_owned()).collect(),
    };
    let import = store.begin_import(ctx, id(), new).await.expect("begun");
    let new =
        |(row, cells): (i64, &&[&str])| NewRow { row, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() };
    let rows: Vec<NewRow> = (2..).zip(rows).map(new).collect();
    for chunk in rows.chunks(CHUNK_ROWS_MAX) {
        store.add_rows(ctx, import, chunk.to_vec()).await.expect("rows are taken");
    }
    store.end_of_rows(ctx, import).await.expect("whole")
}

pub fn guessed(import: &Import, rows: &[&[&str]]) -> Mapping {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    guess(import.kind, &import.headings, &rows).mapping
}

/// Starts it with the mapping that is guessed, and drives it to its end.
pub async fn start(store: &Store, ctx: &Ctx, import: &Import, purpose: Purpose) -> Import {
    let rows = store.sample_rows(ctx, import.id, 1_000).await.expect("rows");
    let mapping = guess(import.kind, &import.headings, &rows).mapping;
    store.start_import(ctx, id(), StartImport { import: import.id, mapping, purpose }).await.expect("started");
    drive(store, ctx, "driver").await
}

/// Drives what is going to its end, as the process of this name.
pub async fn drive(store: &Store, ctx: &Ctx, driver: &str) -> Import {
    let mut run = store.claim_import(driver, ctx.now).await.expect("asked").expect("something to do");
    while run.import.state.is_going() {
        store.run_batch(&mut run, ctx.now).await.expect("a step");
    }
    store.import(ctx, run.import.id).await.expect("there")
}

pub async fn through(store: &Store, ctx: &Ctx, shop: &Shop, kind: Kind, headings: &[&str], rows: &[&[&str]]) -> Import {
    let import = take_in(store, ctx, shop, kind, headings, rows).await;
    start(store, ctx, &import, Purpose::Import).await
}
