//! What people do with stock by hand: all of a command's lines, or none.

use std::collections::{BTreeMap, BTreeSet};

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::catalog::{
    CatalogFault, LINES_MAX, Stock, StockLine, StockRow, StockWork, StockWrong, WorkOnStock, decide_stock, stock_moves,
};
use domain::event::{Fact, StockMove, StockMoved};
use domain::ids::*;

use super::ledger::{self, Entry};
use super::{allowed, scope, settings};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx};

impl Store {
    /// Answers with the stock of every place that was named, as it is then.
    pub async fn work_on_stock(&self, ctx: &Ctx, command: WorkOnStock) -> Result<Vec<StockRow>> {
        let content = ("work on stock", command.clone());
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { work(tx, &command.lines).await }))
            .await
    }
}

/// A variant whose stock may be worked on.
struct Known {
    storefront: StorefrontId,
    sku: String,
    preorder: bool,
}

async fn work(tx: &mut Tx<'_>, lines: &[StockLine]) -> Result<Vec<StockRow>> {
    if lines.is_empty() || lines.len() > LINES_MAX {
        return Err(CatalogFault::Lines.into());
    }
    let known = variants(tx, lines).await?;
    warehouses(tx.conn, lines, &known).await?;
    let places: BTreeSet<(VariantId, WarehouseId)> = lines.iter().flat_map(places_of).collect();
    let mut stocks = BTreeMap::new();
    for (variant, warehouse) in places {
        stocks.insert((variant, warehouse), ledger::hold_place(tx.conn, variant, warehouse).await?);
    }
    let mut facts: BTreeMap<StorefrontId, Vec<StockMove>> = BTreeMap::new();
    for (line, asked) in lines.iter().enumerate() {
        let wrong = |wrong: StockWrong| CatalogFault::Stock { line, wrong };
        let Some(of) = known.get(&asked.variant) else { return Err(wrong(StockWrong::UnknownVariant).into()) };
        let note = asked.checked_note().map_err(wrong)?;
        let here = stocks.get(&(asked.variant, asked.warehouse)).copied().unwrap_or_default();
        for (warehouse, kind, quantity) in stock_moves(asked, here).map_err(wrong)? {
            let variant = asked.variant;
            let stock = stocks.entry((variant, warehouse)).or_default();
            *stock = decide_stock(*stock, kind, quantity, of.preorder).map_err(wrong)?;
            ledger::write(tx, Entry { variant, warehouse, kind, quantity, order: None, note: note.clone() }).await?;
            let sku = of.sku.clone();
            facts.entry(of.storefront).or_default().push(StockMove { variant, warehouse, sku, kind, quantity });
        }
    }
    for (storefront, moves) in facts {
        tx.record(scope(storefront), Fact::StockMoved(StockMoved { moves }));
    }
    let row = |((variant, warehouse), stock): ((VariantId, WarehouseId), Stock)| StockRow {
        variant,
        warehouse,
        stock,
        available: stock.available(),
    };
    Ok(stocks.into_iter().map(row).collect())
}

fn places_of(line: &StockLine) -> Vec<(VariantId, WarehouseId)> {
    let mut places = vec![(line.variant, line.warehouse)];
    if let StockWork::Transfer { to, .. } = line.work {
        places.push((line.variant, to));
    }
    places
}

/// One that is not there and one that is not yours look the same. On PostgreSQL nobody puts them away meanwhile.
async fn variants(tx: &mut Tx<'_>, lines: &[StockLine]) -> Result<BTreeMap<VariantId, Known>> {
    let asked: BTreeSet<VariantId> = lines.iter().map(|line| line.variant).collect();
    let mut known: BTreeMap<VariantId, Known> = BTreeMap::new();
    for id in asked {
        let row = sql!(
            sqlite: "SELECT storefront_id, sku FROM variants WHERE id = $1 AND retired_at IS NULL",
            postgres: "SELECT storefront_id, sku FROM variants WHERE id = $1 AND retired_at IS NULL FOR SHARE",
        );
        let row = row.bind(id).optional(tx.conn).await?;
        let found = match row {
            Some(row) => Some((row.get::<StorefrontId>("storefront_id")?, row.get::<String>("sku")?)),
            None => None,
        };
        let seen = found.filter(|(of, _)| may(&tx.ctx.actor, Action::SeeDeals, On::Storefront(*of)));
        let Some((storefront, sku)) = seen else {
            let line = lines.iter().position(|line| line.variant == id).unwrap_or_default();
            return Err(CatalogFault::Stock { line, wrong: StockWrong::UnknownVariant }.into());
        };
        allowed(&tx.ctx.actor, storefront, Action::KeepStock)?;
        let (rules, _) = settings::read(tx.conn, storefront).await?.ok_or(Refusal::NotFound)?;
        known.insert(id, Known { storefront, sku, preorder: rules.preorder });
    }
    Ok(known)
}

/// Each is of its variant's storefront.
async fn warehouses(conn: &mut Conn, lines: &[StockLine], known: &BTreeMap<VariantId, Known>) -> Result<()> {
    let asked: BTreeSet<WarehouseId> = lines.iter().flat_map(places_of).map(|(_, warehouse)| warehouse).collect();
    let mut of: BTreeMap<WarehouseId, StorefrontId> = BTreeMap::new();
    for id in asked {
        let row = sql!(
            sqlite: "SELECT storefront_id FROM warehouses WHERE id = $1 AND retired_at IS NULL",
            postgres: "SELECT storefront_id FROM warehouses WHERE id = $1 AND retired_at IS NULL FOR SHARE",
        );
        if let Some(row) = row.bind(id).optional(conn).await? {
            of.insert(id, row.get("storefront_id")?);
        }
    }
    for (line, asked) in lines.iter().enumerate() {
        for (variant, warehouse) in places_of(asked) {
            let own = known.get(&variant).map(|known| known.storefront);
            if own.is_none() || of.get(&warehouse).copied() != own {
                return Err(CatalogFault::Stock { line, wrong: StockWrong::UnknownWarehouse }.into());
            }
        }
    }
    Ok(())
}
