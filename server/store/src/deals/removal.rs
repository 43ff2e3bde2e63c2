//! Deals that go for good: with their goods and their link, not with their customer or the shop's order.

use domain::auth::Action;
use domain::board::Card;
use domain::deals::DeleteDeal;
use domain::event::Fact;
use domain::ids::{CommandId, DealId};

use super::as_seen;
use super::commands::for_change;
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx, board};

impl Store {
    pub async fn delete_deal(&self, ctx: &Ctx, command: DeleteDeal) -> Result<()> {
        let DeleteDeal { command: id, deal, seen } = command;
        self.drop_deal(ctx, id, deal, Some(seen)).await
    }

    /// `seen`: the version that the caller knows; None: whatever it is.
    pub async fn drop_deal(&self, ctx: &Ctx, id: CommandId, deal: DealId, seen: Option<i64>) -> Result<()> {
        let content = ("delete deal", deal, seen);
        self.write(ctx, id, &content, move |tx| Box::pin(async move { delete(tx, deal, seen).await })).await
    }
}

async fn delete(tx: &mut Tx<'_>, deal: DealId, seen: Option<i64>) -> Result<()> {
    lock_orders(tx.conn, deal).await?;
    let card = for_change(tx, deal, Action::DeleteDeal).await?;
    as_seen(&card, seen)?;
    remove(tx, &card).await
}

/// PostgreSQL: the order before its deal, as the shop's own news lock them, so that the two never wait for each other in
/// a circle.
pub(crate) async fn lock_orders(conn: &mut Conn, deal: DealId) -> Result<()> {
    if matches!(conn, Conn::Postgres(_)) {
        sql!(
            sqlite: "SELECT id FROM orders WHERE deal_id = $1",
            postgres: "SELECT id FROM orders WHERE deal_id = $1 ORDER BY id FOR NO KEY UPDATE",
        )
        .bind(deal)
        .all(conn)
        .await?;
    }
    Ok(())
}

/// Takes a deal away that the transaction holds. Its order stays what the shop says it is, and makes no other deal: an
/// order that has its customer but no deal had one that somebody deleted.
pub(crate) async fn remove(tx: &mut Tx<'_>, card: &Card) -> Result<()> {
    sql!("UPDATE orders SET deal_id = NULL WHERE deal_id = $1").bind(card.id).run(tx.conn).await?;
    sql!("DELETE FROM deal_lines WHERE deal_id = $1").bind(card.id).run(tx.conn).await?;
    sql!("DELETE FROM deals WHERE id = $1").bind(card.id).run(tx.conn).await?;
    let logged = Card { customer_name: String::new(), ..card.clone() };
    tx.record(board::scope_of(card), Fact::DealDeleted { card: logged });
    Ok(())
}
