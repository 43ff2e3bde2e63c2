//! The append-only log: written with the change itself, read by everyone who wants to know what happened.

use domain::event::{DealMoved, Event, Fact, Live, Scope};
use domain::ids::*;

use crate::board::rows::CARD;
use crate::error::{Error, Result};
use crate::many::Many;
use crate::sql::{Conn, Row, Sql, sql};
use crate::tx::Recorded;
use crate::{Ctx, Store, board};

/// The version of the payload's shape, for readers of old lines.
const VERSION: i64 = 1;
/// Events read at once.
pub const BATCH_MAX: i64 = 500;
/// Moves that fit on a wall.
const WALL_MOVES: usize = 7;
/// PostgreSQL: held from the append to the commit, so that `seq` becomes visible in order.
const APPEND_LOCK: i64 = 0x766f_726f;

pub(crate) async fn append(conn: &mut Conn, ctx: &Ctx, command: CommandId, recorded: Recorded) -> Result<()> {
    let Recorded { facts, past } = recorded;
    if facts.is_empty() {
        return Ok(());
    }
    if let Conn::Postgres(_) = conn {
        sql!(sqlite: "SELECT $1", postgres: "SELECT CAST(pg_advisory_xact_lock($1) AS TEXT) AS held")
            .bind(APPEND_LOCK)
            .all(conn)
            .await?;
    }
    let mut lines = Many::of(
        "events",
        &[
            "at",
            "actor",
            "command",
            "kind",
            "version",
            "storefront_id",
            "funnel_id",
            "deal_id",
            "order_id",
            "customer_id",
            "payload",
            "past",
        ],
    );
    let (actor, command) = (ctx.actor.who.to_string(), command.to_string());
    for (scope, fact) in facts {
        lines.push([
            ctx.now.into(),
            actor.as_str().into(),
            command.as_str().into(),
            fact.kind().into(),
            VERSION.into(),
            scope.storefront.into(),
            scope.funnel.into(),
            scope.deal.into(),
            scope.order.into(),
            scope.customer.into(),
            serde_json::to_string(&fact)?.into(),
            past.into(),
        ]);
    }
    let rows = lines.insert_returning(conn, "seq").await?;
    let seqs: Vec<Seq> = rows.iter().map(|row| row.get("seq")).collect::<Result<_>>()?;
    let seq = seqs.into_iter().max().unwrap_or(Seq(0));
    if let Conn::Postgres(_) = conn {
        sql!(sqlite: "SELECT $1", postgres: "SELECT CAST(pg_notify('voronka', $1) AS TEXT) AS told")
            .bind(seq.to_string())
            .all(conn)
            .await?;
    }
    Ok(())
}

const EVENT: &str = "e.seq, e.at, e.actor, e.command, e.storefront_id AS e_storefront, e.funnel_id AS e_funnel, \
    e.deal_id AS e_deal, e.order_id AS e_order, e.customer_id AS e_customer, e.payload";

fn event(row: &Row) -> Result<Event> {
    let actor: String = row.get("actor")?;
    let command: String = row.get("command")?;
    Ok(Event {
        seq: row.get("seq")?,
        at: row.get("at")?,
        actor: actor.parse().map_err(|()| Error::Corrupt(format!("author {actor:?}")))?,
        command: command.parse().map_err(|_| Error::Corrupt(format!("command {command:?}")))?,
        scope: Scope {
            storefront: row.get("e_storefront")?,
            funnel: row.get("e_funnel")?,
            deal: row.get("e_deal")?,
            order: row.get("e_order")?,
            customer: row.get("e_customer")?,
        },
        fact: serde_json::from_str(&row.get::<String>("payload")?)?,
    })
}

/// The last event's seq, 0 for an empty log.
pub(crate) async fn last(conn: &mut Conn) -> Result<Seq> {
    sql!("SELECT COALESCE(MAX(seq), 0) AS seq FROM events").one(conn).await?.get("seq")
}

pub(crate) async fn raw_after(conn: &mut Conn, since: Seq) -> Result<Vec<Event>> {
    Sql::assembled(format!("SELECT {EVENT} FROM events e WHERE e.seq > $1 ORDER BY e.seq LIMIT $2"))
        .bind(since)
        .bind(BATCH_MAX)
        .all(conn)
        .await?
        .iter()
        .map(event)
        .collect()
}

/// A piece of the log for whoever tells other systems.
pub(crate) struct Batch {
    /// How far it reaches; None: there is nothing more.
    pub last: Option<Seq>,
    pub more: bool,
    /// What came out of the past is left out.
    pub news: Vec<Event>,
}

pub(crate) async fn news_after(conn: &mut Conn, since: Seq) -> Result<Batch> {
    let text = format!("SELECT {EVENT}, e.past FROM events e WHERE e.seq > $1 ORDER BY e.seq LIMIT $2");
    let rows = Sql::assembled(text).bind(since).bind(BATCH_MAX).all(conn).await?;
    let mut batch = Batch { last: None, more: rows.len() as i64 >= BATCH_MAX, news: Vec::new() };
    for row in &rows {
        batch.last = Some(row.get("seq")?);
        if !row.get::<bool>("past")? {
            batch.news.push(event(row)?);
        }
    }
    Ok(batch)
}

/// The log between two places, the first left out, as far as it was written within a time, its end left out.
pub(crate) async fn stretch(
    conn: &mut Conn,
    (since, until): (Seq, Seq),
    (from, to): (Millis, Millis),
) -> Result<Vec<Event>> {
    Sql::assembled(format!(
        "SELECT {EVENT} FROM events e WHERE e.seq > $1 AND e.seq <= $2 AND e.at >= $3 AND e.at < $4 ORDER BY e.seq"
    ))
    .bind(since)
    .bind(until)
    .bind(from)
    .bind(to)
    .all(conn)
    .await?
    .iter()
    .map(event)
    .collect()
}

/// A deal's last moves and the commands that made them, the newest first.
pub(crate) async fn last_moves(conn: &mut Conn, deal: DealId) -> Result<Vec<(CommandId, DealMoved)>> {
    let rows = Sql::assembled(format!(
        "SELECT {EVENT} FROM events e WHERE e.deal_id = $1 AND e.kind = 'deal_moved' ORDER BY e.seq DESC LIMIT 50"
    ))
    .bind(deal)
    .all(conn)
    .await?;
    let mut moves = Vec::new();
    for row in &rows {
        let event = event(row)?;
        if let Fact::DealMoved(moved) = event.fact {
            moves.push((event.command, moved));
        }
    }
    Ok(moves)
}

/// The stages that a deal was moved to and when, the first first; the latest moves of a deal that was moved very often.
pub(crate) async fn arrivals(conn: &mut Conn, deal: DealId) -> Result<Vec<(StageId, Millis)>> {
    let rows = Sql::assembled(format!(
        "SELECT {EVENT} FROM events e WHERE e.deal_id = $1 AND e.kind = 'deal_moved' ORDER BY e.seq DESC LIMIT 200"
    ))
    .bind(deal)
    .all(conn)
    .await?;
    let mut found = Vec::new();
    for row in rows.iter().rev() {
        let Event { at, fact, .. } = event(row)?;
        if let Fact::DealMoved(moved) = fact
            && moved.from != moved.to
        {
            // An undone move gives back the time at which the deal had come there.
            found.push((moved.to, moved.back.map_or(at, |back| back.since)));
        }
    }
    Ok(found)
}

/// The last moves from stage to stage on a funnel, the newest first.
pub(crate) async fn moves_of_funnel(conn: &mut Conn, funnel: FunnelId) -> Result<Vec<(Millis, DealId, DealMoved)>> {
    let rows = Sql::assembled(format!(
        "SELECT {EVENT} FROM events e WHERE e.funnel_id = $1 AND e.kind = 'deal_moved' ORDER BY e.seq DESC LIMIT 200"
    ))
    .bind(funnel)
    .all(conn)
    .await?;
    let mut found = Vec::new();
    for row in &rows {
        let Event { at, scope, fact, .. } = event(row)?;
        if let (Some(deal), Fact::DealMoved(moved)) = (scope.deal, fact)
            && moved.from != moved.to
            && found.len() < WALL_MOVES
        {
            found.push((at, deal, moved));
        }
    }
    Ok(found)
}

/// An order's events, the newest first.
pub(crate) async fn of_order(conn: &mut Conn, order: OrderId) -> Result<Vec<Event>> {
    Sql::assembled(format!("SELECT {EVENT} FROM events e WHERE e.order_id = $1 ORDER BY e.seq DESC LIMIT 200"))
        .bind(order)
        .all(conn)
        .await?
        .iter()
        .map(event)
        .collect()
}

/// Where a deal was made; None where the log does not reach back so far.
pub(crate) async fn first_stage(conn: &mut Conn, deal: DealId) -> Result<Option<StageId>> {
    let row = Sql::assembled(format!(
        "SELECT {EVENT} FROM events e WHERE e.deal_id = $1 AND e.kind = 'deal_created' ORDER BY e.seq LIMIT 1"
    ))
    .bind(deal)
    .optional(conn)
    .await?;
    Ok(match row.as_ref().map(event).transpose()?.map(|event| event.fact) {
        Some(Fact::DealCreated { card }) => Some(card.stage),
        Some(_) | None => None,
    })
}

impl Store {
    pub async fn log_end(&self) -> Result<Seq> {
        last(&mut self.reader().await?).await
    }

    /// Events after `since` in order, at most [`BATCH_MAX`], each with what a watcher of a board may lack.
    /// Whoever hands them on asks [`domain::event::audience`] first.
    pub async fn events_after(&self, since: Seq) -> Result<Vec<Live>> {
        let mut conn = self.reader().await?;
        let rows = Sql::assembled(format!(
            "SELECT {EVENT}, {CARD}, ec.name AS e_name FROM events e LEFT JOIN deals d ON d.id = e.deal_id \
             LEFT JOIN customers c ON c.id = d.customer_id LEFT JOIN customers ec ON ec.id = e.customer_id \
             WHERE e.seq > $1 ORDER BY e.seq LIMIT $2"
        ))
        .bind(since)
        .bind(BATCH_MAX)
        .all(&mut conn)
        .await?;
        rows.iter().map(live).collect()
    }

    /// The log itself, nothing joined: what checks and exports read.
    pub async fn raw_events(&self, since: Seq) -> Result<Vec<Event>> {
        raw_after(&mut self.reader().await?, since).await
    }

    /// A deal's events, the newest first, at most [`BATCH_MAX`].
    pub async fn deal_history(&self, ctx: &Ctx, deal: DealId) -> Result<Vec<Event>> {
        let mut conn = self.reader().await?;
        board::visible_card(&mut conn, &ctx.actor, deal).await?;
        Sql::assembled(format!("SELECT {EVENT} FROM events e WHERE e.deal_id = $1 ORDER BY e.seq DESC LIMIT $2"))
            .bind(deal)
            .bind(BATCH_MAX)
            .all(&mut conn)
            .await?
            .iter()
            .map(event)
            .collect()
    }

    /// A deal's events after `since` in order, at most `limit`; the most is one more than [`BATCH_MAX`].
    pub async fn deal_events(&self, ctx: &Ctx, deal: DealId, since: Seq, limit: i64) -> Result<Vec<Event>> {
        let mut conn = self.reader().await?;
        board::visible_card(&mut conn, &ctx.actor, deal).await?;
        Sql::assembled(format!(
            "SELECT {EVENT} FROM events e WHERE e.deal_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3"
        ))
        .bind(deal)
        .bind(since)
        .bind(limit.clamp(1, BATCH_MAX + 1))
        .all(&mut conn)
        .await?
        .iter()
        .map(event)
        .collect()
    }
}

fn live(row: &Row) -> Result<Live> {
    let event = event(row)?;
    let card = match row.get::<Option<DealId>>("id")? {
        Some(_) => Some(board::rows::card(row)?),
        None => None,
    };
    let alone = matches!(event.fact, Fact::CustomerChanged);
    let customer_name = if alone { row.get("e_name")? } else { None };
    Ok(Live { event, card: if alone { None } else { card }, customer_name })
}
