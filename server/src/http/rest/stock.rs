//! Stock: what lies where, how it came to that, of what there is little left; and work on it.

use axum::Json as Plain;
use axum::extract::State;
use axum::http::Uri;
use domain::catalog::{
    LedgerLine, LowStock, StockFilter, StockLine, StockRow, StockSettings, StockSettingsPatch, StockWork, WorkOnStock,
};
use domain::ids::{StockMoveId, StorefrontId, VariantId, WarehouseId};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::{Entity, IfMatch};
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;
const OF_STOCK: [&str; 3] = ["storefront", "warehouse", "variant"];
const PAGED: [&str; 2] = ["cursor", "limit"];

#[derive(Serialize)]
pub struct Page {
    stock: Vec<StockRow>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

fn filter(asked: &Asked) -> Result<StockFilter, Problem> {
    Ok(StockFilter {
        storefront: asked.parse("storefront")?,
        warehouse: asked.parse("warehouse")?,
        variant: asked.parse("variant")?,
    })
}

pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Page>, Problem> {
    let asked = Asked::read(&uri, &[&OF_STOCK, &PAGED])?;
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    let cursor = asked.parse("cursor")?.unwrap_or(0);
    let mut rows = state.store().stock_page(&ctx, filter(&asked)?, (cursor, limit + 1)).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(limit as usize);
    let next_cursor = rows.last().filter(|_| more).map(|(place, _)| place.to_string());
    Ok(Plain(Page { stock: rows.into_iter().map(|(_, row)| row).collect(), next_cursor }))
}

#[derive(Serialize)]
pub struct LowPage {
    low_stock: Vec<LowStock>,
    next_cursor: Option<String>,
}

pub async fn low(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<LowPage>, Problem> {
    let asked = Asked::read(&uri, &[&["storefront"], &PAGED])?;
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    let cursor = asked.parse("cursor")?.unwrap_or(VariantId(0));
    let mut low_stock = state.store().low_stock(&ctx, asked.parse("storefront")?, (cursor, limit + 1)).await?;
    let more = low_stock.len() as i64 > limit;
    low_stock.truncate(limit as usize);
    let next_cursor = low_stock.last().filter(|_| more).map(|one| one.variant.to_string());
    Ok(Plain(LowPage { low_stock, next_cursor }))
}

#[derive(Serialize)]
pub struct Moves {
    moves: Vec<LedgerLine>,
    next_cursor: Option<String>,
}

/// The ledger, the oldest first.
pub async fn moves(State(state): State<AppState>, Caller(ctx): Caller, uri: Uri) -> Result<Plain<Moves>, Problem> {
    let asked = Asked::read(&uri, &[&OF_STOCK, &["order"], &PAGED])?;
    let limit = asked.limit(PAGE, PAGE_MAX)?;
    let cursor = asked.parse("cursor")?.unwrap_or(StockMoveId(0));
    let which = (filter(&asked)?, asked.parse("order")?);
    let mut moves = state.store().ledger_page(&ctx, which, (cursor, limit + 1)).await?;
    let more = moves.len() as i64 > limit;
    moves.truncate(limit as usize);
    let next_cursor = moves.last().filter(|_| more).map(|line| line.id.to_string());
    Ok(Plain(Moves { moves, next_cursor }))
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Receive,
    Await,
    Correct,
    Count,
    Transfer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    variant: VariantId,
    warehouse: WarehouseId,
    kind: Kind,
    quantity: i64,
    /// Of a transfer alone.
    to: Option<WarehouseId>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    moves: Vec<Line>,
}

#[derive(Serialize)]
pub struct Worked {
    stock: Vec<StockRow>,
}

/// All of the moves, or none.
pub async fn work(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    _: NoQuery,
    Json(Work { moves }): Json<Work>,
) -> Result<Plain<Worked>, Problem> {
    let lines = moves.into_iter().map(line).collect::<Result<Vec<StockLine>, Problem>>()?;
    let stock = state.store().work_on_stock(&ctx, WorkOnStock { command: key.0, lines }).await?;
    Ok(Plain(Worked { stock }))
}

fn line(line: Line) -> Result<StockLine, Problem> {
    let Line { variant, warehouse, kind, quantity, to, note } = line;
    let work = match (kind, to) {
        (Kind::Receive, None) => StockWork::Receive { quantity },
        (Kind::Await, None) => StockWork::Await { quantity },
        (Kind::Correct, None) => StockWork::Correct { by: quantity },
        (Kind::Count, None) => StockWork::Count { counted: quantity },
        (Kind::Transfer, Some(to)) => StockWork::Transfer { to, quantity },
        (Kind::Transfer, None) => return Err(Problem::invalid("to", "missing")),
        (Kind::Receive | Kind::Await | Kind::Correct | Kind::Count, Some(_)) => {
            return Err(Problem::invalid("to", "not_asked").detail("only a transfer goes somewhere"));
        }
    };
    Ok(StockLine { variant, warehouse, work, note: note.unwrap_or_default() })
}

pub async fn settings(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    storefront: InPath,
    _: NoQuery,
) -> Result<Entity<StockSettings>, Problem> {
    Entity::new(kept(&state, &ctx, storefront.id()?).await?)
}

async fn kept(state: &AppState, ctx: &Ctx, storefront: StorefrontId) -> Result<StockSettings, Problem> {
    Ok(state.store().stock_settings(ctx, storefront).await?)
}

pub async fn change_settings(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    storefront: InPath,
    key: Key,
    seen: IfMatch,
    _: NoQuery,
    Json(patch): Json<StockSettingsPatch>,
) -> Result<Entity<StockSettings>, Problem> {
    let id: StorefrontId = storefront.id()?;
    Entity::new(state.store().patch_stock_settings(&ctx, key.0, id, (patch, seen.seen())).await?)
}
