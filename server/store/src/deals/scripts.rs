//! What scripts do to deals: parts of them at a time, and with a version only where they care.

use domain::auth::Action;
use domain::board::{Card, Refusal};
use domain::deals::AssignDeal;
use domain::deals::patch::{MakeDeal, PatchDeal};

use super::commands::{Spot, for_change, hand_over, make, rewrite};
use super::{DealDetails, as_seen, details};
use crate::error::Result;
use crate::{Ctx, Store, Tx};

impl Store {
    pub async fn compose_deal(&self, ctx: &Ctx, command: MakeDeal) -> Result<Card> {
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| {
            Box::pin(async move {
                let MakeDeal { funnel, stage, storefront, patch, .. } = command;
                make(tx, Spot { funnel, stage, storefront }, move |_| patch.alone()).await
            })
        })
        .await
    }

    pub async fn patch_deal(&self, ctx: &Ctx, command: PatchDeal) -> Result<DealDetails> {
        let content = command.clone();
        self.write(ctx, command.command, &content, move |tx| Box::pin(async move { patch(tx, command).await })).await
    }

    /// As [`Store::assign_deal`], for whoever knows a version of it.
    pub async fn assign_seen(&self, ctx: &Ctx, command: AssignDeal, seen: Option<i64>) -> Result<Card> {
        let content = (command.clone(), seen);
        self.write(ctx, command.command, &content, move |tx| {
            Box::pin(async move {
                let card = for_change(tx, command.deal, Action::EditDeal).await?;
                as_seen(&card, seen)?;
                hand_over(tx, card, command.to).await
            })
        })
        .await
    }
}

async fn patch(tx: &mut Tx<'_>, command: PatchDeal) -> Result<DealDetails> {
    let card = for_change(tx, command.deal, Action::EditDeal).await?;
    as_seen(&card, command.seen)?;
    let before = details(tx.conn, card).await?;
    let contents = command.patch.upon(&before).map_err(|faults| Refusal::Faults { faults })?;
    rewrite(tx, before, contents).await
}
