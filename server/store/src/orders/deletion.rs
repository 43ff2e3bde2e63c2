//! The shop deleted an order, or took it out of its bin again.

use domain::auth::Actor;
use domain::board::Card;
use domain::event::{Fact, Scope};
use domain::ids::*;

use super::known::known;
use super::{Received, leads, lock};
use crate::board::{self, card_for_update};
use crate::catalog;
use crate::error::Result;
use crate::sql::sql;
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

impl Store {
    /// The shop deleted an order. One that never arrived is remembered, so that a late creation does not revive it.
    pub async fn delete_order(&self, storefront: StorefrontId, now: Millis, external_id: String) -> Result<Received> {
        let ctx = Ctx { actor: Actor::shop(storefront), now };
        let content = (storefront, external_id.clone());
        self.write(&ctx, new_command(), &content, move |tx| {
            Box::pin(async move { delete(tx, storefront, external_id).await })
        })
        .await
    }
}

pub(crate) async fn delete(tx: &mut Tx<'_>, storefront: StorefrontId, external_id: String) -> Result<Received> {
    lock(tx.conn, storefront, &external_id).await?;
    match known(tx.conn, storefront, &external_id).await? {
        Some(known) if known.deleted => Ok(Received { order: Some(known.id), deal: known.deal, unchanged: true }),
        Some(known) => {
            let now = tx.ctx.now;
            sql!("UPDATE orders SET deleted_at = $2 WHERE id = $1").bind(known.id).bind(now).run(tx.conn).await?;
            if let Some(deal) = known.deal
                && let Some(mut card) = card_for_update(tx.conn, deal).await?
            {
                mark(tx, &mut card, known.id, &known.number, Mark::Deleted).await?;
            }
            catalog::renew_order(tx, known.id).await?;
            Ok(Received { order: Some(known.id), deal: known.deal, unchanged: false })
        }
        None => {
            let id: OrderId = sql!(
                "INSERT INTO orders (storefront_id, external_id, number, shop_status, status, currency, total, \
                 shipping_total, discount_total, payment_method, paid, note, placed_at, changed_at, deleted_at) \
                 VALUES ($1, $2, $2, 'deleted', 'unknown', 'UAH', 0, 0, 0, '', 0, '', $3, 0, $3) RETURNING id"
            )
            .bind(storefront)
            .bind(&external_id)
            .bind(tx.ctx.now)
            .one(tx.conn)
            .await?
            .get("id")?;
            // A cart that was thrown away has a deal, though never an order.
            let lead = leads::made(tx.conn, storefront, &external_id).await?;
            let deal = lead.as_ref().map(|card| card.id);
            if let Some(mut card) = lead {
                mark(tx, &mut card, id, &external_id, Mark::Deleted).await?;
            }
            Ok(Received { order: Some(id), deal, unchanged: false })
        }
    }
}

#[derive(Clone, Copy)]
pub(super) enum Mark {
    Deleted,
    Restored,
}

pub(super) async fn mark(tx: &mut Tx<'_>, card: &mut Card, order: OrderId, number: &str, mark: Mark) -> Result<()> {
    card.version += 1;
    card.deleted_in_shop = matches!(mark, Mark::Deleted);
    sql!("UPDATE deals SET version = $2, deleted_in_shop = $3 WHERE id = $1")
        .bind(card.id)
        .bind(card.version)
        .bind(card.deleted_in_shop)
        .run(tx.conn)
        .await?;
    let (number, version) = (number.to_owned(), card.version);
    let scope = Scope { order: Some(order), ..board::scope_of(card) };
    tx.record(
        scope,
        match mark {
            Mark::Deleted => Fact::OrderDeleted { number, version },
            Mark::Restored => Fact::OrderRestored { number, version },
        },
    );
    Ok(())
}
