//! The board: what it shows, and moves on it.

mod commands;
mod lists;
pub mod queries;
pub mod rows;
mod scripts;
mod views;

use domain::auth::{Action, Actor, On, may};
use domain::board::{Card, Refusal};
use domain::ids::DealId;

pub(crate) use commands::{lock_open_stage, lock_stage, place_at, scope_of, top_of, write_move};
pub use domain::board::{BoardData, MoveDeals, Moved, Person, SavedView};
pub use lists::DealsAsked;
pub use queries::{PAGE_MAX, WINDOW};

use crate::error::Result;
use crate::sql::{Conn, Sql};

/// A deal's card for somebody who may see it; to the others it does not exist.
pub(crate) async fn visible_card(conn: &mut Conn, actor: &Actor, deal: DealId) -> Result<Card> {
    let card = card(conn, deal, "").await?;
    match card {
        Some(card) if may(actor, Action::SeeDeals, On::Storefront(card.storefront)) => Ok(card),
        Some(_) | None => Err(Refusal::NotFound.into()),
    }
}

/// The card, locked against other commands until the transaction ends. SQLite has one writer and needs no lock.
pub(crate) async fn card_for_update(conn: &mut Conn, deal: DealId) -> Result<Option<Card>> {
    let lock = lock_deals(conn);
    match card(conn, deal, lock).await? {
        // PostgreSQL waited for somebody who gave the deal another customer: the joined row is not the one that it had
        // looked up, and it finds nothing. The lock is held now, so a second look is a sure one.
        None if !lock.is_empty() => card(conn, deal, lock).await,
        found => Ok(found),
    }
}

/// The card, whoever looks.
pub(crate) async fn card_of(conn: &mut Conn, deal: DealId) -> Result<Option<Card>> {
    card(conn, deal, "").await
}

/// The ending of a query that locks the deals it finds.
fn lock_deals(conn: &Conn) -> &'static str {
    if matches!(conn, Conn::Postgres(_)) { " FOR NO KEY UPDATE OF d" } else { "" }
}

async fn card(conn: &mut Conn, deal: DealId, lock: &'static str) -> Result<Option<Card>> {
    let columns = rows::CARD;
    Sql::assembled(format!(
        "SELECT {columns} FROM deals d JOIN customers c ON c.id = d.customer_id WHERE d.id = $1{lock}"
    ))
    .bind(deal)
    .optional(conn)
    .await?
    .as_ref()
    .map(rows::card)
    .transpose()
}
