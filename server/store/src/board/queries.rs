//! Reading a board: its figures are counted in the database, its cards come in windows.

use domain::auth::{Action, Actor, On, Storefronts, may};
use domain::board::filter::{Day, Responsible, TEXT_CHARS_MAX};
use domain::board::{Board, BoardData, Card, Column, CurrencyKey, Filter, Person, Refusal};
use domain::funnels::{Funnel, Stage};
use domain::ids::*;
use domain::money::{Currency, MINOR_MAX};
use domain::orders::StatusName;

use super::rows::{self, CARD};
use crate::error::Result;
use crate::sql::{Conn, Sql, Value, sql};
use crate::{Ctx, Store, funnels, log};

/// Cards of each column that come with a board.
pub const WINDOW: i64 = 60;
/// Cards in one further page.
pub const PAGE_MAX: i64 = 200;

impl Store {
    /// A funnel's board as the actor may see it, filtered, with the log's position it corresponds to.
    pub async fn board(&self, ctx: &Ctx, funnel: FunnelId, filter: &Filter) -> Result<BoardData> {
        let wheres = Wheres::new(self, ctx, filter);
        let actor = ctx.actor.clone();
        let now = ctx.now;
        self.snapshot(move |conn| Box::pin(async move { load(conn, &actor, funnel, &wheres, now).await })).await
    }

    /// Cards of a column below a position, at most [`PAGE_MAX`], whether there are more, and the last event in them.
    pub async fn column_page(
        &self,
        ctx: &Ctx,
        (funnel, stage): (FunnelId, StageId),
        filter: &Filter,
        below: &str,
    ) -> Result<(Vec<Card>, bool, Seq)> {
        let wheres = Wheres::new(self, ctx, filter);
        let (actor, below) = (ctx.actor.clone(), below.to_owned());
        self.snapshot(move |conn| {
            Box::pin(async move {
                visible_funnel(conn, &actor, funnel).await?;
                let as_of = log::last(conn).await?;
                let (cards, more) = cards(conn, (funnel, stage), &wheres, &below, PAGE_MAX).await?;
                Ok((cards, more, as_of))
            })
        })
        .await
    }

    /// One card, for whoever may see it.
    pub async fn card(&self, ctx: &Ctx, deal: DealId) -> Result<Card> {
        super::visible_card(&mut self.reader().await?, &ctx.actor, deal).await
    }

    /// Deals across funnels, in the order of their ids, for scripts: after `cursor`, at most [`PAGE_MAX`].
    pub async fn deals_page(
        &self,
        ctx: &Ctx,
        funnel: Option<FunnelId>,
        stage: Option<StageId>,
        filter: &Filter,
        (cursor, limit): (DealId, i64),
    ) -> Result<Vec<Card>> {
        let mut wheres = Wheres::new(self, ctx, filter);
        wheres.push("d.id > ?", [cursor.into()]);
        if let Some(funnel) = funnel {
            wheres.push("d.funnel_id = ?", [funnel.into()]);
        }
        if let Some(stage) = stage {
            wheres.push("d.stage_id = ?", [stage.into()]);
        }
        let limit = limit.clamp(1, PAGE_MAX);
        let mut conn = self.reader().await?;
        wheres
            .select(&format!("SELECT {CARD} FROM deals d JOIN customers c ON c.id = d.customer_id LEFT JOIN stages s ON s.id = d.stage_id WHERE 1 = 1"), &format!("ORDER BY d.id LIMIT {limit}"))
            .all(&mut conn)
            .await?
            .iter()
            .map(rows::card)
            .collect()
    }

    /// The funnels that the actor may see, in order of their creation.
    pub async fn funnels(&self, actor: &Actor) -> Result<Vec<Funnel>> {
        let mut conn = self.reader().await?;
        let ids = sql!("SELECT id FROM funnels WHERE archived_at IS NULL ORDER BY id").all(&mut conn).await?;
        let mut found = Vec::new();
        for row in &ids {
            if let Some(funnel) = rows::funnel(&mut conn, row.get("id")?).await?
                && sees(actor, &funnel)
            {
                found.push(funnel);
            }
        }
        Ok(found)
    }

    /// Everyone who is or was in the team.
    pub async fn people(&self) -> Result<Vec<Person>> {
        people(&mut self.reader().await?).await
    }
}

fn sees(actor: &Actor, funnel: &Funnel) -> bool {
    funnel.storefront.is_none_or(|storefront| may(actor, Action::SeeDeals, On::Storefront(storefront)))
}

pub(crate) async fn visible_funnel(conn: &mut Conn, actor: &Actor, id: FunnelId) -> Result<Funnel> {
    match rows::funnel(conn, id).await? {
        Some(funnel) if sees(actor, &funnel) => Ok(funnel),
        Some(_) | None => Err(Refusal::NotFound.into()),
    }
}

async fn load(conn: &mut Conn, actor: &Actor, id: FunnelId, wheres: &Wheres, now: Millis) -> Result<BoardData> {
    let funnel = visible_funnel(conn, actor, id).await?;
    let mut board = Board::new(funnel.clone(), log::last(conn).await?);
    totals(conn, &mut board, wheres).await?;
    for Stage { id: stage, .. } in &funnel.stages {
        if board.columns.get(stage).is_some_and(|column| column.totals.count > 0) {
            let (cards, more) = cards(conn, (id, *stage), wheres, "", WINDOW).await?;
            board.extend(*stage, cards, more);
        }
    }
    let storefronts = sql!("SELECT id, name, currency FROM storefronts ORDER BY id").all(conn).await?;
    let storefronts: Vec<_> = storefronts
        .iter()
        .map(|row| Ok((row.get("id")?, row.get("name")?, row.get("currency")?)))
        .collect::<Result<Vec<(StorefrontId, String, Currency)>>>()?
        .into_iter()
        .filter(|(id, ..)| actor.storefronts.contains(*id))
        .collect();
    let reasons = funnels::lost_reasons(conn).await?;
    let statuses = status_names(conn, actor).await?;
    Ok(BoardData { board, people: people(conn).await?, storefronts, reasons, statuses, now })
}

/// Of the storefronts that the actor sees, in order; retired ones too: a card may have been read before.
pub(crate) async fn status_names(conn: &mut Conn, actor: &Actor) -> Result<Vec<StatusName>> {
    let rows =
        sql!("SELECT id, storefront_id, name, kind, colour FROM statuses ORDER BY storefront_id, place, id").all(conn);
    let mut names = Vec::new();
    for row in rows.await? {
        if actor.storefronts.contains(row.get("storefront_id")?) {
            let (id, name) = (row.get("id")?, row.get("name")?);
            names.push(StatusName { id, name, kind: row.get("kind")?, colour: row.get("colour")? });
        }
    }
    Ok(names)
}

async fn totals(conn: &mut Conn, board: &mut Board, wheres: &Wheres) -> Result<()> {
    let rows = wheres
        .with(board.funnel.id)
        .select(
            "SELECT d.stage_id, d.currency, d.left_stage_id, COUNT(*) AS n, CAST(SUM(d.sum) AS BIGINT) AS total, \
             CAST(SUM(d.since) AS BIGINT) AS since_sum FROM deals d LEFT JOIN stages s ON s.id = d.stage_id WHERE 1 = 1",
            "GROUP BY d.stage_id, d.currency, d.left_stage_id",
        )
        .all(conn)
        .await?;
    for row in &rows {
        let stage: StageId = row.get("stage_id")?;
        let Some(Column { totals, .. }) = board.columns.get_mut(&stage) else { continue };
        let count: i64 = row.get("n")?;
        totals.count += count;
        totals.since_sum += row.get::<i64>("since_sum")?;
        let sum: i64 = row.get("total")?;
        if sum != 0 {
            *totals.sums.entry(CurrencyKey(row.get("currency")?)).or_default() += sum;
        }
        if let Some(left) = row.get::<Option<StageId>>("left_stage_id")? {
            *totals.left.entry(left).or_default() += count;
        }
    }
    // What comes to zero is not kept, as in a fold: equal totals are equal maps.
    for column in board.columns.values_mut() {
        column.totals.sums.retain(|_, sum| *sum != 0);
    }
    Ok(())
}

async fn cards(
    conn: &mut Conn,
    (funnel, stage): (FunnelId, StageId),
    wheres: &Wheres,
    below: &str,
    limit: i64,
) -> Result<(Vec<Card>, bool)> {
    let mut wheres = wheres.with(funnel);
    wheres.push("d.stage_id = ?", [stage.into()]);
    wheres.push("d.position > ?", [below.into()]);
    let rows = wheres
        .select(
            &format!("SELECT {CARD} FROM deals d JOIN customers c ON c.id = d.customer_id LEFT JOIN stages s ON s.id = d.stage_id WHERE 1 = 1"),
            &format!("ORDER BY d.position LIMIT {}", limit + 1),
        )
        .all(conn)
        .await?;
    let more = rows.len() as i64 > limit;
    let cards = rows.iter().take(limit as usize).map(rows::card).collect::<Result<_>>()?;
    Ok((cards, more))
}

async fn people(conn: &mut Conn) -> Result<Vec<Person>> {
    let rows = sql!("SELECT id, name, role, removed_at FROM users ORDER BY name, id").all(conn).await?;
    rows.iter()
        .map(|row| {
            let removed = row.get::<Option<i64>>("removed_at")?.is_some();
            Ok(Person { id: row.get("id")?, name: row.get("name")?, role: row.get("role")?, removed })
        })
        .collect()
}

/// Minor units in one whole unit, as [`Currency::exponent`] says.
macro_rules! minor_units {
    () => {
        "CASE WHEN d.currency IN ('JPY', 'KRW', 'VND', 'CLP', 'ISK', 'PYG', 'UGX', 'XAF', 'XOF', 'XXX') THEN 1 \
         WHEN d.currency IN ('KWD', 'BHD', 'JOD', 'OMR', 'TND', 'IQD', 'LYD') THEN 1000 ELSE 100 END"
    };
}

/// The conditions of a filter and of the actor's sight, with their values; `?` becomes a numbered place when put together.
#[derive(Clone, Default)]
pub(crate) struct Wheres {
    conditions: Vec<&'static str>,
    values: Vec<Value>,
}

impl Wheres {
    pub(crate) fn new(store: &Store, ctx: &Ctx, filter: &Filter) -> Self {
        let mut wheres = Self::default();
        if let Storefronts::Some(list) = &ctx.actor.storefronts {
            let list: Vec<String> = list.iter().map(|id| format!(",{id},")).collect();
            wheres.push("? LIKE '%,' || CAST(d.storefront_id AS TEXT) || ',%'", [list.concat().into()]);
        }
        if !filter.text.is_empty() {
            // A script's filter was not read from an address, where it would have been cut.
            let text: String = filter.text.chars().take(TEXT_CHARS_MAX).collect();
            let pattern = format!("%{}%", escape_like(&text.to_lowercase()));
            match phone_digits(&text) {
                Some(digits) => wheres.push(
                    "(d.search LIKE ? ESCAPE '\\' OR d.customer_id IN \
                     (SELECT id FROM customers WHERE search LIKE ? ESCAPE '\\' OR search LIKE ?))",
                    [pattern.clone().into(), pattern.into(), format!("%{digits}%").into()],
                ),
                None => wheres.push(
                    "(d.search LIKE ? ESCAPE '\\' OR d.customer_id IN \
                     (SELECT id FROM customers WHERE search LIKE ? ESCAPE '\\'))",
                    [pattern.clone().into(), pattern.into()],
                ),
            }
        }
        match filter.responsible {
            Some(Responsible::User(user)) => wheres.push("d.responsible_id = ?", [user.into()]),
            Some(Responsible::Nobody) => wheres.push("d.responsible_id IS NULL", []),
            None => {}
        }
        if let Some(storefront) = filter.storefront {
            wheres.push("d.storefront_id = ?", [storefront.into()]);
        }
        if let Some(source) = filter.source {
            wheres.push("d.source = ?", [source.into()]);
        }
        if let Some(least) = filter.sum_min {
            wheres.push(concat!("d.sum >= ? * ", minor_units!()), [least.clamp(-MINOR_MAX, MINOR_MAX).into()]);
        }
        if let Some(most) = filter.sum_max {
            wheres.push(concat!("d.sum <= ? * ", minor_units!()), [most.clamp(-MINOR_MAX, MINOR_MAX).into()]);
        }
        if let Some(days) = filter.age_days {
            wheres.push("d.since <= ?", [ctx.now.saturating_sub(days.saturating_mul(86_400_000)).into()]);
        }
        if filter.overdue {
            wheres.push(
                "s.kind = 'open' AND s.limit_hours IS NOT NULL AND d.since + s.limit_hours * 3600000 < ?",
                [ctx.now.into()],
            );
        }
        // A day that no calendar has limits nothing, as where an address is read.
        if let Some(start) = filter.from.and_then(|day| day_start(store, day, 0)) {
            wheres.push("d.created_at >= ?", [start.into()]);
        }
        if let Some(end) = filter.to.and_then(|day| day_start(store, day, 1)) {
            wheres.push("d.created_at < ?", [end.into()]);
        }
        wheres
    }

    pub(crate) fn push<const N: usize>(&mut self, condition: &'static str, values: [Value; N]) {
        self.conditions.push(condition);
        self.values.extend(values);
    }

    fn with(&self, funnel: FunnelId) -> Self {
        let mut wheres = self.clone();
        wheres.push("d.funnel_id = ?", [funnel.into()]);
        wheres
    }

    pub(crate) fn select(self, head: &str, tail: &str) -> Sql {
        let mut text = String::from(head);
        let mut place = 0;
        for condition in &self.conditions {
            text.push_str(" AND ");
            for piece in condition.split_inclusive('?') {
                match piece.strip_suffix('?') {
                    Some(before) => {
                        place += 1;
                        text.push_str(&format!("{before}${place}"));
                    }
                    None => text.push_str(piece),
                }
            }
        }
        text.push(' ');
        text.push_str(tail);
        self.values.into_iter().fold(Sql::assembled(text), Sql::bind)
    }
}

pub(crate) fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// The digits of what may be a phone in somebody's writing: "050 123-45" finds +380501234567.
pub(crate) fn phone_digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.'));
    (plain && digits.len() >= 3 && digits != text).then_some(digits)
}

/// The first millisecond of a day in the shop's time zone, `plus` days on.
pub(crate) fn day_start(store: &Store, day: Day, plus: i64) -> Option<Millis> {
    let date = jiff::civil::Date::new(day.year, day.month, day.day).ok()?;
    let date = date.checked_add(jiff::Span::new().days(plus)).ok()?;
    Some(date.to_zoned(store.zone().clone()).ok()?.timestamp().as_millisecond())
}
