//! Changing a storefront's statuses, one at a time or a whole set.

use std::collections::HashSet;

use domain::board::Refusal;
use domain::event::{Fact, Scope};
use domain::i18n::Lang;
use domain::ids::*;
use domain::orders::{STATUSES_MAX, SetStatus, Status, StatusChange, StatusFault, StatusForm, StatusSet};

use super::retire::{forget, retire};
use super::{allowed, live, lock, scenarios_of};
use crate::error::Result;
use crate::sql::{Conn, sql};
use crate::{Ctx, Store, Tx};

impl Store {
    /// Answers with the statuses as they are then.
    pub async fn change_statuses(&self, ctx: &Ctx, id: CommandId, change: StatusChange) -> Result<Vec<Status>> {
        let content = change.clone();
        self.write(ctx, id, &content, move |tx| Box::pin(async move { apply(tx, change).await })).await
    }

    /// Takes a ready set over: what has its kind there is renamed, what lacks is added, and what is in use nowhere goes.
    pub async fn apply_set(
        &self,
        ctx: &Ctx,
        id: CommandId,
        storefront: StorefrontId,
        set: StatusSet,
        lang: Lang,
    ) -> Result<Vec<Status>> {
        self.write(ctx, id, &("apply set", storefront, set, lang), move |tx| {
            Box::pin(async move {
                allowed(&tx.ctx.actor, storefront)?;
                lock(tx.conn, storefront).await?;
                take_over(tx, storefront, &set.statuses(lang)).await?;
                tell(tx, storefront);
                live(tx.conn, storefront).await
            })
        })
        .await
    }
}

/// What every change of these settings is in the log.
pub(super) fn tell(tx: &mut Tx<'_>, storefront: StorefrontId) {
    tx.record(Scope { storefront: Some(storefront), ..Scope::default() }, Fact::StatusesChanged);
}

/// The storefront of a status that is offered.
pub(super) async fn storefront_of(conn: &mut Conn, status: StatusId) -> Result<StorefrontId> {
    let row = sql!("SELECT storefront_id FROM statuses WHERE id = $1 AND retired_at IS NULL").bind(status);
    row.optional(conn).await?.ok_or(Refusal::NotFound)?.get("storefront_id")
}

async fn apply(tx: &mut Tx<'_>, change: StatusChange) -> Result<Vec<Status>> {
    let storefront = match &change {
        StatusChange::Add { storefront, .. } | StatusChange::Reorder { storefront, .. } => *storefront,
        StatusChange::Edit { status, .. } | StatusChange::Retire { status, .. } => {
            storefront_of(tx.conn, *status).await?
        }
    };
    allowed(&tx.ctx.actor, storefront)?;
    lock(tx.conn, storefront).await?;
    let known = live(tx.conn, storefront).await?;
    match change {
        StatusChange::Add { form, .. } => {
            if known.len() >= STATUSES_MAX {
                return Err(StatusFault::Full.into());
            }
            let form = checked(form, &known, None)?;
            let id = insert(tx.conn, storefront, known.len() as i64, &form).await?;
            write_next(tx.conn, id, &form.next).await?;
        }
        StatusChange::Edit { status, form } => {
            let before = known.iter().find(|one| one.id == status).ok_or(StatusFault::Gone)?;
            let form = checked(form, &known, Some(status))?;
            if form == form_of(before) {
                return Ok(known);
            }
            update(tx.conn, status, &form).await?;
            write_next(tx.conn, status, &form.next).await?;
        }
        StatusChange::Reorder { order, .. } => {
            let (asked, had): (HashSet<_>, HashSet<_>) =
                (order.iter().collect(), known.iter().map(|status| &status.id).collect());
            if asked != had || order.len() != known.len() {
                return Err(StatusFault::Gone.into());
            }
            write_order(tx.conn, &order).await?;
        }
        StatusChange::Retire { status, to } => retire(tx, &known, status, to).await?,
    }
    tell(tx, storefront);
    live(tx.conn, storefront).await
}

/// Names tell statuses apart for people; next ones are others of the same storefront.
fn checked(form: StatusForm, known: &[Status], own: Option<StatusId>) -> Result<StatusForm> {
    let form = form.checked()?;
    let name = form.name.to_lowercase();
    let others = || known.iter().filter(move |status| Some(status.id) != own);
    if others().any(|status| status.name.to_lowercase() == name) {
        return Err(StatusFault::NameTaken.into());
    }
    if !form.next.iter().all(|next| others().any(|status| status.id == *next)) {
        return Err(StatusFault::Next.into());
    }
    Ok(form)
}

fn form_of(status: &Status) -> StatusForm {
    StatusForm {
        name: status.name.clone(),
        colour: status.colour,
        kind: status.kind,
        public_name: status.public_name.clone(),
        public_text: status.public_text.clone(),
        next: status.next.clone(),
    }
}

/// A set's status, where it may go left out.
pub(super) fn as_form(of_set: &SetStatus) -> StatusForm {
    StatusForm {
        name: of_set.name.to_owned(),
        colour: of_set.colour,
        kind: of_set.kind,
        public_name: Some(of_set.public_name.to_owned()),
        public_text: of_set.public_text.to_owned(),
        next: Vec::new(),
    }
}

pub(super) async fn insert(
    conn: &mut Conn,
    storefront: StorefrontId,
    place: i64,
    form: &StatusForm,
) -> Result<StatusId> {
    sql!(
        "INSERT INTO statuses (storefront_id, place, name, colour, kind, public_name, public_text) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"
    )
    .bind(storefront)
    .bind(place)
    .bind(&form.name)
    .bind(form.colour)
    .bind(form.kind)
    .bind(form.public_name.clone())
    .bind(&form.public_text)
    .one(conn)
    .await?
    .get("id")
}

async fn update(conn: &mut Conn, status: StatusId, form: &StatusForm) -> Result<()> {
    sql!("UPDATE statuses SET name = $2, colour = $3, kind = $4, public_name = $5, public_text = $6 WHERE id = $1")
        .bind(status)
        .bind(&form.name)
        .bind(form.colour)
        .bind(form.kind)
        .bind(form.public_name.clone())
        .bind(&form.public_text)
        .run(conn)
        .await
        .map(drop)
}

pub(super) async fn write_next(conn: &mut Conn, from: StatusId, next: &[StatusId]) -> Result<()> {
    sql!("DELETE FROM status_steps WHERE from_id = $1").bind(from).run(conn).await?;
    for (place, to) in (0i64..).zip(next) {
        sql!("INSERT INTO status_steps (from_id, place, to_id) VALUES ($1, $2, $3)")
            .bind(from)
            .bind(place)
            .bind(*to)
            .run(conn)
            .await?;
    }
    Ok(())
}

async fn write_order(conn: &mut Conn, order: &[StatusId]) -> Result<()> {
    for (place, status) in (0i64..).zip(order) {
        sql!("UPDATE statuses SET place = $2 WHERE id = $1").bind(*status).bind(place).run(conn).await?;
    }
    Ok(())
}

async fn take_over(tx: &mut Tx<'_>, storefront: StorefrontId, set: &[SetStatus]) -> Result<()> {
    let mut rest = live(tx.conn, storefront).await?;
    let mut order = Vec::with_capacity(set.len() + rest.len());
    for of_set in set {
        let same = rest.iter().position(|status| status.kind == of_set.kind);
        let form = as_form(of_set);
        order.push(match same.map(|place| rest.remove(place)) {
            Some(known) => {
                update(tx.conn, known.id, &form).await?;
                known.id
            }
            None => insert(tx.conn, storefront, 0, &form).await?,
        });
    }
    let of_set = order.clone();
    let needed: HashSet<StatusId> =
        scenarios_of(tx.conn, storefront).await?.into_iter().flat_map(|scenario| scenario.steps).collect();
    for status in rest {
        let row = sql!("SELECT id FROM orders WHERE storefront_id = $1 AND status_id = $2 LIMIT 1");
        let stands = row.bind(storefront).bind(status.id).optional(tx.conn).await?.is_some();
        if stands || needed.contains(&status.id) {
            order.push(status.id);
        } else {
            forget(tx, status.id).await?;
        }
    }
    if order.len() > STATUSES_MAX {
        return Err(StatusFault::Full.into());
    }
    write_order(tx.conn, &order).await?;
    // What the set does not name keeps its own ways, and the set's may go there as they usually would.
    super::install::connect(tx.conn, storefront, &of_set).await
}
