use proptest::prelude::*;

use crate::catalog::*;
use crate::orders::{Condition, StatusKind};

const STRICT: Rules = Rules { preorder: false, lenient: false };
const LENIENT: Rules = Rules { preorder: false, lenient: true };
const PREORDER: Rules = Rules { preorder: true, lenient: false };

fn wanted(list: &[(i64, i64)]) -> Vec<Wanted> {
    let one =
        |(id, quantity): &(i64, i64)| Wanted { variant: VariantId(*id), sku: format!("S-{id}"), quantity: *quantity };
    list.iter().map(one).collect()
}

/// Variant, warehouse, how much is there.
fn lying(list: &[(i64, i64, i64)]) -> Vec<Lying> {
    let one = |(variant, warehouse, on_hand): &(i64, i64, i64)| Lying {
        variant: VariantId(*variant),
        warehouse: WarehouseId(*warehouse),
        stock: Stock { on_hand: *on_hand, ..Stock::default() },
    };
    list.iter().map(one).collect()
}

/// What is held and lies once the moves are made.
fn made(mut held: Vec<Held>, mut lying: Vec<Lying>, moves: &[Planned]) -> (Vec<Held>, Vec<Lying>) {
    for Planned { variant, warehouse, kind, quantity } in moves {
        let place = lying.iter_mut().find(|one| one.variant == *variant && one.warehouse == *warehouse);
        let place = place.expect("goods lie somewhere");
        place.stock = place.stock.after(*kind, *quantity).expect("counted");
        match held.iter_mut().find(|one| one.variant == *variant && one.warehouse == *warehouse) {
            Some(known) => known.follow(*kind, *quantity),
            None => {
                let mut new = Held { variant: *variant, warehouse: *warehouse, reserved: 0, out: 0 };
                new.follow(*kind, *quantity);
                held.push(new);
            }
        }
    }
    (held, lying)
}

fn short(of: i64, wanted: i64, available: i64) -> Vec<Short> {
    vec![Short { sku: format!("S-{of}"), wanted, available }]
}

#[test]
fn a_status_asks_of_the_stock_what_it_means() {
    use StatusKind::*;
    let step = |from, to| stock_step(from, to, Processing, Some(Condition::AsNew));
    for (from, to, expected) in [
        (None, New, Some(OrderStock::Free)),
        (Some(New), Paid, Some(OrderStock::Free)),
        (Some(New), Processing, Some(OrderStock::Reserve)),
        (Some(Processing), Delayed, Some(OrderStock::Reserve)),
        (Some(New), Packed, Some(OrderStock::Reserve)),
        (Some(Processing), New, Some(OrderStock::Free)),
        (Some(Packed), Shipped, Some(OrderStock::Consume)),
        (Some(New), Delivered, Some(OrderStock::Consume)),
        (Some(Shipped), Delivered, None),
        (Some(Shipped), Returning, None),
        (Some(Returning), Returned, Some(OrderStock::Return(Condition::AsNew))),
        (Some(Returned), Shipped, Some(OrderStock::Consume)),
        (Some(Shipped), Packed, Some(OrderStock::Reserve)),
        (Some(Packed), Cancelled, Some(OrderStock::Release)),
        (Some(Cancelled), Shipped, Some(OrderStock::Consume)),
    ] {
        assert_eq!(step(from, to), expected, "{from:?} to {to:?}");
    }
    let unseen = stock_step(Some(Returning), Returned, Processing, None);
    assert_eq!(unseen, Some(OrderStock::Return(Condition::Unusable)), "nobody looked at it");
    assert_eq!(stock_step(None, New, New, None), Some(OrderStock::Reserve));
}

#[test]
fn goods_are_taken_from_one_warehouse_after_the_other() {
    let shelves = lying(&[(1, 1, 2), (1, 2, 5)]);
    let moves = plan(OrderStock::Reserve, &wanted(&[(1, 4)]), &[], &shelves, STRICT).expect("there is enough");
    let took = |warehouse, quantity| Planned {
        variant: VariantId(1),
        warehouse: WarehouseId(warehouse),
        kind: MoveKind::Reserved,
        quantity,
    };
    assert_eq!(moves, [took(1, 2), took(2, 2)]);
    let (held, shelves) = made(vec![], shelves, &moves);
    assert_eq!(plan(OrderStock::Reserve, &wanted(&[(1, 4)]), &held, &shelves, STRICT), Ok(vec![]), "once is enough");
    // Fewer are wanted now: the last that were taken go first.
    let moves = plan(OrderStock::Reserve, &wanted(&[(1, 1)]), &held, &shelves, STRICT).expect("fewer");
    let (held, _) = made(held, shelves, &moves);
    assert_eq!(held.iter().map(|one| one.reserved).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn what_there_is_too_little_of_is_named() {
    let shelves = lying(&[(1, 1, 2), (2, 1, 9)]);
    let wants = wanted(&[(1, 3), (2, 1)]);
    assert_eq!(plan(OrderStock::Reserve, &wants, &[], &shelves, STRICT), Err(short(1, 3, 2)));
    assert_eq!(plan(OrderStock::Consume, &wants, &[], &shelves, STRICT), Err(short(1, 3, 2)));
    // A shop that has sold it already is given what there is.
    let moves = plan(OrderStock::Reserve, &wants, &[], &shelves, LENIENT).expect("as much as there is");
    assert_eq!(moves.iter().map(|one| one.quantity).collect::<Vec<_>>(), [2, 1]);
    // A pre-order waits in the first warehouse.
    let moves = plan(OrderStock::Reserve, &wants, &[], &shelves, PREORDER).expect("a pre-order");
    assert_eq!(moves.iter().map(|one| one.quantity).collect::<Vec<_>>(), [2, 1, 1]);
    // Nowhere at all.
    assert_eq!(plan(OrderStock::Reserve, &wants, &[], &[], STRICT).map_err(|short| short.len()), Err(2));
}

#[test]
fn what_comes_back_is_sold_again_only_as_new() {
    let wants = wanted(&[(1, 2)]);
    for (condition, kind, on_hand) in [
        (Condition::AsNew, MoveKind::Returned, 5),
        (Condition::Damaged, MoveKind::WrittenOff, 3),
        (Condition::Unusable, MoveKind::WrittenOff, 3),
    ] {
        let shelves = lying(&[(1, 1, 5)]);
        let moves = plan(OrderStock::Consume, &wants, &[], &shelves, STRICT).expect("enough");
        let (held, shelves) = made(vec![], shelves, &moves);
        assert_eq!((held[0].reserved, held[0].out, shelves[0].stock.on_hand), (0, 2, 3));
        let moves = plan(OrderStock::Return(condition), &wants, &held, &shelves, STRICT).expect("back");
        assert_eq!(moves.iter().map(|one| (one.kind, one.quantity)).collect::<Vec<_>>(), [(kind, 2)]);
        let (held, shelves) = made(held, shelves, &moves);
        assert_eq!((shelves[0].stock.on_hand, shelves[0].stock.reserved), (on_hand, 0));
        assert_eq!(plan(OrderStock::Return(condition), &wants, &held, &shelves, STRICT), Ok(vec![]), "once");
    }
}

#[test]
fn what_has_left_is_not_called_off() {
    let (wants, shelves) = (wanted(&[(1, 2)]), lying(&[(1, 1, 5)]));
    let moves = plan(OrderStock::Consume, &wants, &[], &shelves, STRICT).expect("enough");
    let (held, shelves) = made(vec![], shelves, &moves);
    assert_eq!(plan(OrderStock::Release, &wants, &held, &shelves, STRICT), Ok(vec![]));
    // A change that was a mistake is another thing: the goods never left.
    let moves = plan(OrderStock::Reserve, &wants, &held, &shelves, STRICT).expect("on the shelf again");
    let (held, shelves) = made(held, shelves, &moves);
    assert_eq!((held[0].reserved, held[0].out), (2, 0));
    assert_eq!(shelves[0].stock, Stock { on_hand: 5, reserved: 2, incoming: 0 });
}

#[test]
fn a_pre_order_can_t_leave_before_its_goods_have_come() {
    let (wants, shelves) = (wanted(&[(1, 3)]), lying(&[(1, 1, 1)]));
    let moves = plan(OrderStock::Reserve, &wants, &[], &shelves, PREORDER).expect("a pre-order");
    let (held, shelves) = made(vec![], shelves, &moves);
    assert_eq!(shelves[0].stock.available(), -2);
    assert_eq!(plan(OrderStock::Consume, &wants, &held, &shelves, STRICT), Err(short(1, 3, 1)));
}

#[test]
fn an_order_holds_no_more_than_one_move_gives_back() {
    let shelves = lying(&[(1, 1, 3 * QUANTITY_MAX)]);
    let wants = wanted(&[(1, i64::MAX)]);
    assert_eq!(plan(OrderStock::Reserve, &wants, &[], &shelves, STRICT), Err(short(1, i64::MAX, QUANTITY_MAX)));
    let moves = plan(OrderStock::Reserve, &wants, &[], &shelves, LENIENT).expect("as much as may be");
    let (held, shelves) = made(vec![], shelves, &moves);
    assert_eq!(held[0].reserved, QUANTITY_MAX);
    assert_eq!(plan(OrderStock::Reserve, &wants, &held, &shelves, LENIENT), Ok(vec![]));
    let moves = plan(OrderStock::Release, &wants, &held, &shelves, STRICT).expect("given back");
    let (held, _) = made(held, shelves, &moves);
    assert_eq!(held[0].reserved, 0);
}

fn step() -> impl Strategy<Value = OrderStock> {
    prop_oneof![
        Just(OrderStock::Free),
        Just(OrderStock::Reserve),
        Just(OrderStock::Consume),
        Just(OrderStock::Release),
        prop::sample::select(Condition::ALL.to_vec()).prop_map(OrderStock::Return),
    ]
}

proptest! {
    /// Whatever way an order goes and whatever becomes of its lines: done twice is done once, what it holds is what is
    /// promised, and nothing is promised that is not there.
    #[test]
    fn an_order_s_way_keeps_the_stock_sound(
        way in prop::collection::vec((step(), 0i64..6, 0i64..6, any::<bool>()), 1..20),
        there in prop::collection::vec(0i64..9, 4),
    ) {
        let places = [(1, 1, there[0]), (1, 2, there[1]), (2, 1, there[2]), (2, 2, there[3])];
        let (mut held, mut shelves) = (vec![], lying(&places));
        for (step, one, other, lenient) in way {
            let wants: Vec<Wanted> =
                wanted(&[(1, one), (2, other)]).into_iter().filter(|want| want.quantity > 0).collect();
            let rules = Rules { preorder: false, lenient };
            let Ok(moves) = plan(step, &wants, &held, &shelves, rules) else { continue };
            (held, shelves) = made(held, shelves, &moves);
            prop_assert_eq!(plan(step, &wants, &held, &shelves, rules), Ok(vec![]));
            for place in &shelves {
                let of = |one: &&Held| one.variant == place.variant && one.warehouse == place.warehouse;
                let mine: i64 = held.iter().filter(of).map(|one| one.reserved).sum();
                prop_assert_eq!(place.stock.reserved, mine);
                prop_assert!(mine >= 0 && mine <= place.stock.on_hand);
            }
            prop_assert!(held.iter().all(|one| one.out >= 0));
        }
    }
}
