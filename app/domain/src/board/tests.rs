use proptest::prelude::*;

use super::*;
use crate::auth::{Actor, Role, Storefronts, Who};
use crate::board::decide::Situation;
use crate::event::{Event, Fact, Live, Scope};
use crate::funnels::{Colour, LostReason, Stage, StageKind};

const SHOP: StorefrontId = StorefrontId(1);
const FUNNEL: FunnelId = FunnelId(1);

fn stage(id: i64, kind: StageKind) -> Stage {
    Stage {
        id: StageId(id),
        name: format!("Stage {id}"),
        colour: Colour::Blue,
        kind,
        limit_hours: Some(1),
        public_name: None,
    }
}

fn funnel() -> Funnel {
    let stages =
        vec![stage(1, StageKind::Open), stage(2, StageKind::Open), stage(3, StageKind::Won), stage(4, StageKind::Lost)];
    Funnel { id: FUNNEL, storefront: Some(SHOP), name: "Orders".into(), stages }
}

fn card(id: i64, stage: i64, position: &str) -> Card {
    Card {
        id: DealId(id),
        version: 1,
        storefront: SHOP,
        funnel: FUNNEL,
        stage: StageId(stage),
        position: position.into(),
        customer: CustomerId(id),
        customer_name: format!("Customer {id}"),
        first_line: "Kettle".into(),
        more_lines: 0,
        sum: 100 * id,
        currency: Currency::UAH,
        responsible: None,
        source: Source::Site,
        order_number: None,
        since: 1_000,
        left: None,
        created_at: 1_000,
        deleted_in_shop: false,
        status: None,
    }
}

fn manager() -> Actor {
    Actor { who: Who::User(UserId(1)), role: Role::Manager, storefronts: Storefronts::Some(vec![SHOP]) }
}

fn command(deal: i64, from: i64, to: i64) -> MoveDeal {
    MoveDeal {
        command: CommandId::nil(),
        deal: DealId(deal),
        to: StageId(to),
        place: Place::Top,
        from: StageId(from),
        reason: None,
        undoes: None,
        details: None,
    }
}

fn try_move(actor: &Actor, command: &MoveDeal, card: &Card) -> Result<crate::event::DealMoved, Refusal> {
    let reasons = [LostReason { id: LostReasonId(7), name: "Too dear".into() }];
    decide(actor, command, &Situation { card, funnel: &funnel(), reasons: &reasons, between: (None, None), undo: None })
}

fn live(seq: i64, deal: i64, fact: Fact) -> Live {
    let scope = Scope { storefront: Some(SHOP), funnel: Some(FUNNEL), deal: Some(DealId(deal)), ..Scope::default() };
    let event = Event { seq: Seq(seq), at: 5_000, actor: Who::System, command: CommandId::nil(), scope, fact };
    Live { event, card: None, customer_name: None }
}

#[test]
fn a_move_is_decided_by_what_the_mover_saw() {
    let card = card(1, 1, "a0");
    assert!(try_move(&manager(), &command(1, 1, 2), &card).is_ok());
    assert!(matches!(try_move(&manager(), &command(1, 2, 3), &card), Err(Refusal::Stale { .. })));
    assert_eq!(try_move(&manager(), &command(1, 1, 9), &card), Err(Refusal::StageGone));
}

#[test]
fn lost_asks_why() {
    let card = card(1, 1, "a0");
    let mut lost = command(1, 1, 4);
    assert_eq!(try_move(&manager(), &lost, &card), Err(Refusal::ReasonNeeded));
    lost.reason = Some(LostReasonId(8));
    assert_eq!(try_move(&manager(), &lost, &card), Err(Refusal::ReasonUnknown));
    lost.reason = Some(LostReasonId(7));
    assert_eq!(try_move(&manager(), &lost, &card).expect("allowed").reason_name.as_deref(), Some("Too dear"));
}

#[test]
fn who_may_not_is_refused_and_who_may_not_see_learns_nothing() {
    let card = card(1, 1, "a0");
    let viewer = Actor { role: Role::Viewer, ..manager() };
    let stranger = Actor { storefronts: Storefronts::Some(vec![StorefrontId(2)]), ..manager() };
    assert_eq!(try_move(&viewer, &command(1, 1, 2), &card), Err(Refusal::NotAllowed));
    assert_eq!(try_move(&stranger, &command(1, 2, 9), &card), Err(Refusal::NotFound));
}

#[test]
fn an_event_is_applied_once() {
    let mut board = Board::new(funnel(), Seq(0));
    let created = live(1, 1, Fact::DealCreated { card: card(1, 1, "a0") });
    fold(&mut board, &created);
    fold(&mut board, &created);
    assert_eq!(board.columns[&StageId(1)].totals.count, 1);
}

#[test]
fn a_card_follows_its_order() {
    let mut board = Board::new(funnel(), Seq(0));
    fold(&mut board, &live(1, 1, Fact::DealCreated { card: card(1, 1, "a0") }));
    let changed = |status: i64| Fact::OrderStatusChanged {
        number: "7".into(),
        from: None,
        to: "Packed".into(),
        status: StatusId(status),
        kind: crate::orders::StatusKind::Packed,
        overridden: false,
    };
    fold(&mut board, &live(2, 1, changed(5)));
    assert_eq!(board.cards[&DealId(1)].status, Some(StatusId(5)));
    let touched = fold(&mut board, &live(3, 2, changed(6)));
    assert_eq!((touched.cards, board.cards[&DealId(1)].status), (vec![], Some(StatusId(5))), "another deal's");
}

#[test]
fn totals_are_true_for_cards_that_are_not_loaded() {
    let mut board = Board::new(funnel(), Seq(0));
    for id in 1..=2 {
        fold(&mut board, &live(id, id, Fact::DealCreated { card: card(id, 1, &format!("a{id}")) }));
    }
    // Card 9 was never loaded: the column has more below.
    let column = board.columns.get_mut(&StageId(1)).expect("a column");
    column.more = true;
    column.totals.add(&card(9, 1, "a9"));
    let moved = try_move(&manager(), &command(9, 1, 2), &card(9, 1, "a9")).expect("allowed");
    fold(&mut board, &live(3, 9, Fact::DealMoved(moved)));
    assert_eq!(board.columns[&StageId(1)].totals.count, 2);
    assert_eq!(board.columns[&StageId(2)].totals.count, 1);
    assert_eq!(board.columns[&StageId(2)].totals.sums[&CurrencyKey(Currency::UAH)], 900);
}

/// A board of two columns whose first has more below, and the move that takes card 9 from there.
fn board_with_more() -> (Board, Live) {
    let mut board = Board::new(funnel(), Seq(0));
    fold(&mut board, &live(1, 1, Fact::DealCreated { card: card(1, 1, "a1") }));
    let column = board.columns.get_mut(&StageId(1)).expect("a column");
    column.more = true;
    column.totals.add(&card(9, 1, "a9"));
    let moved = try_move(&manager(), &command(9, 1, 2), &card(9, 1, "a9")).expect("allowed");
    (board, live(2, 9, Fact::DealMoved(moved)))
}

#[test]
fn a_page_that_is_newer_than_what_was_heard_breaks_no_total() {
    let (mut board, moved) = board_with_more();
    // Read after the move, arrived before its event.
    board.extend(
        StageId(2),
        vec![Card { version: 2, left: Some(StageId(1)), since: 5_000, ..card(9, 2, "a0") }],
        false,
    );
    fold(&mut board, &moved);
    assert_eq!(board.columns[&StageId(1)].totals.count, 1);
    assert_eq!(board.columns[&StageId(2)].totals.count, 1);
    assert_eq!(board.columns[&StageId(2)].loaded, [DealId(9)]);
}

#[test]
fn a_page_that_is_older_than_what_was_heard_is_brought_up_to_it() {
    let (mut board, moved) = board_with_more();
    fold(&mut board, &moved);
    // Read before the move, arrived after its event: the card is no longer there.
    board.extend(StageId(1), vec![card(9, 1, "a9")], false);
    show(&mut board, &moved);
    assert_eq!(board.columns[&StageId(1)].loaded, [DealId(1)]);
    assert_eq!(board.cards[&DealId(9)].stage, StageId(2));
    assert_eq!(board.columns[&StageId(2)].totals.count, 1);
}

#[test]
fn a_deleted_deal_leaves_the_totals_loaded_or_not() {
    let (mut board, _) = board_with_more();
    let below = Fact::DealDeleted { card: card(9, 1, "a9") };
    let touched = fold(&mut board, &live(2, 9, below));
    assert_eq!((touched.cards, touched.columns), (vec![DealId(9)], vec![StageId(1)]));
    assert_eq!((board.columns[&StageId(1)].totals.count, board.cards.len()), (1, 1));
    let gone = live(3, 1, Fact::DealDeleted { card: card(1, 1, "a1") });
    fold(&mut board, &gone);
    fold(&mut board, &gone);
    assert_eq!((&board.columns[&StageId(1)].totals, board.cards.len()), (&Totals::default(), 0));
    assert!(board.columns[&StageId(1)].loaded.is_empty());
    // A page that was read before, arrived after: the card is no longer there.
    board.extend(StageId(1), vec![card(1, 1, "a1")], false);
    show(&mut board, &gone);
    assert_eq!((board.columns[&StageId(1)].totals.count, board.cards.len()), (0, 0));
}

#[test]
fn a_move_on_its_way_does_not_bring_a_deleted_deal_back() {
    let (mut board, _) = board_with_more();
    let before = board.cards[&DealId(1)].clone();
    let moved = try_move(&manager(), &command(1, 1, 2), &before).expect("allowed");
    let predicted = live(2, 1, Fact::DealMoved(moved));
    fold(&mut board, &predicted);
    unfold(&mut board, &predicted, before.clone());
    fold(&mut board, &live(3, 1, Fact::DealDeleted { card: before }));
    assert!(!board.cards.contains_key(&DealId(1)));
    assert_eq!((board.columns[&StageId(1)].totals.count, board.columns[&StageId(2)].totals.count), (1, 0));
}

#[test]
fn a_prediction_is_taken_back_without_a_trace() {
    let (mut board, _) = board_with_more();
    let before = board.clone();
    let now = board.cards[&DealId(1)].clone();
    let moved = try_move(&manager(), &command(1, 1, 2), &now).expect("allowed");
    let predicted = live(2, 1, Fact::DealMoved(moved));
    fold(&mut board, &predicted);
    assert_ne!(board.columns, before.columns);
    unfold(&mut board, &predicted, now);
    assert_eq!((board.columns, board.cards), (before.columns, before.cards));
}

#[test]
fn conversion_counts_who_got_how_far() {
    let mut board = Board::new(funnel(), Seq(0));
    // Four came; one stands on 1, one on 2, one is won on 3, one was lost from 2.
    for (id, stage, left) in [(1, 1, None), (2, 2, Some(1)), (3, 3, Some(2)), (4, 4, Some(2))] {
        let card = Card { left: left.map(StageId), ..card(id, stage, "a0") };
        board.columns.get_mut(&card.stage).expect("a column").totals.add(&card);
        board.set(card);
    }
    assert_eq!(board.conversion(StageId(1)), None);
    assert_eq!(board.conversion(StageId(2)), Some(75.0));
    assert_eq!(board.conversion(StageId(3)).map(f64::round), Some(33.0));
    assert_eq!(board.conversion(StageId(4)), None);
}

#[test]
fn filters_survive_the_address() {
    let filter = Filter {
        text: "Олена & co".into(),
        responsible: Some(filter::Responsible::Nobody),
        storefront: Some(SHOP),
        source: Some(Source::Ads),
        sum_min: Some(5),
        sum_max: Some(900),
        age_days: Some(3),
        overdue: true,
        from: filter::Day::parse("2026-02-28"),
        to: filter::Day::parse("2028-02-29"),
    };
    let pairs = filter.write();
    let read = Filter::read(|key| pairs.iter().find(|(k, _)| *k == key).map(|(_, value)| value.clone()));
    assert_eq!(read, filter);
    assert_eq!(Filter::parse(&filter.to_query()), filter);
    assert_eq!(Filter::parse("q=%D0+%zz%").text.chars().last(), Some('%'), "broken escapes are text");
    let long = format!("?q={}+b", "a".repeat(filter::TEXT_CHARS_MAX - 1));
    for query in [long.as_str(), "?q=+a%00b%0A+", "?q=%00", "?q=%09+%0D"] {
        let read = Filter::parse(query);
        assert_eq!(Filter::parse(&read.to_query()), read, "{query}");
        assert!(!read.text.contains(char::is_control), "{query}");
    }
    assert_eq!(filter::Day::parse("2026-02-29"), None);
    assert!(filter.to_query().starts_with("?q=%D0%9E"));
    assert!(Filter::read(|_| Some("'; DROP".into())).responsible.is_none());
}

/// What the random commands below are checked against: every total counted again from the cards.
fn recount(board: &Board) -> HashMap<StageId, Totals> {
    let mut totals: HashMap<StageId, Totals> =
        board.funnel.stages.iter().map(|stage| (stage.id, Totals::default())).collect();
    for card in board.cards.values() {
        if let Some(of_stage) = totals.get_mut(&card.stage) {
            of_stage.add(card);
        }
    }
    totals
}

#[derive(Clone, Debug)]
enum Step {
    Create { stage: i64, sum: i64 },
    Move { pick: usize, to: i64, neighbour: usize, place: u8 },
    Edit { pick: usize, sum: i64 },
    Delete { pick: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (1..=3i64, 0..10_000i64).prop_map(|(stage, sum)| Step::Create { stage, sum }),
        (any::<usize>(), 1..=3i64, any::<usize>(), 0..4u8).prop_map(|(pick, to, neighbour, place)| Step::Move {
            pick,
            to,
            neighbour,
            place
        }),
        (any::<usize>(), 0..10_000i64).prop_map(|(pick, sum)| Step::Edit { pick, sum }),
        any::<usize>().prop_map(|pick| Step::Delete { pick }),
    ];
    prop::collection::vec(step, 1..80)
}

proptest! {
    #[test]
    fn random_commands_keep_counts_sums_and_order(steps in steps()) {
        let mut board = Board::new(funnel(), Seq(0));
        for (seq, step) in (1..).zip(&steps) {
            let ids: Vec<DealId> = { let mut ids: Vec<_> = board.cards.keys().copied().collect(); ids.sort(); ids };
            let pick = |n: usize| (!ids.is_empty()).then(|| ids[n % ids.len()]);
            match step {
                Step::Create { stage, sum } => {
                    let (_, after) = board.neighbours(StageId(*stage), Place::Top, DealId(0));
                    let position = position::between(None, after);
                    let made = Card { sum: *sum, ..card(seq, *stage, &position) };
                    fold(&mut board, &live(seq, seq, Fact::DealCreated { card: made }));
                }
                Step::Move { pick: which, to, neighbour, place } => {
                    let (Some(id), Some(other)) = (pick(*which), pick(*neighbour)) else { continue };
                    let now = board.cards[&id].clone();
                    let place = match place { 0 => Place::Top, 1 => Place::Bottom, 2 => Place::Before(other), _ => Place::After(other) };
                    let order = MoveDeal { place, ..command(id.0, now.stage.0, *to) };
                    let between = board.neighbours(order.to, place, id);
                    let funnel = funnel();
                    let moved = decide(&manager(), &order, &Situation { card: &now, funnel: &funnel, reasons: &[], between, undo: None })
                        .expect("an open or won stage takes it");
                    fold(&mut board, &live(seq, id.0, Fact::DealMoved(moved)));
                    prop_assert_eq!(board.cards[&id].stage, order.to);
                }
                Step::Edit { pick: which, sum } => {
                    let Some(id) = pick(*which) else { continue };
                    let now = board.cards[&id].clone();
                    let edited = crate::event::DealEdited {
                        stage: now.stage, sum_before: now.sum, sum: *sum, currency: now.currency,
                        first_line: "Cup".into(), more_lines: 1, source: Source::Call, responsible: None,
                        changed: vec![crate::event::Changed::Sum], version: now.version + 1,
                    };
                    fold(&mut board, &live(seq, id.0, Fact::DealEdited(edited)));
                }
                Step::Delete { pick: which } => {
                    let Some(id) = pick(*which) else { continue };
                    let card = board.cards[&id].clone();
                    fold(&mut board, &live(seq, id.0, Fact::DealDeleted { card }));
                    prop_assert!(!board.cards.contains_key(&id));
                }
            }
            let totals: HashMap<StageId, Totals> = board.columns.iter().map(|(id, c)| (*id, c.totals.clone())).collect();
            prop_assert_eq!(totals, recount(&board));
            for (stage, column) in &board.columns {
                let positions: Vec<&str> = column.loaded.iter().map(|id| board.cards[id].position.as_str()).collect();
                prop_assert!(positions.windows(2).all(|pair| pair[0] < pair[1]), "{:?}: {:?}", stage, positions);
            }
        }
    }

    #[test]
    fn between_any_two_positions_there_is_a_third(choices in prop::collection::vec(any::<(u16, bool)>(), 1..200)) {
        let mut keys: Vec<String> = Vec::new();
        for (choice, _) in choices {
            let index = usize::from(choice) % (keys.len() + 1);
            let before = index.checked_sub(1).map(|i| keys[i].as_str());
            let after = keys.get(index).map(String::as_str);
            let key = position::between(before, after);
            prop_assert!(position::is_key(&key), "{}", key);
            prop_assert!(before.is_none_or(|low| low < key.as_str()), "{:?} < {}", before, key);
            prop_assert!(after.is_none_or(|high| key.as_str() < high), "{} < {:?}", key, after);
            keys.insert(index, key);
        }
    }

    #[test]
    fn foreign_positions_do_no_harm(low in ".{0,12}", high in ".{0,12}") {
        prop_assert!(position::is_key(&position::between(Some(&low), Some(&high))));
    }
}

#[test]
fn ten_thousand_cards_on_top_keep_keys_short() {
    let (mut top, mut bottom) = (position::between(None, None), position::between(None, None));
    for _ in 0..10_000 {
        top = position::between(None, Some(&top));
        bottom = position::between(Some(&bottom), None);
    }
    assert!(top.len() <= 4 && bottom.len() <= 4, "{top} {bottom}");
}
