//! The board: a funnel's deals in columns. `decide` says whether a move may happen, `fold` what it does;
//! the browser and the server run the same two.

pub mod decide;
pub mod filter;
pub mod fold;
pub mod position;
pub mod sort;
mod wire;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::deals::Source;
use crate::funnels::{Funnel, StageKind};
use crate::ids::*;
use crate::money::Currency;

pub use decide::{Limit, MoveDeal, Place, Refusal, Undo, decide};
pub use filter::Filter;
pub use fold::{Touched, fold, show, unfold};
pub use wire::{BoardData, MoveDeals, Moved, Person, PlaceDeal, PlaceDeals, SavedView};

/// A deal as the board shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: DealId,
    /// Grows by one with every change.
    pub version: i64,
    pub storefront: StorefrontId,
    pub funnel: FunnelId,
    pub stage: StageId,
    /// Its place in the column: see [`position`].
    pub position: String,
    pub customer: CustomerId,
    /// Joined when read; the log has it empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub customer_name: String,
    pub first_line: String,
    pub more_lines: i64,
    /// Minor units.
    pub sum: i64,
    pub currency: Currency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<UserId>,
    pub source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// Where its order is; of several the one that changed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusId>,
    /// When it came to its stage.
    pub since: Millis,
    /// The stage it came from; None where it was created here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<StageId>,
    pub created_at: Millis,
    /// The shop deleted its order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted_in_shop: bool,
}

/// A column's figures: true for the whole column, however much of it is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub count: i64,
    /// Sum of the times at which its deals came, in ms: the average age is `now - since_sum / count`.
    pub since_sum: i64,
    /// Minor units by currency; a shared funnel may have several.
    pub sums: BTreeMap<CurrencyKey, i64>,
    /// How many of its deals came from which stage; a lost column tells by it how far they had got.
    pub left: BTreeMap<StageId, i64>,
}

/// A currency as a key of a JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CurrencyKey(pub Currency);

impl Totals {
    fn shift(&mut self, sign: i64, share: Share) {
        self.count += sign;
        self.since_sum += sign * share.since;
        bump(&mut self.sums, CurrencyKey(share.currency), sign * share.sum);
        if let Some(left) = share.left {
            bump(&mut self.left, left, sign);
        }
    }

    pub fn add(&mut self, card: &Card) {
        self.shift(1, card.share());
    }

    /// Average time on the stage in ms; None for an empty column.
    pub fn average_age(&self, now: Millis) -> Option<Millis> {
        (self.count > 0).then(|| (now - self.since_sum / self.count).max(0))
    }
}

/// What one deal adds to its column's totals.
#[derive(Clone, Copy)]
struct Share {
    since: Millis,
    sum: i64,
    currency: Currency,
    left: Option<StageId>,
}

impl Card {
    fn share(&self) -> Share {
        Share { since: self.since, sum: self.sum, currency: self.currency, left: self.left }
    }
}

/// Adds to an entry; one that comes to zero goes, so that equal totals are equal maps.
fn bump<K: Ord + Copy>(map: &mut BTreeMap<K, i64>, key: K, by: i64) {
    let entry = map.entry(key).or_default();
    *entry += by;
    if *entry == 0 {
        map.remove(&key);
    }
}

/// One column as loaded: the first cards by position, and whether there are more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub totals: Totals,
    /// In order of position.
    pub loaded: Vec<DealId>,
    /// Cards below the last loaded one have not been fetched.
    pub more: bool,
}

/// A board as somebody sees it: what they may not see was never put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub funnel: Funnel,
    pub columns: HashMap<StageId, Column>,
    pub cards: HashMap<DealId, Card>,
    /// The last event that is in it.
    pub as_of: Seq,
}

impl Board {
    pub fn new(funnel: Funnel, as_of: Seq) -> Self {
        let columns = funnel.stages.iter().map(|stage| (stage.id, Column::default())).collect();
        Self { funnel, columns, cards: HashMap::new(), as_of }
    }

    /// Shows a card as it is now. Totals are counted from facts alone, so that a card may be newer than they are.
    pub fn set(&mut self, card: Card) {
        self.lift(card.id);
        self.place(card);
    }

    fn lift(&mut self, id: DealId) -> Option<Card> {
        let card = self.cards.remove(&id)?;
        if let Some(column) = self.columns.get_mut(&card.stage) {
            column.loaded.retain(|other| *other != id);
        }
        Some(card)
    }

    fn count(&mut self, stage: StageId, sign: i64, share: Share) {
        if let Some(column) = self.columns.get_mut(&stage) {
            column.totals.shift(sign, share);
        }
    }

    /// How many deals got as far as a stage. A deal has reached the stages up to where it stands; a lost one up to where
    /// it was lost, and where that is no longer known, the first. None on lost stages.
    pub fn reached(&self, stage: StageId) -> Option<i64> {
        let line = self.line();
        let index = line.iter().position(|other| *other == stage)?;
        let there = &line[index..];
        let standing: i64 = there.iter().filter_map(|id| self.columns.get(id)).map(|column| column.totals.count).sum();
        let lost = self.funnel.stages.iter().filter(|stage| stage.kind == StageKind::Lost);
        let lost = lost.filter_map(|stage| self.columns.get(&stage.id));
        let lost_beyond: i64 = match index {
            0 => lost.map(|column| column.totals.count).sum(),
            _ => {
                let left = lost.flat_map(|column| column.totals.left.iter());
                left.filter(|(left, _)| there.contains(left)).map(|(_, count)| count).sum()
            }
        };
        Some(standing + lost_beyond)
    }

    /// Of the deals that reached the stage before this one, how many of a hundred reached it. None on the first stage,
    /// on lost ones, and where nobody has reached the one before.
    pub fn conversion(&self, stage: StageId) -> Option<f64> {
        let line = self.line();
        let index = line.iter().position(|other| *other == stage)?;
        let before = self.reached(*line.get(index.checked_sub(1)?)?).filter(|before| *before > 0)?;
        Some(self.reached(stage)? as f64 * 100.0 / before as f64)
    }

    /// The stages that a deal goes through when all is well.
    fn line(&self) -> Vec<StageId> {
        self.funnel.stages.iter().filter(|stage| stage.kind != StageKind::Lost).map(|stage| stage.id).collect()
    }

    /// Adds cards fetched below the last loaded one; totals know them already.
    pub fn extend(&mut self, stage: StageId, cards: Vec<Card>, more: bool) {
        for card in cards {
            let id = card.id;
            if let std::collections::hash_map::Entry::Vacant(free) = self.cards.entry(id) {
                free.insert(card.clone());
                if let Some(column) = self.columns.get_mut(&stage) {
                    let index = place_of(&column.loaded, &self.cards, &card);
                    column.loaded.insert(index, card.id);
                }
            }
        }
        if let Some(column) = self.columns.get_mut(&stage) {
            column.more = more;
        }
    }

    /// Puts a card into its column's loaded window without touching totals. Below an unfetched gap it is left out.
    fn place(&mut self, card: Card) {
        let Some(column) = self.columns.get(&card.stage) else { return };
        let index = place_of(&column.loaded, &self.cards, &card);
        if index == column.loaded.len() && column.more {
            return;
        }
        self.insert(index, card);
    }

    /// Puts a card back that had been loaded: nothing that was fetched is below a gap.
    fn put_back(&mut self, card: Card) {
        self.lift(card.id);
        let Some(column) = self.columns.get(&card.stage) else { return };
        let index = place_of(&column.loaded, &self.cards, &card);
        self.insert(index, card);
    }

    fn insert(&mut self, index: usize, card: Card) {
        if let Some(column) = self.columns.get_mut(&card.stage) {
            column.loaded.insert(index, card.id);
        }
        self.cards.insert(card.id, card);
    }

    /// The positions before and after a place, as far as loaded; the card itself does not count.
    pub fn neighbours(&self, stage: StageId, place: Place, moving: DealId) -> (Option<&str>, Option<&str>) {
        let Some(column) = self.columns.get(&stage) else { return (None, None) };
        let others: Vec<DealId> = column.loaded.iter().copied().filter(|id| *id != moving).collect();
        let position = |index: usize| others.get(index).and_then(|id| self.cards.get(id)).map(|c| c.position.as_str());
        let index = match place {
            Place::Top => 0,
            Place::Bottom => others.len(),
            Place::Before(id) => others.iter().position(|other| *other == id).unwrap_or(0),
            Place::After(id) => others.iter().position(|other| *other == id).map_or(0, |i| i + 1),
        };
        (index.checked_sub(1).and_then(position), position(index))
    }
}

fn place_of(loaded: &[DealId], cards: &HashMap<DealId, Card>, card: &Card) -> usize {
    let key = (card.position.as_str(), card.id);
    loaded.partition_point(|id| cards.get(id).is_some_and(|other| (other.position.as_str(), other.id) < key))
}

#[cfg(test)]
mod tests;
