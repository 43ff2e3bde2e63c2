//! Making and changing funnels.

use domain::auth::{Action, Actor, On, Storefronts, may};
use domain::board::{Limit, Refusal, position};
use domain::event::{DealMoved, Fact, Scope};
use domain::funnels::{
    Funnel, FunnelChange, LostReason, NewFunnel, STAGES_MAX, Stage, StageForm, StageKind, StagePatch, palette,
};
use domain::ids::*;

use super::reasons;
use crate::board::queries::visible_funnel;
use crate::board::rows::{self, CARD};
use crate::board::{place_at, write_move};
use crate::deals::commands::currency_of;
use crate::error::Result;
use crate::sql::{Conn, Sql, sql};
use crate::{Ctx, Seen, Store, Tx, names, turns};

const NAME_CHARS_MAX: usize = 80;
const FUNNELS_MAX: i64 = 200;
/// Ten years: a longer limit is none.
const LIMIT_HOURS_MAX: i64 = 87_600;

impl Store {
    pub async fn create_funnel(&self, ctx: &Ctx, id: CommandId, new: NewFunnel) -> Result<Funnel> {
        self.write(ctx, id, &new.clone(), move |tx| {
            Box::pin(async move { create(tx, new.clone(), to_begin_with(&new)).await })
        })
        .await
    }

    /// With these stages instead of a preset's.
    pub async fn create_funnel_of(
        &self,
        ctx: &Ctx,
        id: CommandId,
        new: NewFunnel,
        stages: Vec<StageForm>,
    ) -> Result<Funnel> {
        self.write(ctx, id, &(new.clone(), stages.clone()), move |tx| {
            Box::pin(async move { create(tx, new, stages).await })
        })
        .await
    }

    /// Changes parts of a stage. Answers with the funnel as it is then.
    pub async fn patch_stage(
        &self,
        ctx: &Ctx,
        id: CommandId,
        (funnel, stage): (FunnelId, StageId),
        (patch, seen): (StagePatch, Seen),
    ) -> Result<Funnel> {
        self.write(ctx, id, &("patch stage", funnel, stage, patch.clone()), move |tx| {
            Box::pin(async move {
                lock(tx.conn, funnel).await?;
                let visible = visible_funnel(tx.conn, &tx.ctx.actor, funnel).await?;
                let before = visible.stage(stage).ok_or(Refusal::NotFound)?;
                let change = FunnelChange::EditStage { stage, form: patch.upon(before) };
                apply(tx, funnel, (change, seen)).await
            })
        })
        .await
    }

    /// Answers with the funnel as it is then.
    pub async fn change_funnel(
        &self,
        ctx: &Ctx,
        id: CommandId,
        funnel: FunnelId,
        change: FunnelChange,
    ) -> Result<Funnel> {
        self.change_funnel_seen(ctx, id, funnel, (change, Seen::Any)).await
    }

    /// The same for whoever knows a state of what they change: of the stage where it is one, else of the funnel.
    pub async fn change_funnel_seen(
        &self,
        ctx: &Ctx,
        id: CommandId,
        funnel: FunnelId,
        (change, seen): (FunnelChange, Seen),
    ) -> Result<Funnel> {
        self.write(ctx, id, &(funnel, change.clone()), move |tx| {
            Box::pin(async move { apply(tx, funnel, (change, seen)).await })
        })
        .await
    }
}

pub(crate) async fn create(tx: &mut Tx<'_>, new: NewFunnel, forms: Vec<StageForm>) -> Result<Funnel> {
    allowed(&tx.ctx.actor, new.storefront)?;
    let name = checked(&new.name)?;
    if forms.is_empty() {
        return Err(Limit::LastStage.into());
    }
    if forms.len() > STAGES_MAX {
        return Err(Limit::StagesFull.into());
    }
    let forms = forms.into_iter().map(checked_stage).collect::<Result<Vec<StageForm>>>()?;
    if let Some(storefront) = new.storefront {
        // There is no such storefront, even for those who belong to all.
        currency_of(tx.conn, storefront).await?;
    }
    turns::take(tx.conn, "funnels").await?;
    let count: i64 =
        sql!("SELECT COUNT(*) AS n FROM funnels WHERE archived_at IS NULL").one(tx.conn).await?.get("n")?;
    if count >= FUNNELS_MAX {
        return Err(Limit::TooMany.into());
    }
    // The first funnel of a storefront takes its orders; so does every order funnel made from its preset.
    let first: i64 =
        sql!("SELECT COUNT(*) AS n FROM funnels WHERE storefront_id = $1 AND takes_orders = 1 AND archived_at IS NULL")
            .bind(new.storefront)
            .one(tx.conn)
            .await?
            .get("n")?;
    let takes_orders = first == 0 && new.storefront.is_some();
    let id: FunnelId = sql!(
        "INSERT INTO funnels (storefront_id, name, takes_orders, created_at) VALUES ($1, $2, $3, $4) RETURNING id"
    )
    .bind(new.storefront)
    .bind(&name)
    .bind(takes_orders)
    .bind(tx.ctx.now)
    .one(tx.conn)
    .await?
    .get("id")?;
    for (place, form) in (0i64..).zip(&forms) {
        insert_stage(tx.conn, id, place, form).await?;
    }
    if forms.iter().any(|form| form.kind == StageKind::Lost) {
        reasons::begin(tx, new.lang).await?;
    }
    let funnel = rows::funnel(tx.conn, id).await?.ok_or(Refusal::NotFound)?;
    tx.record(scope(&funnel), Fact::FunnelCreated { funnel: funnel.clone() });
    Ok(funnel)
}

/// A preset's stages, or a single one.
pub(crate) fn to_begin_with(new: &NewFunnel) -> Vec<StageForm> {
    match new.preset {
        Some(preset) => preset
            .stages(new.lang)
            .into_iter()
            .map(|stage| StageForm {
                name: stage.name.to_owned(),
                colour: stage.colour,
                kind: stage.kind,
                limit_hours: stage.limit_hours,
                public_name: stage.public_name.map(str::to_owned),
            })
            .collect(),
        None => {
            let name = domain::funnels::presets::suggestions(new.lang, 0)[1].to_owned();
            let colour = palette::default_for(0, StageKind::Open);
            vec![StageForm { name, colour, kind: StageKind::Open, limit_hours: None, public_name: None }]
        }
    }
}

async fn apply(tx: &mut Tx<'_>, id: FunnelId, (change, seen): (FunnelChange, Seen)) -> Result<Funnel> {
    lock(tx.conn, id).await?;
    let funnel = visible_funnel(tx.conn, &tx.ctx.actor, id).await?;
    allowed(&tx.ctx.actor, funnel.storefront)?;
    as_seen(&funnel, &change, &seen)?;
    match change {
        FunnelChange::Rename { name } => {
            let name = checked(&name)?;
            sql!("UPDATE funnels SET name = $2 WHERE id = $1").bind(id).bind(&name).run(tx.conn).await?;
            tx.record(scope(&funnel), Fact::FunnelRenamed { name });
        }
        FunnelChange::AddStage { stage, index } => add_stage(tx, &funnel, stage, index).await?,
        FunnelChange::EditStage { stage, form } => edit_stage(tx, &funnel, stage, form).await?,
        FunnelChange::Reorder { order } => reorder(tx, &funnel, order).await?,
        FunnelChange::RemoveStage { stage, deals_to } => remove_stage(tx, &funnel, stage, deals_to).await?,
        FunnelChange::Archive => {
            sql!("UPDATE funnels SET archived_at = $2 WHERE id = $1").bind(id).bind(tx.ctx.now).run(tx.conn).await?;
            tx.record(scope(&funnel), Fact::FunnelArchived { name: funnel.name.clone() });
            return Ok(funnel);
        }
    }
    Ok(rows::funnel(tx.conn, id).await?.ok_or(Refusal::NotFound)?)
}

/// A stage that is gone is refused by the change itself.
fn as_seen(funnel: &Funnel, change: &FunnelChange, seen: &Seen) -> Result<()> {
    match change {
        FunnelChange::EditStage { stage, .. } | FunnelChange::RemoveStage { stage, .. } => {
            funnel.stage(*stage).map_or(Ok(()), |stage| seen.holds(stage))
        }
        FunnelChange::Rename { .. }
        | FunnelChange::AddStage { .. }
        | FunnelChange::Reorder { .. }
        | FunnelChange::Archive => seen.holds(funnel),
    }
}

async fn add_stage(tx: &mut Tx<'_>, funnel: &Funnel, form: StageForm, index: usize) -> Result<()> {
    if funnel.stages.len() >= STAGES_MAX {
        return Err(Limit::StagesFull.into());
    }
    let form = checked_stage(form)?;
    let index = index.min(funnel.stages.len());
    let id = insert_stage(tx.conn, funnel.id, 0, &form).await?;
    let mut order: Vec<StageId> = funnel.stages.iter().map(|stage| stage.id).collect();
    order.insert(index, id);
    write_order(tx.conn, &order).await?;
    let StageForm { name, colour, kind, limit_hours, public_name } = form;
    tx.record(
        scope(funnel),
        Fact::StageAdded { stage: Stage { id, name, colour, kind, limit_hours, public_name }, index },
    );
    Ok(())
}

async fn edit_stage(tx: &mut Tx<'_>, funnel: &Funnel, id: StageId, form: StageForm) -> Result<()> {
    let before = funnel.stage(id).ok_or(Refusal::StageGone)?;
    let StageForm { name, colour, kind, limit_hours, public_name } = checked_stage(form)?;
    let stage = Stage { id, name, colour, kind, limit_hours, public_name };
    if stage == *before {
        return Ok(());
    }
    sql!("UPDATE stages SET name = $2, colour = $3, kind = $4, limit_hours = $5, public_name = $6 WHERE id = $1")
        .bind(id)
        .bind(&stage.name)
        .bind(stage.colour)
        .bind(stage.kind)
        .bind(stage.limit_hours)
        .bind(stage.public_name.clone())
        .run(tx.conn)
        .await?;
    tx.record(scope(funnel), Fact::StageChanged { stage });
    Ok(())
}

async fn reorder(tx: &mut Tx<'_>, funnel: &Funnel, order: Vec<StageId>) -> Result<()> {
    let mut known: Vec<StageId> = funnel.stages.iter().map(|stage| stage.id).collect();
    if known == order {
        return Ok(());
    }
    let mut asked = order.clone();
    known.sort();
    asked.sort();
    if known != asked {
        return Err(Refusal::StageGone.into());
    }
    write_order(tx.conn, &order).await?;
    tx.record(scope(funnel), Fact::StagesReordered { order });
    Ok(())
}

async fn remove_stage(tx: &mut Tx<'_>, funnel: &Funnel, id: StageId, deals_to: Option<StageId>) -> Result<()> {
    let stage = funnel.stage(id).ok_or(Refusal::StageGone)?;
    if funnel.stages.len() == 1 {
        return Err(Limit::LastStage.into());
    }
    let count: i64 =
        sql!("SELECT COUNT(*) AS n FROM deals WHERE stage_id = $1").bind(id).one(tx.conn).await?.get("n")?;
    if count > 0 {
        let to = deals_to.ok_or(Limit::StageHasDeals)?;
        let to = funnel.stage(to).filter(|stage| stage.id != id).ok_or(Refusal::StageGone)?;
        // Nobody says of each deal why it would be lost.
        if to.kind == StageKind::Lost && stage.kind != StageKind::Lost {
            return Err(Refusal::ReasonNeeded.into());
        }
        move_all(tx, stage, to).await?;
    }
    sql!("UPDATE stages SET removed_at = $2 WHERE id = $1").bind(id).bind(tx.ctx.now).run(tx.conn).await?;
    tx.record(scope(funnel), Fact::StageRemoved { stage: id, name: stage.name.clone() });
    Ok(())
}

/// Every deal of a stage goes below those of another, in its order. One fact each: timelines and boards follow.
async fn move_all(tx: &mut Tx<'_>, from: &Stage, to: &Stage) -> Result<()> {
    hold(tx.conn, from.id).await?;
    let cards = Sql::assembled(format!(
        "SELECT {CARD} FROM deals d JOIN customers c ON c.id = d.customer_id WHERE d.stage_id = $1 ORDER BY d.position"
    ))
    .bind(from.id)
    .all(tx.conn)
    .await?;
    let (mut last, _) = place_at(tx.conn, to.id, domain::board::Place::Bottom, DealId(0)).await?;
    for row in &cards {
        let mut card = rows::card(row)?;
        let reason = if to.kind == StageKind::Lost { lost_for(tx.conn, card.id).await? } else { None };
        let place = position::between(last.as_deref(), None);
        let moved = DealMoved {
            from: from.id,
            to: to.id,
            from_name: from.name.clone(),
            to_name: to.name.clone(),
            position: place.clone(),
            position_before: card.position.clone(),
            sum: card.sum,
            currency: card.currency,
            since: card.since,
            left: card.left,
            back: None,
            reason: reason.as_ref().map(|reason| reason.id),
            reason_name: reason.map(|reason| reason.name),
            version: card.version + 1,
        };
        write_move(tx, &mut card, moved).await?;
        last = Some(place);
    }
    Ok(())
}

/// PostgreSQL: a stage's deals, in the order of ids, as everybody locks them. By themselves: a deal that is given another
/// customer meanwhile would not be found beside the one that it had, and stay behind.
async fn hold(conn: &mut Conn, stage: StageId) -> Result<()> {
    if matches!(conn, Conn::Postgres(_)) {
        sql!(
            sqlite: "SELECT id FROM deals WHERE stage_id = $1",
            postgres: "SELECT id FROM deals WHERE stage_id = $1 ORDER BY id FOR NO KEY UPDATE",
        )
        .bind(stage)
        .all(conn)
        .await?;
    }
    Ok(())
}

/// Why a deal on a lost stage is there: it takes its reason along to another one.
async fn lost_for(conn: &mut Conn, deal: DealId) -> Result<Option<LostReason>> {
    let row = sql!("SELECT r.id, r.name FROM deals d JOIN lost_reasons r ON r.id = d.lost_reason_id WHERE d.id = $1");
    let row = row.bind(deal).optional(conn).await?;
    row.map(|row| Ok(LostReason { id: row.get("id")?, name: row.get("name")? })).transpose()
}

async fn insert_stage(conn: &mut Conn, funnel: FunnelId, place: i64, form: &StageForm) -> Result<StageId> {
    sql!("INSERT INTO stages (funnel_id, place, name, colour, kind, limit_hours, public_name) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id")
        .bind(funnel)
        .bind(place)
        .bind(&form.name)
        .bind(form.colour)
        .bind(form.kind)
        .bind(form.limit_hours)
        .bind(form.public_name.clone())
        .one(conn)
        .await?
        .get("id")
}

async fn write_order(conn: &mut Conn, order: &[StageId]) -> Result<()> {
    for (place, stage) in (0i64..).zip(order) {
        sql!("UPDATE stages SET place = $2 WHERE id = $1").bind(*stage).bind(place).run(conn).await?;
    }
    Ok(())
}

pub(super) fn allowed(actor: &Actor, storefront: Option<StorefrontId>) -> Result<()> {
    let on = storefront.map_or(On::Business, On::Storefront);
    if let Some(storefront) = storefront
        && !actor.storefronts.contains(storefront)
    {
        return Err(Refusal::NotFound.into());
    }
    // A funnel of every storefront is changed only by those who belong to every storefront.
    let whole = storefront.is_some() || actor.storefronts == Storefronts::All;
    if whole && may(actor, Action::ManageFunnels, on) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

fn checked(name: &str) -> Result<String> {
    names::checked(name, NAME_CHARS_MAX)
}

fn checked_stage(form: StageForm) -> Result<StageForm> {
    let limit_hours = form.limit_hours.filter(|hours| (1..=LIMIT_HOURS_MAX).contains(hours));
    let name = checked(&form.name)?;
    let public_name = match form.public_name.as_deref().map(str::trim) {
        Some("") => Some(name.clone()),
        Some(public) => Some(checked(public)?),
        None => None,
    };
    Ok(StageForm { name, limit_hours, public_name, ..form })
}

fn scope(funnel: &Funnel) -> Scope {
    Scope { storefront: funnel.storefront, funnel: Some(funnel.id), ..Scope::default() }
}

/// PostgreSQL: one change of a funnel at a time.
async fn lock(conn: &mut Conn, funnel: FunnelId) -> Result<()> {
    if matches!(conn, Conn::Postgres(_)) {
        sql!(sqlite: "SELECT id FROM funnels WHERE id = $1", postgres: "SELECT id FROM funnels WHERE id = $1 FOR NO KEY UPDATE")
            .bind(funnel)
            .all(conn)
            .await?;
        sql!(sqlite: "SELECT id FROM stages WHERE funnel_id = $1", postgres: "SELECT id FROM stages WHERE funnel_id = $1 ORDER BY id FOR NO KEY UPDATE")
            .bind(funnel)
            .all(conn)
            .await?;
    }
    Ok(())
}
