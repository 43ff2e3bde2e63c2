//! Deals, by the board's own filter and the board's own sight.

use domain::deals::Source;
use domain::ids::*;
use domain::money::Currency;

use super::goods::{self, Goods, Of};
use super::{Export, PAGE};
use crate::Store;
use crate::board::queries::Wheres;
use crate::error::Result;
use crate::sql::Row;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealRow {
    pub id: DealId,
    pub created_at: Millis,
    pub funnel: String,
    pub stage: String,
    pub since: Millis,
    pub storefront: String,
    pub responsible: Option<String>,
    pub source: Source,
    pub customer: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub order_number: Option<String>,
    pub goods: Goods,
    pub sum: i64,
    pub currency: Currency,
    pub comment: String,
    pub lost_reason: Option<String>,
}

const SELECT: &str = "SELECT d.id, d.created_at, f.name AS funnel, s.name AS stage, d.since, sf.name AS storefront, \
    u.name AS responsible, d.source, c.name AS customer, c.phone, c.email, d.order_number, d.sum, d.currency, \
    d.comment, r.name AS lost_reason FROM deals d JOIN customers c ON c.id = d.customer_id \
    JOIN funnels f ON f.id = d.funnel_id JOIN stages s ON s.id = d.stage_id \
    JOIN storefronts sf ON sf.id = d.storefront_id LEFT JOIN users u ON u.id = d.responsible_id \
    LEFT JOIN lost_reasons r ON r.id = d.lost_reason_id WHERE 1 = 1";

impl Export {
    /// The next ones; none: that was all.
    pub async fn deals(&mut self, store: &Store) -> Result<Vec<DealRow>> {
        let mut wheres = Wheres::new(store, &self.ctx, &self.wanted.filter);
        wheres.push("d.id > ?", [DealId(self.after).into()]);
        if let Some(funnel) = self.wanted.funnel {
            wheres.push("d.funnel_id = ?", [funnel.into()]);
        }
        let mut conn = store.reader().await?;
        let rows = wheres.select(SELECT, &format!("ORDER BY d.id LIMIT {PAGE}")).all(&mut conn).await?;
        let mut page = rows.iter().map(deal).collect::<Result<Vec<_>>>()?;
        let ids: Vec<i64> = page.iter().map(|deal| deal.id.0).collect();
        let mut goods = goods::of(&mut conn, Of::Deals, &ids).await?;
        for deal in &mut page {
            deal.goods = goods.remove(&deal.id.0).unwrap_or_default();
            self.after = deal.id.0;
        }
        Ok(page)
    }
}

/// Its goods are asked for apart.
fn deal(row: &Row) -> Result<DealRow> {
    Ok(DealRow {
        id: row.get("id")?,
        created_at: row.get("created_at")?,
        funnel: row.get("funnel")?,
        stage: row.get("stage")?,
        since: row.get("since")?,
        storefront: row.get("storefront")?,
        responsible: row.get("responsible")?,
        source: row.get("source")?,
        customer: row.get("customer")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        order_number: row.get("order_number")?,
        goods: Goods::new(),
        sum: row.get("sum")?,
        currency: row.get("currency")?,
        comment: row.get("comment")?,
        lost_reason: row.get("lost_reason")?,
    })
}
