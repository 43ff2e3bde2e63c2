//! What an order's way does to the stock. Pure: what is wanted, what the order holds and what lies where arrive as
//! arguments, and the moves that lead from one to the other come out. Asked again, it answers with nothing to do.

use super::{MoveKind, QUANTITY_MAX, Short, Stock, decide_stock};
use crate::ids::*;
use crate::orders::{Condition, StatusKind};

/// Where an order's goods are to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStock {
    /// On the shelf, for anybody.
    Free,
    /// On the shelf, for this order.
    Reserve,
    /// Gone with it.
    Consume,
    /// What has not left is for anybody again; what has left is still on its way.
    Release,
    /// What has left is back.
    Return(Condition),
}

/// What a change of status asks of the stock; None: nothing.
pub fn stock_step(
    from: Option<StatusKind>,
    to: StatusKind,
    reserve_at: StatusKind,
    condition: Option<Condition>,
) -> Option<OrderStock> {
    let is_out = |kind: StatusKind| kind.has_left() && kind != StatusKind::Returned;
    if to == StatusKind::Cancelled {
        return Some(OrderStock::Release);
    }
    if to == StatusKind::Returned {
        // Nobody looked at it: it is not sold again by itself.
        return Some(OrderStock::Return(condition.unwrap_or(Condition::Unusable)));
    }
    if is_out(to) {
        // What left before anybody kept stock does not leave once more.
        return (!from.is_some_and(is_out)).then_some(OrderStock::Consume);
    }
    Some(if to.rank() >= reserve_at.rank() { OrderStock::Reserve } else { OrderStock::Free })
}

/// Of a variant, by all of an order's lines together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub variant: VariantId,
    pub sku: String,
    pub quantity: i64,
}

/// What the ledger says of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub reserved: i64,
    /// Left with it and not back.
    pub out: i64,
}

/// What lies where, in the order in which it is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lying {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub stock: Stock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub variant: VariantId,
    pub warehouse: WarehouseId,
    pub kind: MoveKind,
    pub quantity: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// More may be promised than there is.
    pub preorder: bool,
    /// A shop says what has been sold already: it is given what there is rather than refused.
    pub lenient: bool,
}

/// The moves to make, or what there is too little of. `lying` has every warehouse of which the order holds goods.
pub fn plan(
    step: OrderStock,
    wanted: &[Wanted],
    held: &[Held],
    lying: &[Lying],
    rules: Rules,
) -> Result<Vec<Planned>, Vec<Short>> {
    let mut plan = Plan { held: held.to_vec(), lying: lying.to_vec(), rules, moves: Vec::new() };
    let mut short = Vec::new();
    match step {
        OrderStock::Free => {
            plan.bring_back(MoveKind::Returned);
            plan.release(&[]);
        }
        OrderStock::Release => plan.release(&[]),
        OrderStock::Return(condition) => {
            let kind = if condition == Condition::AsNew { MoveKind::Returned } else { MoveKind::WrittenOff };
            plan.bring_back(kind);
            plan.release(&[]);
        }
        OrderStock::Reserve => {
            plan.bring_back(MoveKind::Returned);
            plan.release(wanted);
            short = plan.reserve(wanted);
        }
        OrderStock::Consume => {
            plan.release(wanted);
            short = plan.reserve(wanted);
            if short.is_empty() || rules.lenient {
                short.extend(plan.consume(wanted));
            }
        }
    }
    if short.is_empty() || rules.lenient { Ok(plan.moves) } else { Err(short) }
}

struct Plan {
    held: Vec<Held>,
    lying: Vec<Lying>,
    rules: Rules,
    moves: Vec<Planned>,
}

impl Plan {
    fn bring_back(&mut self, kind: MoveKind) {
        for index in 0..self.held.len() {
            let Held { variant, warehouse, out, .. } = self.held[index];
            if out > 0 {
                self.make(Planned { variant, warehouse, kind, quantity: out });
            }
        }
    }

    /// What is put aside beyond what is wanted; the last warehouse first.
    fn release(&mut self, wanted: &[Wanted]) {
        for index in (0..self.held.len()).rev() {
            let Held { variant, warehouse, reserved, .. } = self.held[index];
            let wants = wanted.iter().find(|one| one.variant == variant).map_or(0, |one| one.quantity);
            let surplus = (self.has(variant) - wants).min(reserved);
            if surplus > 0 {
                self.make(Planned { variant, warehouse, kind: MoveKind::Released, quantity: surplus });
            }
        }
    }

    /// Puts aside what is missing; answers with what there is too little of.
    fn reserve(&mut self, wanted: &[Wanted]) -> Vec<Short> {
        let mut short = Vec::new();
        for want in wanted {
            let had = self.has(want.variant);
            // One order holds no more of anything than one move can: it can be given back in one.
            let most = want.quantity.min(QUANTITY_MAX);
            let mut missing = most - had;
            let places: Vec<Lying> = self.lying.iter().filter(|one| one.variant == want.variant).copied().collect();
            for place in &places {
                let take = place.stock.available().min(missing);
                if take > 0 && self.aside(want.variant, place.warehouse, take) {
                    missing -= take;
                }
            }
            // What is not there yet is awaited in the first warehouse.
            let first = places.first().filter(|_| missing > 0 && self.rules.preorder);
            if first.is_some_and(|first| self.aside(want.variant, first.warehouse, missing)) {
                missing = 0;
            }
            if missing > 0 || want.quantity > most {
                let available = most - missing.max(0);
                short.push(Short { sku: want.sku.clone(), wanted: want.quantity, available });
            }
        }
        short
    }

    fn aside(&mut self, variant: VariantId, warehouse: WarehouseId, quantity: i64) -> bool {
        self.make(Planned { variant, warehouse, kind: MoveKind::Reserved, quantity })
    }

    /// All that is put aside leaves; answers with what can't, though it was promised.
    fn consume(&mut self, wanted: &[Wanted]) -> Vec<Short> {
        let mut short: Vec<Short> = Vec::new();
        for index in 0..self.held.len() {
            let Held { variant, warehouse, reserved, .. } = self.held[index];
            if reserved <= 0 || self.make(Planned { variant, warehouse, kind: MoveKind::Consumed, quantity: reserved })
            {
                continue;
            }
            let stocks = self.lying.iter().filter(|one| one.variant == variant && one.warehouse == warehouse);
            let here = stocks.map(|one| one.stock.on_hand.clamp(0, reserved)).sum::<i64>();
            if let Some(want) = wanted.iter().find(|one| one.variant == variant) {
                let available = (want.quantity - reserved + here).max(0);
                short.push(Short { sku: want.sku.clone(), wanted: want.quantity, available });
            }
        }
        short
    }

    /// Put aside for it or gone with it.
    fn has(&self, variant: VariantId) -> i64 {
        self.held.iter().filter(|one| one.variant == variant).map(|one| one.reserved + one.out).sum()
    }

    /// Writes a move down where it may be; what is held and lies follows.
    fn make(&mut self, planned: Planned) -> bool {
        let Planned { variant, warehouse, kind, quantity } = planned;
        let place = self.lying.iter_mut().find(|one| one.variant == variant && one.warehouse == warehouse);
        let Some(place) = place else { return false };
        let Ok(after) = decide_stock(place.stock, kind, quantity, self.rules.preorder) else { return false };
        place.stock = after;
        let known = self.held.iter().position(|one| one.variant == variant && one.warehouse == warehouse);
        let index = known.unwrap_or_else(|| {
            self.held.push(Held { variant, warehouse, reserved: 0, out: 0 });
            self.held.len() - 1
        });
        let (reserved, out) = of_order(kind);
        self.held[index].reserved += reserved * quantity;
        self.held[index].out += out * quantity;
        self.moves.push(planned);
        true
    }
}

/// How often a move's quantity goes into what an order has put aside, and into what has left with it.
fn of_order(kind: MoveKind) -> (i64, i64) {
    match kind {
        MoveKind::Reserved => (1, 0),
        MoveKind::Released => (-1, 0),
        MoveKind::Consumed => (-1, 1),
        MoveKind::Returned | MoveKind::WrittenOff => (0, -1),
        MoveKind::Received | MoveKind::Corrected | MoveKind::Incoming | MoveKind::Sent | MoveKind::Arrived => (0, 0),
    }
}

impl Held {
    /// With a sum of the ledger's moves of one kind in it.
    pub fn follow(&mut self, kind: MoveKind, quantity: i64) {
        let (reserved, out) = of_order(kind);
        self.reserved += reserved * quantity;
        self.out += out * quantity;
    }
}
