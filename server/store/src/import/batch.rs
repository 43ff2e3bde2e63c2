//! One command's worth of an import: some rows are read, judged and written, or only judged where it is a check.

use std::collections::BTreeSet;

use domain::auth::{Action, On, may};
use domain::board::Refusal;
use domain::event::Fact;
use domain::ids::*;
use domain::import::{Failure, Import, ImportState, Kind};

use super::around::{Around, moment};
use super::known::{self, Codes};
use super::plan::{self, Fitting, Reading, Seen};
use super::read::{Portion, portion};
use super::write::{self, Made};
use super::{commands, outcomes, rows, undo};
use crate::Tx;
use crate::board::lock_open_stage;
use crate::error::{Error, Result};
use crate::sql::sql;

/// Goes on with an import, whatever it is doing.
pub(super) async fn step(tx: &mut Tx<'_>, id: ImportId, zone: &jiff::tz::TimeZone, seen: &mut Seen) -> Result<Import> {
    let import = rows::find_held(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    if !import.state.is_going() {
        return Ok(import);
    }
    tx.out_of_the_past();
    if !may(&tx.ctx.actor, Action::Import, On::Storefront(import.storefront)) {
        return commands::fail(tx, import, Failure::NotAllowed).await;
    }
    if import.state == ImportState::Undoing {
        return undo::step(tx, import).await;
    }
    match Around::of(tx.conn, &import).await {
        Ok(around) => forward(tx, import, &around, zone, seen).await,
        Err(Error::Refused(Refusal::StageGone)) => commands::fail(tx, import, Failure::FunnelGone).await,
        Err(error) => Err(error),
    }
}

async fn forward(
    tx: &mut Tx<'_>,
    mut import: Import,
    around: &Around,
    zone: &jiff::tz::TimeZone,
    seen: &mut Seen,
) -> Result<Import> {
    let mapping = import.mapping.clone().ok_or_else(|| Error::Corrupt("an import runs without a mapping".into()))?;
    let (at, _) = rows::places(tx.conn, import.id).await?;
    let portion = portion(tx.conn, import.id, &mapping, at).await?;
    let now = tx.ctx.now;
    let readings = {
        let moment = |wall| moment(zone, wall);
        plan::read(&portion, &mapping, &around.context(now, &moment))
    };
    let checking = import.state == ImportState::Checking;
    let written = judge(tx, (&import, around), &portion, readings, Some(seen).filter(|_| checking)).await?;
    outcomes::count(&mut import.counts, &written);
    outcomes::write(tx.conn, import.id, &written).await?;
    if let Some(place) = portion.places.last() {
        sql!("UPDATE imports SET at_place = $2 WHERE id = $1").bind(import.id).bind(*place).run(tx.conn).await?;
    }
    if portion.last {
        import.state = if checking { ImportState::Checked } else { ImportState::Done };
        import.ended_at = Some(now);
    }
    rows::keep(tx.conn, &import).await?;
    if import.state == ImportState::Done {
        commands::tell(tx, &import, Fact::ImportFinished { import: import.id, counts: import.counts });
    }
    Ok(import)
}

/// Looks up what is here already, decides, and writes unless it is a check. What is locked is locked in the order in
/// which the doors of shops do it: orders, stages, customers.
async fn judge(
    tx: &mut Tx<'_>,
    (import, around): (&Import, &Around),
    portion: &Portion,
    readings: Vec<Reading>,
    seen: Option<&mut Seen>,
) -> Result<Vec<outcomes::RowOutcome>> {
    let fitting: Vec<&Fitting> = readings.iter().filter_map(fits).collect();
    let mut wanted = Codes::default();
    wanted.external.extend(fitting.iter().filter_map(|one| one.external_id.clone()));
    wanted.numbers.extend(fitting.iter().filter_map(|one| one.number.clone()));
    let contacts: Vec<_> = fitting.iter().map(|one| one.contacts.clone()).collect();
    let stages: BTreeSet<StageId> = fitting.iter().filter_map(|one| one.entry.stage).collect();
    let writes = seen.is_none();
    if writes {
        let keys: BTreeSet<String> =
            wanted.external.iter().map(|code| known::order_key(import.storefront, code)).collect();
        known::lock(tx.conn, &keys).await?;
        for stage in stages {
            if !lock_open_stage(tx.conn, stage).await? {
                // Gone since the funnel was read: it is read anew the next time.
                return Err(Error::Busy);
            }
        }
        let keys: BTreeSet<String> = contacts.iter().flat_map(known::customer_keys).collect();
        known::lock(tx.conn, &keys).await?;
    }
    let mut codes = match import.kind {
        Kind::Customers => Codes::default(),
        Kind::Deals | Kind::Orders => known::codes(tx.conn, import.storefront, &wanted).await?,
    };
    let names: Vec<String> = match import.kind {
        Kind::Customers => contacts.iter().map(|contacts| contacts.name.clone()).collect(),
        Kind::Deals | Kind::Orders => Vec::new(),
    };
    let mut people = known::people(tx, import.storefront, &contacts, &names).await?;
    let places = portion.entries.iter().map(|entry| portion.places[entry.start]);
    let readings = places.zip(readings).collect();
    let fates = plan::plan(import, readings, &mut codes, &mut people, seen, tx.ctx.now);
    let made = if writes { write::make(tx, import, around, &fates, &mut people).await? } else { Made::default() };
    let mut written = Vec::with_capacity(portion.rows.len());
    for (index, (entry, fate)) in portion.entries.iter().zip(&fates).enumerate() {
        written.extend(write::outcomes(&portion.places[entry.clone()], fate, index, &made)?);
    }
    Ok(written)
}

fn fits(reading: &Reading) -> Option<&Fitting> {
    match reading {
        Reading::Fits(fitting) => Some(fitting),
        Reading::Refused(_) => None,
    }
}
