use proptest::prelude::*;

use crate::catalog::*;

fn stock(on_hand: i64, reserved: i64, incoming: i64) -> Stock {
    Stock { on_hand, reserved, incoming }
}

#[test]
fn each_move_does_what_it_is_called() {
    let before = stock(10, 4, 3);
    let cases = [
        (MoveKind::Received, 2, stock(12, 4, 3)),
        (MoveKind::Reserved, 6, stock(10, 10, 3)),
        (MoveKind::Released, 4, stock(10, 0, 3)),
        (MoveKind::Consumed, 4, stock(6, 0, 3)),
        (MoveKind::Returned, 1, stock(11, 4, 3)),
        (MoveKind::WrittenOff, 1, before),
        (MoveKind::Corrected, -6, stock(4, 4, 3)),
        (MoveKind::Corrected, 5, stock(15, 4, 3)),
        (MoveKind::Incoming, 7, stock(10, 4, 10)),
        (MoveKind::Incoming, -3, stock(10, 4, 0)),
        (MoveKind::Sent, 6, stock(4, 4, 3)),
        (MoveKind::Arrived, 1, stock(11, 4, 3)),
    ];
    for (kind, quantity, after) in cases {
        assert_eq!(decide_stock(before, kind, quantity, false), Ok(after), "{kind:?} {quantity}");
    }
}

#[test]
fn nothing_goes_below_zero_and_no_more_is_promised_than_there_is() {
    let not_enough = |available| Err(StockWrong::NotEnough { available });
    let before = stock(10, 4, 3);
    for (kind, quantity, wrong) in [
        (MoveKind::Reserved, 7, not_enough(6)),
        (MoveKind::Released, 5, not_enough(4)),
        (MoveKind::Consumed, 5, not_enough(4)),
        (MoveKind::Corrected, -7, not_enough(6)),
        (MoveKind::Sent, 7, not_enough(6)),
        (MoveKind::Incoming, -4, not_enough(3)),
        (MoveKind::Received, 0, Err(StockWrong::Quantity)),
        (MoveKind::Received, -1, Err(StockWrong::Quantity)),
        (MoveKind::Sent, QUANTITY_MAX + 1, Err(StockWrong::Quantity)),
        (MoveKind::Corrected, i64::MIN, Err(StockWrong::Quantity)),
        (MoveKind::Incoming, 0, Err(StockWrong::Quantity)),
    ] {
        assert_eq!(decide_stock(before, kind, quantity, false), wrong, "{kind:?} {quantity}");
    }
    let full = stock(AMOUNT_MAX, 0, 0);
    assert_eq!(decide_stock(full, MoveKind::Received, 1, true), Err(StockWrong::TooMuch));
}

#[test]
fn a_pre_order_promises_what_is_not_there_and_what_it_left_may_become_better() {
    let promised = decide_stock(stock(1, 0, 0), MoveKind::Reserved, 5, true).expect("a pre-order");
    assert_eq!((promised, promised.available()), (stock(1, 5, 0), -4));
    // Switched off since: nothing more is promised, and goods that come in are welcome.
    assert!(decide_stock(promised, MoveKind::Reserved, 1, false).is_err());
    assert_eq!(decide_stock(promised, MoveKind::Received, 2, false), Ok(stock(3, 5, 0)));
    assert_eq!(decide_stock(promised, MoveKind::Released, 1, false), Ok(stock(1, 4, 0)));
    assert!(decide_stock(promised, MoveKind::Consumed, 2, false).is_err(), "what is not there does not leave");
    assert_eq!(decide_stock(promised, MoveKind::Consumed, 2, true), Ok(stock(-1, 3, 0)));
    // Even a pre-order never releases what was not promised.
    assert!(decide_stock(promised, MoveKind::Released, 6, true).is_err());
}

#[test]
fn work_by_hand_comes_to_moves() {
    let (here, there) = (WarehouseId(1), WarehouseId(2));
    let before = stock(10, 4, 3);
    let cases = [
        (StockWork::Receive { quantity: 2 }, vec![(here, MoveKind::Received, 2), (here, MoveKind::Incoming, -2)]),
        (StockWork::Receive { quantity: 5 }, vec![(here, MoveKind::Received, 5), (here, MoveKind::Incoming, -3)]),
        (StockWork::Await { quantity: -3 }, vec![(here, MoveKind::Incoming, -3)]),
        (StockWork::Correct { by: -1 }, vec![(here, MoveKind::Corrected, -1)]),
        (StockWork::Count { counted: 12 }, vec![(here, MoveKind::Corrected, 2)]),
        (StockWork::Count { counted: 10 }, vec![]),
        (
            StockWork::Transfer { to: there, quantity: 3 },
            vec![(here, MoveKind::Sent, 3), (there, MoveKind::Arrived, 3)],
        ),
    ];
    let line = |work| StockLine { variant: VariantId(1), warehouse: here, work, note: "рахували".into() };
    for (work, moves) in cases {
        assert_eq!(stock_moves(&line(work), before), Ok(moves), "{work:?}");
    }
    let same = StockWork::Transfer { to: here, quantity: 1 };
    assert_eq!(stock_moves(&line(same), before), Err(StockWrong::SameWarehouse));
    for counted in [-1, i64::MIN] {
        assert_eq!(stock_moves(&line(StockWork::Count { counted }), before), Err(StockWrong::Quantity));
    }
    // Who corrects says why.
    let silent = StockLine { note: " \n".into(), ..line(StockWork::Correct { by: 1 }) };
    assert_eq!(silent.checked_note(), Err(StockWrong::Reason));
    let silent = StockLine { note: String::new(), ..line(StockWork::Receive { quantity: 1 }) };
    assert_eq!(silent.checked_note(), Ok(None));
    let novel = StockLine { note: "а".repeat(NOTE_CHARS_MAX + 1), ..line(StockWork::Receive { quantity: 1 }) };
    assert_eq!(novel.checked_note(), Err(StockWrong::Reason));
}

proptest! {
    /// Whatever is tried, the stock is the sum of what was allowed.
    #[test]
    fn stock_is_the_sum_of_its_ledger(
        tries in prop::collection::vec((prop::sample::select(MoveKind::ALL.to_vec()), -9i64..30, any::<bool>()), 0..60),
        preorders in any::<bool>(),
    ) {
        let (mut now, mut ledger) = (Stock::default(), Vec::new());
        for (kind, quantity, preorder) in tries {
            let preorder = preorder && preorders;
            if let Ok(after) = decide_stock(now, kind, quantity, preorder) {
                ledger.push((kind, quantity));
                now = after;
            }
            prop_assert!(now.reserved >= 0 && now.incoming >= 0);
            prop_assert!(preorders || (now.on_hand >= 0 && now.reserved <= now.on_hand), "{now:?}");
        }
        // In any order.
        let folded = ledger.iter().rev().try_fold(Stock::default(), |stock, (kind, n)| stock.after(*kind, *n));
        prop_assert_eq!(folded, Some(now));
    }
}

#[test]
fn keys_read_back() {
    for kind in MoveKind::ALL {
        assert_eq!(MoveKind::parse(kind.key()), Some(kind));
        assert_eq!(serde_json::to_value(kind).expect("a word"), kind.key());
    }
    assert_eq!(MoveKind::parse("stolen"), None);
}
