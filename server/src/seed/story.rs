//! What happens to every deal, before anything has happened: pure, the same for the same seed.

use domain::customers::normal_email;
use domain::deals::Source;
use domain::ids::Millis;
use domain::money::Currency;
use domain::orders::{IncomingCustomer, IncomingOrder, Line, ShopStatus, StatusKind};
use rand::{Rng, RngExt};

use super::goods::{self, Shop};
use super::habits::{self, CANCELLED, PAID, PROCESSING, SHIPPED};
use super::people::{self, Person};

const MINUTE: i64 = 60_000;

/// A deal, from its beginning.
#[derive(Clone, Debug)]
pub struct Story {
    /// A place in [`Shop::ALL`].
    pub shop: usize,
    pub door: Door,
    pub order: IncomingOrder,
    /// A place among the shop's workers.
    pub worker: usize,
}

/// How a deal came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The shop sent an order.
    Order,
    /// A manager wrote an order down.
    Hand,
    /// A manager wrote a question down that may become a purchase.
    Question,
}

#[derive(Clone, Debug)]
pub struct Happening {
    pub at: Millis,
    /// A place among the stories.
    pub deal: usize,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    Born,
    Assigned,
    /// To a step of a journey; a cancelled one says why, as a place in `LOST_REASONS_UK`.
    Moved {
        step: usize,
        reason: Option<usize>,
    },
    /// Its order came into another status, by hand.
    Stands(StatusKind),
    /// The shop changed its order's status.
    Told(ShopStatus),
    Commented(&'static str),
}

/// The stories, and all that happens in them in order of time.
pub fn write(rng: &mut impl Rng, deals: usize, from: Millis, now: Millis) -> (Vec<Story>, Vec<Happening>) {
    let home = deals * 62 / 100;
    let mut stories = Vec::with_capacity(deals);
    let mut happenings = Vec::with_capacity(deals * 7);
    for (shop, (kind, count)) in Shop::ALL.into_iter().zip([home, deals - home]).enumerate() {
        let mut regulars: Vec<Person> = Vec::new();
        for (place, at) in habits::order_times(rng, kind, from, now, count).into_iter().enumerate() {
            let person = customer(rng, &mut regulars);
            let number = [10_241, 5_012][shop] + place as i64;
            let order = order(rng, kind, person, (number, at));
            let story = Story { shop, door: door(rng, &order), order, worker: usize::from(rng.random_ratio(28, 100)) };
            happen(rng, (stories.len(), &story), now, &mut happenings);
            stories.push(story);
        }
    }
    // Stable: what happens to one deal in one moment stays in its order.
    happenings.sort_by_key(|happening| happening.at);
    (stories, happenings)
}

/// One in five has been here before.
fn customer(rng: &mut impl Rng, regulars: &mut Vec<Person>) -> Person {
    if !regulars.is_empty() && rng.random_ratio(19, 100) {
        let place = rng.random_range(0..regulars.len() as u32);
        return regulars[place as usize].clone();
    }
    let person = people::person(rng);
    regulars.push(person.clone());
    person
}

/// An order as the shop would send it, new at this moment.
pub fn order(rng: &mut impl Rng, shop: Shop, person: Person, (number, at): (i64, Millis)) -> IncomingOrder {
    let lines: Vec<Line> = goods::basket(rng, shop)
        .into_iter()
        .map(|(good, quantity)| Line {
            name: good.name.to_owned(),
            sku: good.sku.to_owned(),
            quantity,
            price: good.price_uah * 100,
        })
        .collect();
    let town = habits::town(rng);
    let payment = PAYMENTS[goods::weighted(rng, &PAYMENTS.map(|(_, weight)| weight))].0;
    let by_card = payment == PAYMENTS[1].0;
    let source = habits::source(rng, shop);
    IncomingOrder {
        cart: None,
        external_id: number.to_string(),
        number: number.to_string(),
        shop_status: "processing".into(),
        status: ShopStatus::Processing,
        currency: Currency::UAH,
        total: lines.iter().filter_map(Line::total).sum(),
        shipping_total: 0,
        discount_total: 0,
        payment_method: payment.into(),
        paid: by_card,
        placed_at: at,
        changed_at: at,
        customer: IncomingCustomer {
            name: person.name,
            phone: Some(person.phone),
            email: person.email.as_deref().and_then(normal_email),
        },
        note: habits::comment(rng, town).unwrap_or_default(),
        lines,
        source,
    }
}

const PAYMENTS: [(&str, u32); 4] =
    [("Післяплата", 52), ("Карткою на сайті", 30), ("На рахунок IBAN", 12), ("Частинами", 6)];

fn door(rng: &mut impl Rng, order: &IncomingOrder) -> Door {
    // Calls and messages come while somebody is there to answer: roughly Kyiv's working day, in UTC.
    let hour = order.placed_at.rem_euclid(super::DAY_MS) / (60 * MINUTE);
    match order.source {
        Source::Call | Source::Messenger if !(7..17).contains(&hour) => Door::Order,
        Source::Call | Source::Messenger | Source::Referral if rng.random_ratio(45, 100) => Door::Question,
        Source::Call | Source::Messenger => Door::Hand,
        _ => Door::Order,
    }
}

fn happen(rng: &mut impl Rng, (deal, story): (usize, &Story), now: Millis, all: &mut Vec<Happening>) {
    let born = story.order.placed_at;
    let moves = habits::journey_in_working_hours(rng, born, now);
    all.push(Happening { at: born, deal, what: What::Born });
    if let (Door::Order, Some((_, first))) = (story.door, moves.first()) {
        let taken = (first - rng.random_range(MINUTE / 2..6 * MINUTE)).max(born);
        all.push(Happening { at: taken, deal, what: What::Assigned });
    }
    let commented = if rng.random_ratio(7, 100) { rng.random_range(0..4_u32) as usize } else { usize::MAX };
    let (mut before, mut since) = (habits::NEW, born);
    let luck = luck(&story.order);
    for (place, (step, at)) in moves.into_iter().enumerate() {
        let between = stays((before, since), (step, at), luck).into_iter();
        all.extend(between.map(|(kind, at)| Happening { at, deal, what: What::Stands(kind) }));
        let reason = (step == CANCELLED).then(|| habits::lost_reason(rng, before));
        all.push(Happening { at, deal, what: What::Moved { step, reason } });
        let later = at + rng.random_range(MINUTE..9 * MINUTE);
        if place == commented && later <= now && step < SHIPPED {
            let words = REMARKS[rng.random_range(0..REMARKS.len() as u32) as usize];
            all.push(Happening { at: later, deal, what: What::Commented(words) });
        }
        let told = match step {
            PAID => Some(ShopStatus::Completed),
            CANCELLED => Some(ShopStatus::Cancelled),
            _ => None,
        };
        if let Some(status) = told.filter(|_| story.door == Door::Order && later <= now) {
            all.push(Happening { at: later, deal, what: What::Told(status) });
        }
        (before, since) = (step, at);
    }
    let last = unfinished((before, since), luck).filter(|(_, at)| *at <= now);
    all.extend(last.map(|(kind, at)| Happening { at, deal, what: What::Stands(kind) }));
}

/// Below a hundred, the order's own: what befalls one draws nothing from the others.
fn luck(order: &IncomingOrder) -> i64 {
    let number: i64 = order.number.parse().unwrap_or_default();
    (number * 7_919 + order.total / 100).rem_euclid(100)
}

/// What an order goes through between two steps of its deal.
fn stays((from, since): (usize, Millis), (to, at): (usize, Millis), luck: i64) -> Vec<(StatusKind, Millis)> {
    let part = |percent: i64| since + (at - since) * percent / 100;
    match (from, to) {
        (PROCESSING, SHIPPED) if luck < 7 => vec![(StatusKind::Delayed, part(10)), (StatusKind::Picking, part(75))],
        (PROCESSING, SHIPPED) => vec![(StatusKind::Picking, part(40)), (StatusKind::Packed, part(80))],
        (SHIPPED, PAID) => vec![(StatusKind::InTransit, part(30))],
        _ => Vec::new(),
    }
}

/// What becomes of it after the deal's last step: it is being packed, waits for goods, or comes back after some days.
fn unfinished((step, since): (usize, Millis), luck: i64) -> Option<(StatusKind, Millis)> {
    const HOUR: i64 = 60 * MINUTE;
    match step {
        PROCESSING if luck < 20 => Some((StatusKind::Delayed, since + HOUR)),
        PROCESSING if luck < 70 => Some((StatusKind::Picking, since + 2 * HOUR)),
        SHIPPED if luck < 60 => Some((StatusKind::InTransit, since + 12 * HOUR)),
        PAID if luck < 3 => Some((StatusKind::Returned, since + (3 + luck) * super::DAY_MS)),
        _ => None,
    }
}

/// What managers note for each other.
const REMARKS: [&str; 10] = [
    "Не бере слухавку, передзвоню після обіду",
    "Уточнила адресу, відділення змінили",
    "Просить знижку за другу одиницю — погодили 5 %",
    "Чекаємо на залишок зі складу, буде завтра",
    "Написав у Viber, відповіла, усе підтверджено",
    "Просить зателефонувати перед відправкою",
    "Замінили колір, клієнт згоден",
    "Оплату бачимо, можна пакувати",
    "Постійний клієнт, покласти подарунок",
    "Просить чек і гарантійний талон у коробку",
];

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    const NOW: Millis = 1_767_218_400_000;

    fn told(seed: u64) -> (Vec<Story>, Vec<Happening>) {
        write(&mut ChaCha8Rng::seed_from_u64(seed), 1_500, NOW - 90 * super::super::DAY_MS, NOW)
    }

    #[test]
    fn the_same_seed_tells_the_same_stories() {
        assert_eq!(format!("{:?}", told(1)), format!("{:?}", told(1)));
        assert_ne!(format!("{:?}", told(1)), format!("{:?}", told(2)));
    }

    #[test]
    fn everything_happens_in_order_after_its_deal_is_born_and_before_now() {
        let (stories, happenings) = told(1);
        assert_eq!(stories.len(), 1_500);
        assert!(happenings.is_sorted_by_key(|happening| happening.at));
        let mut born = vec![false; stories.len()];
        for happening in &happenings {
            assert!(happening.at <= NOW);
            match happening.what {
                What::Born => born[happening.deal] = true,
                _ => assert!(born[happening.deal], "{happening:?}"),
            }
        }
        assert!(born.iter().all(|born| *born));
        let by_hand = stories.iter().filter(|story| story.door != Door::Order).count();
        assert!((150..450).contains(&by_hand), "{by_hand}");
    }
}
