//! A storefront's access to carriers. The keys go in and are never shown again.

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::carriers::{Breaker, CarrierAccount, CarrierWhy, SetCarrierAccount};
use domain::event::{Fact, Scope};
use domain::ids::*;
use domain::orders::Carrier;

use crate::auth::tokens::hashed;
use crate::error::Result;
use crate::sql::{Conn, Row, sql};
use crate::{Ctx, Store, Tx};

const ACCOUNTS_MAX: i64 = 500;
const HINT_CHARS: usize = 4;

impl Store {
    /// Of the storefronts that the actor manages.
    pub async fn carrier_accounts(&self, ctx: &Ctx) -> Result<Vec<CarrierAccount>> {
        let rows = sql!(
            "SELECT storefront_id, carrier, api_key, set_at, failures, open_until, last_failure, last_failure_at, \
             answered_at FROM carrier_accounts ORDER BY storefront_id, carrier LIMIT $1"
        )
        .bind(ACCOUNTS_MAX)
        .all(&mut self.reader().await?)
        .await?;
        let all: Vec<CarrierAccount> = rows.iter().map(|row| account(row, ctx.now)).collect::<Result<_>>()?;
        let manages = |one: &CarrierAccount| may(&ctx.actor, Action::ManageStorefronts, On::Storefront(one.storefront));
        Ok(all.into_iter().filter(manages).collect())
    }

    /// Entered anew, it begins anew: whatever failed with other keys is asked for at once.
    pub async fn set_carrier_account(
        &self,
        ctx: &Ctx,
        id: CommandId,
        set: SetCarrierAccount,
    ) -> Result<CarrierAccount> {
        let set = set.checked()?;
        let content = (set.storefront, set.carrier, hashed(&format!("{} {}", set.key, set.secret)));
        self.write(ctx, id, &content, move |tx| Box::pin(async move { put(tx, set).await })).await
    }

    /// Its parcels are asked for no more.
    pub async fn remove_carrier_account(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        carrier: Carrier,
    ) -> Result<()> {
        self.write(ctx, id, &(storefront, carrier), move |tx| {
            Box::pin(async move {
                allowed(tx, storefront)?;
                let removed = sql!("DELETE FROM carrier_accounts WHERE storefront_id = $1 AND carrier = $2")
                    .bind(storefront)
                    .bind(carrier)
                    .run(tx.conn)
                    .await?;
                if removed == 0 {
                    return Err(Refusal::NotFound.into());
                }
                tell(tx, storefront, carrier, false);
                Ok(())
            })
        })
        .await
    }
}

fn allowed(tx: &Tx<'_>, storefront: StorefrontId) -> Result<()> {
    if !tx.ctx.actor.storefronts.contains(storefront) {
        return Err(Refusal::NotFound.into());
    }
    if !may(&tx.ctx.actor, Action::ManageStorefronts, On::Storefront(storefront)) {
        return Err(Refusal::NotAllowed.into());
    }
    Ok(())
}

fn tell(tx: &mut Tx<'_>, storefront: StorefrontId, carrier: Carrier, linked: bool) {
    let scope = Scope { storefront: Some(storefront), ..Scope::default() };
    tx.record(scope, Fact::CarrierAccountChanged { carrier, linked });
}

async fn put(tx: &mut Tx<'_>, set: SetCarrierAccount) -> Result<CarrierAccount> {
    let (storefront, carrier) = (set.storefront, set.carrier);
    allowed(tx, storefront)?;
    let known = sql!("SELECT id FROM storefronts WHERE id = $1").bind(storefront).optional(tx.conn).await?;
    known.ok_or(Refusal::NotFound)?;
    // Whoever is just asking with the old keys loses the claim.
    sql!(
        "INSERT INTO carrier_accounts (storefront_id, carrier, api_key, api_secret, set_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (storefront_id, carrier) DO UPDATE SET api_key = excluded.api_key, \
         api_secret = excluded.api_secret, set_at = excluded.set_at, failures = 0, open_until = NULL, \
         last_failure = NULL, last_failure_at = NULL, holder = NULL, lease_until = 0"
    )
    .bind(storefront)
    .bind(carrier)
    .bind(&set.key)
    .bind(&set.secret)
    .bind(tx.ctx.now)
    .run(tx.conn)
    .await?;
    sql!(
        "UPDATE shipments SET failures = 0, next_poll_at = 0 WHERE carrier = $2 AND failures > 0 AND ended_at IS NULL \
         AND order_id IN (SELECT id FROM orders WHERE storefront_id = $1)"
    )
    .bind(storefront)
    .bind(carrier)
    .run(tx.conn)
    .await?;
    tell(tx, storefront, carrier, true);
    one(tx.conn, storefront, (carrier, tx.ctx.now)).await
}

async fn one(conn: &mut Conn, storefront: StorefrontId, (carrier, now): (Carrier, Millis)) -> Result<CarrierAccount> {
    let row = sql!(
        "SELECT storefront_id, carrier, api_key, set_at, failures, open_until, last_failure, last_failure_at, \
         answered_at FROM carrier_accounts WHERE storefront_id = $1 AND carrier = $2"
    )
    .bind(storefront)
    .bind(carrier)
    .one(conn)
    .await?;
    account(&row, now)
}

fn account(row: &Row, now: Millis) -> Result<CarrierAccount> {
    let breaker = Breaker { failures: row.get("failures")?, open_until: row.get("open_until")? };
    Ok(CarrierAccount {
        storefront: row.get("storefront_id")?,
        carrier: row.get("carrier")?,
        hint: hint(&row.get::<String>("api_key")?),
        breaker: breaker.state(now),
        failures: breaker.failures,
        // A reason that an older version knew is better left out than in the way.
        last_failure: row.get::<Option<String>>("last_failure")?.and_then(|why| CarrierWhy::parse(&why)),
        last_failure_at: row.get("last_failure_at")?,
        answered_at: row.get("answered_at")?,
        set_at: row.get("set_at")?,
    })
}

/// Of a key so short that its end would be half of it, nothing.
fn hint(key: &str) -> String {
    let chars = key.chars().count();
    key.chars().skip(if chars >= 4 * HINT_CHARS { chars - HINT_CHARS } else { chars }).collect()
}
