//! Screens: a code is shown, an admin enters it, and from then on the screen's own token reads one funnel.

use domain::auth::{Action, Actor, On, may};
use domain::board::{Board, Filter, Limit, Refusal};
use domain::event::{Fact, Scope};
use domain::funnels::Colour;
use domain::i18n::Lang;
use domain::ids::*;
use domain::screens::{CODE_CHARS, Today, WallMove, stages};
pub use domain::screens::{PairScreen, Screen, Wall};

use crate::auth::tokens::{hashed, random_code, random_token};
use crate::board::queries::visible_funnel;
use crate::error::{Error, Result};
use crate::sql::{Conn, Row, sql};
use crate::tx::new_command;
use crate::{Ctx, Store, Tx, log, names, turns};

const NAME_CHARS_MAX: usize = 80;
const SCREENS_MAX: i64 = 200;
/// Screens that wait for somebody to enter their code.
const PAIRINGS_MAX: i64 = 1_000;
pub const PAIRING_MS: i64 = 15 * 60_000;
/// `seen_at` is written at most this often.
const SEEN_EVERY_MS: i64 = 60_000;
/// None of them is taken for another from four metres away.
const CODE_ALPHABET: &[u8] = b"ACDEFHJKLMNPRTUVWXY34679";

/// A screen that waits: the code that it shows, and the token that it will read with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    pub code: String,
    pub token: String,
}

/// What a screen's token opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    Screen(Box<Screen>),
    /// Its code is still shown.
    Waiting {
        code: String,
    },
    Nothing,
}

impl Store {
    /// A new code for a screen that has none. It may be asked for by anybody; it gives nothing until an admin enters it.
    pub async fn begin_pairing(&self, now: Millis) -> Result<Pairing> {
        let pairing = Pairing { code: random_code(CODE_ALPHABET, CODE_CHARS), token: random_token() };
        let (code, hash) = (pairing.code.clone(), hashed(&pairing.token));
        let ctx = Ctx { actor: Actor::system(), now };
        self.write(&ctx, new_command(), &code.clone(), move |tx| {
            Box::pin(async move {
                sql!("DELETE FROM pairings WHERE expires_at < $1").bind(now).run(tx.conn).await?;
                let waiting: i64 = sql!("SELECT COUNT(*) AS n FROM pairings").one(tx.conn).await?.get("n")?;
                if waiting >= PAIRINGS_MAX {
                    return Err(Error::Busy);
                }
                sql!("INSERT INTO pairings (code, token_hash, expires_at) VALUES ($1, $2, $3)")
                    .bind(code)
                    .bind(hash)
                    .bind(now + PAIRING_MS)
                    .run(tx.conn)
                    .await
                    .map(drop)
            })
        })
        .await?;
        Ok(pairing)
    }

    /// What a screen's token opens now.
    pub async fn open_screen(&self, token: &str, now: Millis) -> Result<Opened> {
        let hash = hashed(token);
        let mut conn = self.reader().await?;
        if let Some(row) = sql!(
            "SELECT s.id, s.name, s.funnel_id, f.name AS funnel_name, s.lang, s.paired_at, s.seen_at FROM screens s \
             JOIN funnels f ON f.id = s.funnel_id WHERE s.token_hash = $1 AND s.unpaired_at IS NULL"
        )
        .bind(&hash)
        .optional(&mut conn)
        .await?
        {
            let screen = screen(&row)?;
            drop(conn);
            self.note_seen(&screen, now).await;
            return Ok(Opened::Screen(Box::new(screen)));
        }
        let waiting = sql!("SELECT code FROM pairings WHERE token_hash = $1 AND expires_at > $2").bind(hash).bind(now);
        Ok(match waiting.optional(&mut conn).await? {
            Some(row) => Opened::Waiting { code: row.get("code")? },
            None => Opened::Nothing,
        })
    }

    async fn note_seen(&self, screen: &Screen, now: Millis) {
        if screen.seen_at.is_some_and(|seen| now - seen < SEEN_EVERY_MS) {
            return;
        }
        let (ctx, id) = (Ctx { actor: Actor::system(), now }, screen.id);
        let noted = self.write(&ctx, new_command(), &id, move |tx| {
            Box::pin(async move {
                sql!("UPDATE screens SET seen_at = $2 WHERE id = $1").bind(id).bind(now).run(tx.conn).await.map(drop)
            })
        });
        if let Err(error) = noted.await {
            tracing::warn!(%error, "a screen's last sight was not noted");
        }
    }

    pub async fn screens(&self, ctx: &Ctx) -> Result<Vec<Screen>> {
        allowed(&ctx.actor)?;
        list(&mut self.reader().await?).await
    }

    /// The screen that shows the code shows the funnel from now on. Answers with all of them.
    pub async fn pair_screen(&self, ctx: &Ctx, id: CommandId, pair: PairScreen) -> Result<Vec<Screen>> {
        self.write(ctx, id, &pair.clone(), move |tx| Box::pin(async move { connect(tx, pair).await })).await
    }

    /// Its token opens nothing from now on. Answers with those that are left.
    pub async fn unpair_screen(&self, ctx: &Ctx, id: CommandId, screen: ScreenId) -> Result<Vec<Screen>> {
        self.write(ctx, id, &screen, move |tx| {
            Box::pin(async move {
                allowed(&tx.ctx.actor)?;
                let row =
                    sql!("UPDATE screens SET unpaired_at = $2 WHERE id = $1 AND unpaired_at IS NULL RETURNING name")
                        .bind(screen)
                        .bind(tx.ctx.now)
                        .optional(tx.conn)
                        .await?
                        .ok_or(Refusal::NotFound)?;
                tx.record(Scope::default(), Fact::ScreenUnpaired { screen, name: row.get("name")? });
                list(tx.conn).await
            })
        })
        .await
    }

    /// What a screen shows; None where its funnel is gone.
    pub async fn wall(&self, funnel: FunnelId, now: Millis) -> Result<Option<Wall>> {
        let ctx = Ctx { actor: Actor::system(), now };
        let board = match self.board(&ctx, funnel, &Filter::default()).await {
            Ok(data) => data.board,
            Err(Error::Refused(Refusal::NotFound)) => return Ok(None),
            Err(error) => return Err(error),
        };
        let day_began = self.midnight(now);
        let mut conn = self.reader().await?;
        let today = today(&mut conn, funnel, day_began).await?;
        let moves = moves(&mut conn, &board).await?;
        Ok(Some(Wall { funnel: board.funnel.name.clone(), stages: stages(&board), today, day_began, moves }))
    }

    /// The beginning of the day in the shop's time zone.
    fn midnight(&self, now: Millis) -> Millis {
        let start = jiff::Timestamp::from_millisecond(now)
            .and_then(|now| now.to_zoned(self.zone().clone()).start_of_day())
            .map(|start| start.timestamp().as_millisecond());
        start.unwrap_or(now)
    }
}

async fn connect(tx: &mut Tx<'_>, pair: PairScreen) -> Result<Vec<Screen>> {
    allowed(&tx.ctx.actor)?;
    let name = names::checked(&pair.name, NAME_CHARS_MAX)?;
    visible_funnel(tx.conn, &tx.ctx.actor, pair.funnel).await?;
    turns::take(tx.conn, "screens").await?;
    let count: i64 =
        sql!("SELECT COUNT(*) AS n FROM screens WHERE unpaired_at IS NULL").one(tx.conn).await?.get("n")?;
    if count >= SCREENS_MAX {
        return Err(Limit::TooMany.into());
    }
    // Of two who enter one code, one wins.
    let row = sql!("DELETE FROM pairings WHERE code = $1 AND expires_at > $2 RETURNING token_hash")
        .bind(pair.normal_code())
        .bind(tx.ctx.now)
        .optional(tx.conn)
        .await?
        .ok_or(Limit::CodeUnknown)?;
    let id: ScreenId = sql!(
        "INSERT INTO screens (name, funnel_id, lang, token_hash, paired_at) VALUES ($1, $2, $3, $4, $5) RETURNING id"
    )
    .bind(&name)
    .bind(pair.funnel)
    .bind(pair.lang.code())
    .bind(row.get::<String>("token_hash")?)
    .bind(tx.ctx.now)
    .one(tx.conn)
    .await?
    .get("id")?;
    tx.record(Scope::default(), Fact::ScreenPaired { screen: id, name });
    list(tx.conn).await
}

fn allowed(actor: &Actor) -> Result<()> {
    if may(actor, Action::ManageScreens, On::Business) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

async fn list(conn: &mut Conn) -> Result<Vec<Screen>> {
    let rows = sql!(
        "SELECT s.id, s.name, s.funnel_id, f.name AS funnel_name, s.lang, s.paired_at, s.seen_at FROM screens s \
         JOIN funnels f ON f.id = s.funnel_id WHERE s.unpaired_at IS NULL ORDER BY s.id LIMIT 200"
    );
    rows.all(conn).await?.iter().map(screen).collect()
}

fn screen(row: &Row) -> Result<Screen> {
    Ok(Screen {
        id: row.get("id")?,
        name: row.get("name")?,
        funnel: row.get("funnel_id")?,
        funnel_name: row.get("funnel_name")?,
        lang: Lang::parse(&row.get::<String>("lang")?).unwrap_or_default(),
        paired_at: row.get("paired_at")?,
        seen_at: row.get("seen_at")?,
    })
}

async fn today(conn: &mut Conn, funnel: FunnelId, start: Millis) -> Result<Today> {
    let row = sql!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN d.created_at >= $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS new_deals, \
         CAST(COALESCE(SUM(CASE WHEN s.kind = 'won' AND d.since >= $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS won, \
         CAST(COALESCE(SUM(CASE WHEN s.kind = 'lost' AND d.since >= $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS lost \
         FROM deals d JOIN stages s ON s.id = d.stage_id \
         WHERE d.funnel_id = $1 AND (d.created_at >= $2 OR d.since >= $2)"
    )
    .bind(funnel)
    .bind(start)
    .one(conn)
    .await?;
    Ok(Today { new: row.get("new_deals")?, won: row.get("won")?, lost: row.get("lost")? })
}

async fn moves(conn: &mut Conn, board: &Board) -> Result<Vec<WallMove>> {
    let mut told = Vec::new();
    for (at, deal, moved) in log::moves_of_funnel(conn, board.funnel.id).await? {
        let row = sql!("SELECT order_number FROM deals WHERE id = $1").bind(deal).optional(conn).await?;
        let number = row.map(|row| row.get("order_number")).transpose()?.flatten();
        let colour = board.funnel.stage(moved.to).map_or(Colour::Grey, |stage| stage.colour);
        told.push(WallMove { at, number, sum: moved.sum, currency: moved.currency, to: moved.to_name, colour });
    }
    Ok(told)
}
