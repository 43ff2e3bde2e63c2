//! Imports as the store knows them, without the server's own importer.

use std::time::Duration;

use app::ctx::now;
use domain::ids::*;
use domain::import::{Field, Import, Kind, Mapping, NewImport, Preset, Purpose, StartImport};
use store::Store;
use store::import::NewRow;

use super::{Shop, phone_of, system};

/// Of a table of names and telephones.
pub fn mapping() -> Mapping {
    Mapping {
        kind: Kind::Deals,
        preset: Preset::Plain,
        columns: vec![Some(Field::Name), Some(Field::Phone)],
        decimal: None,
        dates: None,
    }
}

/// A file of one row that waits for its start; nothing else is going any more.
pub async fn waiting(store: &Store, shop: &Shop) -> ImportId {
    finish(store).await;
    let ctx = system();
    let new = NewImport {
        kind: Kind::Deals,
        storefront: shop.id,
        funnel: Some(shop.funnel.id),
        file_name: "Кава.csv".into(),
        headings: vec!["Ім'я".into(), "Телефон".into()],
    };
    let import = store.begin_import(&ctx, CommandId::new_v4(), new).await.expect("an import");
    let name = format!("Олена {import}");
    let cells = vec![name.clone(), phone_of(&name)];
    store.add_rows(&ctx, import, vec![NewRow { row: 2, cells }]).await.expect("a row");
    store.end_of_rows(&ctx, import).await.expect("the end");
    import
}

/// One that somebody has set going, and nobody drives.
pub async fn going(store: &Store, shop: &Shop, purpose: Purpose) -> ImportId {
    let import = waiting(store, shop).await;
    let start = StartImport { import, mapping: mapping(), purpose };
    store.start_import(&system(), CommandId::new_v4(), start).await.expect("a start");
    import
}

/// One that has made its deal.
pub async fn done(store: &Store, shop: &Shop) -> ImportId {
    let import = going(store, shop, Purpose::Import).await;
    finish(store).await;
    import
}

/// Drives whatever is going to its end, or waits until the server's own importer has.
pub async fn finish(store: &Store) {
    let going = async || store.imports(&system()).await.expect("imports").iter().any(|one| one.state.is_going());
    loop {
        while let Some(mut run) = store.claim_import("test", now()).await.expect("a look") {
            while drive(store, &mut run).await.state.is_going() {}
        }
        if !going().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn drive(store: &Store, run: &mut store::import::Run) -> Import {
    store.run_batch(run, now()).await.expect("a batch")
}
