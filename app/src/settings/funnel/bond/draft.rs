//! A bond as it is being edited, and what is wrong with it.

use domain::funnels::Funnel;
use domain::i18n::{Lang, t};
use domain::ids::*;
use domain::orders::{Bond, BondFault, Status, check};
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Draft {
    pub bond: RwSignal<Bond>,
    pub faults: Memo<Vec<BondFault>>,
    /// Neither changes while the bond is edited.
    pub statuses: StoredValue<Vec<Status>>,
    pub funnel: StoredValue<Funnel>,
}

impl Draft {
    pub fn of(bond: Bond, statuses: Vec<Status>, funnel: Funnel) -> Self {
        let bond = RwSignal::new(in_order(bond));
        let (statuses, funnel) = (StoredValue::new(statuses), StoredValue::new(funnel));
        let faults = Memo::new(move |_| {
            bond.with(|bond| statuses.with_value(|statuses| funnel.with_value(|funnel| check(bond, statuses, funnel))))
        });
        Self { bond, faults, statuses, funnel }
    }

    pub fn set(self, bond: Bond) {
        self.bond.set(in_order(bond));
    }

    /// None: the deal stays where it is.
    pub fn lead_to_stage(self, status: StatusId, stage: Option<StageId>) {
        self.bond.update(|bond| {
            bond.to_stage.retain(|(from, _)| *from != status);
            bond.to_stage.extend(stage.map(|stage| (status, stage)));
            bond.to_stage.sort();
        });
    }

    /// None: orders stay as they are.
    pub fn lead_to_status(self, stage: StageId, status: Option<StatusId>) {
        self.bond.update(|bond| {
            bond.to_status.retain(|(from, _)| *from != stage);
            bond.to_status.extend(status.map(|status| (stage, status)));
            bond.to_status.sort();
        });
    }

    pub fn errors(self) -> usize {
        self.faults.with(|faults| faults.iter().filter(|fault| fault.is_error()).count())
    }

    pub fn status_name(self, id: StatusId) -> String {
        let name = |statuses: &Vec<Status>| {
            statuses.iter().find(|status| status.id == id).map(|status| status.name.clone()).unwrap_or_default()
        };
        self.statuses.with_value(name)
    }

    pub fn stage_name(self, id: StageId) -> String {
        self.funnel.with_value(|funnel| funnel.stage(id).map(|stage| stage.name.clone()).unwrap_or_default())
    }

    pub fn words(self, fault: &BondFault, lang: Lang) -> String {
        match fault {
            BondFault::Loop { stage, status, back_to } => {
                let (stage, back) = (self.stage_name(*stage), self.stage_name(*back_to));
                t::bond_loop(lang, &stage, &self.status_name(*status), &back)
            }
            BondFault::Unknown { .. } => t::bond_unknown(lang).to_owned(),
            BondFault::Gap { .. } => t::bond_gap(lang).to_owned(),
            BondFault::GapStage { .. } => t::bond_gap_stage(lang).to_owned(),
            BondFault::Asks { asked, .. } => t::bond_will_ask(lang, t::asked_name(lang, *asked)),
        }
    }
}

/// The same bond is the same value, in whatever order it was put together.
pub fn in_order(mut bond: Bond) -> Bond {
    bond.to_stage.sort();
    bond.to_status.sort();
    bond
}
