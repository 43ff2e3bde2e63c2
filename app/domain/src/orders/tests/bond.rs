use proptest::prelude::*;

use super::{SHOP, statuses};
use crate::funnels::presets::Preset;
use crate::funnels::{Funnel, Stage, StageKind};
use crate::i18n::Lang;
use crate::ids::*;
use crate::orders::{Asked, Bond, BondFault, StatusKind, StatusSet, check, suggest};

const NONE: [BondFault; 0] = [];

fn funnel(kinds: &[StageKind]) -> Funnel {
    let stage = |(id, kind): (i64, &StageKind)| Stage {
        id: StageId(id),
        name: id.to_string(),
        colour: crate::funnels::Colour::Blue,
        kind: *kind,
        limit_hours: None,
        public_name: None,
    };
    Funnel { id: FunnelId(1), storefront: Some(SHOP), name: "Ф".into(), stages: (1..).zip(kinds).map(stage).collect() }
}

fn preset(preset: Preset) -> Funnel {
    funnel(&preset.stages(Lang::Uk).iter().map(|stage| stage.kind).collect::<Vec<_>>())
}

fn errors(faults: &[BondFault]) -> Vec<BondFault> {
    faults.iter().copied().filter(BondFault::is_error).collect()
}

#[test]
fn orders_along_their_funnel() {
    let (statuses, funnel) = (statuses(StatusSet::Eleven), preset(Preset::Orders));
    let bond = suggest(SHOP, &statuses, &funnel);
    let place = |kind: StatusKind| {
        let status = statuses.iter().find(|status| status.kind == kind).expect("known");
        bond.stage_of(status.id).map(|stage| stage.0)
    };
    // New, confirmation, processing, shipped, paid, cancelled.
    for (kind, stage) in [
        (StatusKind::New, 1),
        (StatusKind::AwaitingPayment, 1),
        (StatusKind::Paid, 2),
        (StatusKind::Processing, 3),
        (StatusKind::Picking, 3),
        (StatusKind::Packed, 3),
        (StatusKind::Shipped, 4),
        (StatusKind::InTransit, 4),
        (StatusKind::Delivered, 5),
        (StatusKind::Cancelled, 6),
        (StatusKind::Returned, 6),
    ] {
        assert_eq!(place(kind), Some(stage), "{kind:?}");
    }
    let back = |stage: i64| {
        let status = bond.status_of(StageId(stage)).expect("bonded");
        statuses.iter().find(|known| known.id == status).expect("known").kind
    };
    assert_eq!(
        [1, 3, 4, 5, 6].map(back),
        [StatusKind::New, StatusKind::Processing, StatusKind::Shipped, StatusKind::Delivered, StatusKind::Cancelled]
    );
    let faults = check(&bond, &statuses, &funnel);
    assert_eq!(errors(&faults), NONE);
    let shipped = bond.status_of(StageId(4)).expect("bonded");
    assert!(faults.contains(&BondFault::Asks { stage: StageId(4), status: shipped, asked: Asked::Shipment }));
}

#[test]
fn a_bond_that_contradicts_itself_is_found() {
    let (statuses, funnel) = (statuses(StatusSet::Eight), preset(Preset::Orders));
    let (status, other) = (statuses[0].id, statuses[1].id);
    let bond = |to_stage, to_status| Bond { funnel: funnel.id, storefront: SHOP, to_stage, to_status };
    let (one, two) = (StageId(1), StageId(2));
    let found = |bond: Bond| errors(&check(&bond, &statuses, &funnel));
    let back = BondFault::Loop { stage: one, status, back_to: two };
    assert_eq!(found(bond(vec![(status, two)], vec![(one, status)])), [back]);
    assert_eq!(found(bond(vec![(status, one), (other, one)], vec![(one, status)])), NONE, "two may share a stage");
    assert_eq!(found(bond(vec![(status, one)], vec![])), NONE, "one way is enough");
    let unknown = |stage, status| [BondFault::Unknown { stage, status }];
    assert_eq!(found(bond(vec![(StatusId(999), one)], vec![])), unknown(one, StatusId(999)));
    assert_eq!(found(bond(vec![], vec![(StageId(999), status)])), unknown(StageId(999), status));
    assert_eq!(found(bond(vec![(status, one), (status, two)], vec![])), unknown(two, status), "one thing, two ways");
    assert_eq!(found(bond(vec![], vec![(one, status), (one, other)])), unknown(one, other));
    let gaps = check(&bond(vec![], vec![]), &statuses, &funnel);
    assert_eq!(gaps.len(), statuses.len() + funnel.stages.len(), "nothing follows anything");
    assert_eq!(errors(&gaps), NONE);
}

fn kinds() -> impl Strategy<Value = Vec<StageKind>> {
    prop::collection::vec(prop::sample::select(StageKind::ALL.to_vec()), 1..10)
}

proptest! {
    #[test]
    fn a_suggested_bond_never_contradicts_itself(kinds in kinds(), eleven: bool) {
        let statuses = statuses(if eleven { StatusSet::Eleven } else { StatusSet::Eight });
        let funnel = funnel(&kinds);
        let bond = suggest(SHOP, &statuses, &funnel);
        prop_assert_eq!(errors(&check(&bond, &statuses, &funnel)), Vec::<BondFault>::new());
        for (status, stage) in &bond.to_stage {
            let kind = statuses.iter().find(|known| known.id == *status).map(|known| known.kind);
            let on = funnel.stage(*stage).map(|stage| stage.kind);
            match kind {
                Some(StatusKind::Delivered) => prop_assert_eq!(on, Some(StageKind::Won)),
                Some(StatusKind::Cancelled | StatusKind::Returned) => prop_assert_eq!(on, Some(StageKind::Lost)),
                _ => prop_assert_eq!(on, Some(StageKind::Open)),
            }
        }
    }

    #[test]
    fn further_statuses_stand_no_earlier(kinds in kinds()) {
        let statuses = statuses(StatusSet::Eleven);
        let funnel = funnel(&kinds);
        let bond = suggest(SHOP, &statuses, &funnel);
        let mut open: Vec<_> = statuses.iter().filter(|status| !status.kind.ends()).collect();
        open.sort_by_key(|status| status.kind.rank());
        let stages: Vec<i64> = open.iter().filter_map(|status| bond.stage_of(status.id)).map(|stage| stage.0).collect();
        prop_assert!(stages.is_sorted(), "{:?}", stages);
    }
}
