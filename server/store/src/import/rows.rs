//! Rows into imports.

use domain::auth::Who;
use domain::ids::*;
use domain::import::{Counts, Import, Mapping, normal_heading};
use sha2::{Digest as _, Sha256};

use super::held;
use crate::error::{Error, Result};
use crate::sql::{Conn, Row, Sql, sql};
use crate::tx::hex;

pub(super) const IMPORT: &str = "i.id, i.storefront_id, i.kind, i.funnel_id, i.file_name, i.headings, i.mapping, i.state, i.failure, i.actor, \
    i.created_at, i.started_at, i.ended_at, i.total, i.done, i.made, i.changed, i.left_alone, i.refused, i.undone, \
    i.spared, i.resumed, i.emptied_at";

pub(super) fn import(row: &Row) -> Result<Import> {
    let actor: String = row.get("actor")?;
    let mapping: Option<String> = row.get("mapping")?;
    let mapping: Option<Mapping> = mapping.map(|text| serde_json::from_str(&text)).transpose()?;
    let failed: Option<String> = row.get("failure")?;
    Ok(Import {
        id: row.get("id")?,
        kind: row.get("kind")?,
        storefront: row.get("storefront_id")?,
        funnel: row.get("funnel_id")?,
        file_name: row.get("file_name")?,
        headings: serde_json::from_str(&row.get::<String>("headings")?)?,
        mapping,
        state: row.get("state")?,
        failure: match failed {
            Some(_) => Some(row.get("failure")?),
            None => None,
        },
        counts: Counts {
            total: row.get("total")?,
            done: row.get("done")?,
            made: row.get("made")?,
            changed: row.get("changed")?,
            left: row.get("left_alone")?,
            refused: row.get("refused")?,
            undone: row.get("undone")?,
            spared: row.get("spared")?,
        },
        by: actor.parse().map_err(|()| Error::Corrupt(format!("author {actor:?}")))?,
        created_at: row.get("created_at")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
        resumed: row.get("resumed")?,
        emptied: row.get::<Option<i64>>("emptied_at")?.is_some(),
    })
}

pub(super) async fn find(conn: &mut Conn, id: ImportId) -> Result<Option<Import>> {
    let row = Sql::assembled(format!("SELECT {IMPORT} FROM imports i WHERE i.id = $1")).bind(id).optional(conn).await?;
    row.as_ref().map(import).transpose()
}

/// No other command works on it until this one ends.
pub(super) async fn find_held(conn: &mut Conn, id: ImportId) -> Result<Option<Import>> {
    let held = held(conn);
    let row = Sql::assembled(format!("SELECT {IMPORT} FROM imports i WHERE i.id = $1{held}"));
    row.bind(id).optional(conn).await?.as_ref().map(import).transpose()
}

/// Where it stands: the last row that was handled, and the one from which an undo goes on upwards.
pub(super) async fn places(conn: &mut Conn, id: ImportId) -> Result<(i64, Option<i64>)> {
    let row = sql!("SELECT at_place, undo_place FROM imports WHERE id = $1").bind(id).one(conn).await?;
    Ok((row.get("at_place")?, row.get("undo_place")?))
}

/// Who an import is worked through for, and by which process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Driving {
    pub acts_for: Who,
    /// None: nobody has taken it up since it was started.
    pub driver: Option<String>,
    /// Until when nobody else does, if it says nothing more.
    pub until: Option<Millis>,
}

impl Driving {
    pub fn by_another(&self, driver: &str, now: Millis) -> bool {
        self.driver.as_deref().is_some_and(|other| other != driver) && self.until.is_some_and(|until| until >= now)
    }
}

pub(super) async fn driving(conn: &mut Conn, id: ImportId) -> Result<Driving> {
    let row = sql!("SELECT acts_for, driver, driven_until FROM imports WHERE id = $1").bind(id).one(conn).await?;
    let acts_for: String = row.get("acts_for")?;
    let acts_for = acts_for.parse().map_err(|()| Error::Corrupt(format!("author {acts_for:?}")))?;
    Ok(Driving { acts_for, driver: row.get("driver")?, until: row.get("driven_until")? })
}

/// State, failure and counts as they are in the value.
pub(super) async fn keep(conn: &mut Conn, import: &Import) -> Result<()> {
    let Counts { total, done, made, changed, left, refused, undone, spared } = import.counts;
    sql!(
        "UPDATE imports SET state = $2, failure = $3, ended_at = $4, total = $5, done = $6, made = $7, changed = $8, \
         left_alone = $9, refused = $10, undone = $11, spared = $12 WHERE id = $1"
    )
    .bind(import.id)
    .bind(import.state)
    .bind(import.failure.map(|failure| failure.key().to_owned()))
    .bind(import.ended_at)
    .bind(total)
    .bind(done)
    .bind(made)
    .bind(changed)
    .bind(left)
    .bind(refused)
    .bind(undone)
    .bind(spared)
    .run(conn)
    .await
    .map(drop)
}

/// Files of the same kind with the same headings are read the same way.
pub(super) fn digest(import: &Import) -> String {
    let mut hash = Sha256::new();
    hash.update(import.kind.key().as_bytes());
    for heading in &import.headings {
        hash.update([0]);
        hash.update(normal_heading(heading).as_bytes());
    }
    hex(&hash.finalize())
}
