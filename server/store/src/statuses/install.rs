//! What a storefront begins with, and what a scenario brings along.

use domain::auth::Actor;
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{
    PaymentKind, STATUSES_MAX, ScenarioPreset, SetStatus, ShopStatus, StatusFault, StatusKind, StatusSet, choose,
    named, payment_kind, usual_next,
};

use super::settings::{as_form, insert, write_next};
use super::{live, lock, scenarios_of};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx};

impl Store {
    /// Storefronts from before there were statuses get theirs, and their orders the one that the shop's word means. None
    /// of it is news: it is as things were. Says how many storefronts it began with.
    pub async fn prepare_statuses(&self, now: Millis) -> Result<usize> {
        let rows = sql!(
            "SELECT id FROM storefronts sf WHERE NOT EXISTS (SELECT 1 FROM statuses s WHERE s.storefront_id = sf.id) \
             ORDER BY id"
        )
        .all(&mut self.reader().await?)
        .await?;
        let without: Vec<StorefrontId> = rows.iter().map(|row| row.get("id")).collect::<Result<_>>()?;
        let ctx = Ctx { actor: Actor::system(), now };
        for storefront in &without {
            let storefront = *storefront;
            self.write(&ctx, new_command(), &("prepare statuses", storefront), move |tx| {
                Box::pin(async move {
                    // Of two servers that start at once, one does it.
                    lock(tx.conn, storefront).await?;
                    if live(tx.conn, storefront).await?.is_empty() {
                        let lang = language_of_owner(tx.conn).await?;
                        begin(tx, storefront, lang).await?;
                        catch_up(tx, storefront).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        }
        Ok(without.len())
    }
}

/// The larger set and the three scenarios.
pub(crate) async fn begin(tx: &mut Tx<'_>, storefront: StorefrontId, lang: Lang) -> Result<()> {
    let mut ids = Vec::new();
    for (place, of_set) in (0i64..).zip(StatusSet::Eleven.statuses(lang)) {
        ids.push(insert(tx.conn, storefront, place, &as_form(&of_set)).await?);
    }
    connect(tx.conn, storefront, &ids).await?;
    for preset in ScenarioPreset::ALL {
        scenario(tx, storefront, preset, lang).await?;
    }
    Ok(())
}

/// A scenario of these kinds; statuses that it needs and the storefront lacks are added.
pub(super) async fn scenario(
    tx: &mut Tx<'_>,
    storefront: StorefrontId,
    preset: ScenarioPreset,
    lang: Lang,
) -> Result<()> {
    let mut known = live(tx.conn, storefront).await?;
    let lacking: Vec<StatusKind> =
        preset.kinds().iter().copied().filter(|kind| !known.iter().any(|status| status.kind == *kind)).collect();
    if known.len() + lacking.len() > STATUSES_MAX {
        return Err(StatusFault::Full.into());
    }
    let mut added = Vec::new();
    for (place, kind) in (known.len() as i64..).zip(lacking) {
        added.push(insert(tx.conn, storefront, place, &as_form(&SetStatus::of(kind, lang))).await?);
    }
    if !added.is_empty() {
        connect(tx.conn, storefront, &added).await?;
        known = live(tx.conn, storefront).await?;
    }
    let step = |kind: &StatusKind| known.iter().find(|status| status.kind == *kind).map(|status| status.id);
    let steps: Vec<StatusId> = preset.kinds().iter().filter_map(step).collect();
    super::scenarios::insert(tx.conn, storefront, preset.name(lang), preset.payment(), &steps).await.map(drop)
}

/// The usual ways of these statuses: from them to all, and from all to them. Other ways stay as they are.
pub(super) async fn connect(conn: &mut Conn, storefront: StorefrontId, new: &[StatusId]) -> Result<()> {
    let all = live(conn, storefront).await?;
    let kinds: Vec<StatusKind> = all.iter().map(|status| status.kind).collect();
    for (place, status) in all.iter().enumerate() {
        let usual: Vec<StatusId> = usual_next(&kinds, place).into_iter().map(|next| all[next].id).collect();
        let next = if new.contains(&status.id) {
            usual
        } else {
            let own = status.next.iter().copied().filter(|next| !new.contains(next));
            own.chain(usual.iter().copied().filter(|next| new.contains(next))).collect()
        };
        write_next(conn, status.id, &next).await?;
    }
    Ok(())
}

/// Orders that have none get the status that their shop's word means, since it was last said.
async fn catch_up(tx: &mut Tx<'_>, storefront: StorefrontId) -> Result<()> {
    let statuses = live(tx.conn, storefront).await?;
    for word in ShopStatus::ALL {
        let Some(status) = named(word, &statuses).or(statuses.first()) else { continue };
        sql!(
            "UPDATE orders SET status_id = $3, status_since = CASE WHEN $4 = 1 AND changed_at > placed_at \
             THEN changed_at ELSE placed_at END \
             WHERE storefront_id = $1 AND status = $2 AND status_id IS NULL AND customer_id IS NOT NULL"
        )
        .bind(storefront)
        .bind(word)
        .bind(status.id)
        .bind(status.kind.ends())
        .run(tx.conn)
        .await?;
    }
    sql!(
        "INSERT INTO order_stays (order_id, status_id, began_at, actor) SELECT id, status_id, status_since, CAST($2 AS TEXT) \
         FROM orders WHERE storefront_id = $1 AND status_id IS NOT NULL ORDER BY id"
    )
    .bind(storefront)
    .bind(tx.ctx.actor.who.to_string())
    .run(tx.conn)
    .await?;
    let scenarios = scenarios_of(tx.conn, storefront).await?;
    let ways =
        sql!("SELECT DISTINCT payment_method, paid FROM orders WHERE storefront_id = $1 AND status_id IS NOT NULL")
            .bind(storefront)
            .all(tx.conn)
            .await?;
    for way in &ways {
        let (method, paid): (String, bool) = (way.get("payment_method")?, way.get("paid")?);
        let kind: PaymentKind = payment_kind(&method, paid);
        let Some(scenario) = choose(&scenarios, kind) else { continue };
        sql!(
            "UPDATE orders SET scenario_id = $4 WHERE storefront_id = $1 AND payment_method = $2 AND paid = $3 \
             AND status_id IS NOT NULL"
        )
        .bind(storefront)
        .bind(method)
        .bind(paid)
        .bind(scenario.id)
        .run(tx.conn)
        .await?;
    }
    Ok(())
}

/// The first owner's, where they chose one.
async fn language_of_owner(conn: &mut Conn) -> Result<Lang> {
    let row = sql!("SELECT lang FROM users WHERE role = 'owner' AND removed_at IS NULL ORDER BY id LIMIT 1");
    let row = row.optional(conn).await?;
    let code: Option<String> = row.map(|row| row.get::<Option<String>>("lang")).transpose()?.flatten();
    Ok(code.and_then(|code| Lang::parse(&code)).unwrap_or_default())
}

/// What the actor reads; the system reads Ukrainian.
pub(crate) async fn language_of(conn: &mut Conn, actor: &Actor) -> Result<Lang> {
    let Some(user) = actor.user() else { return Ok(Lang::default()) };
    let row = sql!("SELECT lang FROM users WHERE id = $1").bind(user).optional(conn).await?;
    let code: Option<String> = row.map(|row| row.get::<Option<String>>("lang")).transpose()?.flatten();
    Ok(code.and_then(|code| Lang::parse(&code)).unwrap_or_default())
}
