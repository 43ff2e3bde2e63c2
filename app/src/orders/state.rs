//! An order's page in the browser: what was read of it, and what is being asked and typed.

use domain::auth::Action;
use domain::board::{Card, Person};
use domain::carriers::Progress;
use domain::event::Fact;
use domain::event::sentence::{People, author, sentence};
use domain::i18n::{Lang, t};
use domain::ids::*;
use domain::orders::{Asked, DetailFault, OrderView, Status, StatusName};
use leptos::prelude::*;

use super::api::{LoadedOrder, named};
use super::typed::Typed;
use crate::boot::{Me, use_boot};
use crate::live::Connection;

/// Copied into every component; everything in it is a handle.
#[derive(Clone, Copy)]
pub struct OrderState {
    pub order: OrderId,
    pub view: RwSignal<OrderView>,
    pub deal: RwSignal<Option<Card>>,
    pub people: RwSignal<Vec<Person>>,
    pub parcels: RwSignal<Vec<Progress>>,
    /// The server's clock as far as known, ms.
    pub now: RwSignal<Millis>,
    /// The status whose form is open.
    pub asking: RwSignal<Option<StatusId>>,
    pub typed: RwSignal<Typed>,
    pub fault: RwSignal<Option<DetailFault>>,
    /// What stands above the form.
    pub problem: RwSignal<Option<String>>,
    pub connection: RwSignal<Connection>,
    /// Everything up to here was read or heard.
    pub as_of: StoredValue<Seq>,
    me: StoredValue<Option<Me>>,
}

/// The team, as a history needs it.
pub struct Names(pub RwSignal<Vec<Person>>);

impl People for Names {
    fn name(&self, user: UserId) -> Option<String> {
        self.0.with_untracked(|people| people.iter().find(|person| person.id == user).map(|person| person.name.clone()))
    }
}

impl OrderState {
    pub fn new(loaded: LoadedOrder) -> Self {
        let LoadedOrder { view, deal, people, parcels, as_of } = loaded;
        Self {
            order: view.order.id,
            now: RwSignal::new(view.now),
            view: RwSignal::new(view),
            deal: RwSignal::new(deal),
            people: RwSignal::new(people),
            parcels: RwSignal::new(parcels),
            asking: RwSignal::new(None),
            typed: RwSignal::new(Typed::default()),
            fault: RwSignal::new(None),
            problem: RwSignal::new(None),
            connection: RwSignal::new(Connection::Connecting),
            as_of: StoredValue::new(as_of),
            me: StoredValue::new(use_boot().me),
        }
    }

    /// For buttons; the server decides.
    pub fn may(&self, action: Action) -> bool {
        self.me.with_value(|me| me.as_ref().is_some_and(|me| me.may(action)))
    }

    pub fn may_override(&self) -> bool {
        self.me.with_value(|me| me.as_ref().is_some_and(|me| me.role >= domain::auth::Role::Head))
    }

    pub fn status_id(&self) -> Option<StatusId> {
        self.view.with_untracked(|view| view.order.status.as_ref().map(|status| status.id))
    }

    pub fn status(&self, id: StatusId) -> Option<Status> {
        self.view.with_untracked(|view| view.statuses.iter().find(|status| status.id == id).cloned())
    }

    pub fn names(&self) -> Vec<StatusName> {
        self.view.with_untracked(|view| view.statuses.iter().map(named).collect())
    }

    /// What an order that comes into the status is asked now; None: nothing.
    pub fn asks(&self, to: &Status) -> Option<Asked> {
        let shipped = self.view.with_untracked(|view| !view.shipments.is_empty());
        to.kind.asks().filter(|asked| !(*asked == Asked::Shipment && shipped))
    }

    /// Whether it goes there only past the rules.
    pub fn is_beyond(&self, to: StatusId) -> bool {
        self.view.with_untracked(|view| view.order.status.is_some() && !view.next.contains(&to))
    }

    /// What was read anew. An answer that is older than what is shown changes nothing; whoever is just typing keeps
    /// what they typed and is told what has changed under their hands.
    pub fn show(&self, loaded: LoadedOrder, lang: Lang) {
        let LoadedOrder { view, deal, people, parcels, as_of } = loaded;
        let known = self.view.with_untracked(|view| view.order.version);
        if view.order.version < known {
            return;
        }
        let changed = view.order.version > known;
        self.people.set(people);
        self.parcels.set(parcels);
        self.deal.set(deal);
        self.as_of.update_value(|seen| *seen = (*seen).max(as_of));
        self.take(view);
        if changed && self.asking.with_untracked(Option::is_some) {
            self.problem.set(self.last_change(lang));
        }
    }

    /// The order as it is now.
    pub fn take(&self, view: OrderView) {
        self.now.set(view.now);
        let there = view.order.status.as_ref().map(|status| status.id);
        self.view.set(view);
        if self.asking.with_untracked(|asking| asking.is_some() && *asking == there) {
            self.close();
        }
    }

    pub fn close(&self) {
        self.asking.set(None);
        self.fault.set(None);
        self.problem.set(None);
    }

    /// Who changed the status last, and from what to what.
    pub fn last_change(&self, lang: Lang) -> Option<String> {
        let names = Names(self.people);
        self.view.with_untracked(|view| {
            let last = view.events.iter().find(|event| matches!(event.fact, Fact::OrderStatusChanged { .. }))?;
            let who = author(last.actor, lang, &names);
            Some(t::order_changed_by(lang, &who, &sentence(&last.fact, lang, &names)))
        })
    }
}
