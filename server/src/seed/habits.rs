//! When the demo shops' orders come and from where, how they travel along the funnel, and what customers write.

use domain::deals::Source;
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use rand::{Rng, RngExt};

use super::goods::{Shop, weighted};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// When work ends in Kyiv; it begins at nine.
const CLOSES: i64 = 20 * HOUR;

pub const NEW: usize = 0;
pub const CONFIRMATION: usize = 1;
pub const PROCESSING: usize = 2;
pub const SHIPPED: usize = 3;
pub const PAID: usize = 4;
pub const CANCELLED: usize = 5;

/// Kyiv's rule of today, spelt out, so that the seed does not hang on the machine's own zone tables.
fn kyiv() -> TimeZone {
    TimeZone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").expect("a constant rule is valid")
}

/// `count` moments of orders in `from..to`, milliseconds of UTC, sorted; none when the window is empty.
pub fn order_times(rng: &mut impl Rng, shop: Shop, from: i64, to: i64, count: usize) -> Vec<i64> {
    let kyiv = kyiv();
    let mut hours: Vec<(i64, i64)> = Vec::new();
    let mut heaviness: Vec<u64> = Vec::new();
    let mut sum = 0_u64;
    let mut today = None;
    let mut mood = 100;
    let mut start = from;
    while start < to {
        let end = to.min((start.div_euclid(HOUR) + 1) * HOUR);
        let Ok(instant) = Timestamp::from_millisecond(start) else { break };
        let local = instant.to_zoned(kyiv.clone());
        if today != Some(local.date()) {
            today = Some(local.date());
            // No two Tuesdays are alike.
            mood = rng.random_range(82..=118);
        }
        let hourly = u64::from(HOUR_WEIGHTS[local.hour() as usize] * mood) * day_weight(shop, local.date());
        sum += hourly * (end - start) as u64;
        hours.push((start, end));
        heaviness.push(sum);
        start = end;
    }
    if sum == 0 {
        return Vec::new();
    }
    let mut times: Vec<i64> = (0..count)
        .map(|_| {
            let drawn = rng.random_range(0..sum);
            let (start, end) = hours[heaviness.partition_point(|reached| *reached <= drawn)];
            rng.random_range(start..end)
        })
        .collect();
    times.sort_unstable();
    times
}

/// Orders by the hour of Kyiv's day: a peak at lunch, a higher one from 19 to 22.
const HOUR_WEIGHTS: [u32; 24] =
    [12, 6, 3, 2, 2, 3, 8, 18, 32, 46, 56, 62, 78, 80, 64, 56, 54, 58, 70, 96, 112, 108, 74, 32];

/// How busy a day is, against 100 for an ordinary one.
fn day_weight(shop: Shop, date: Date) -> u64 {
    let weekday = match (shop, date.weekday()) {
        (Shop::Home, Weekday::Saturday) => 72,
        (Shop::Home, Weekday::Sunday) => 78,
        (Shop::Home, Weekday::Monday) => 112,
        // Who goes to the mountains at the weekend orders before it and dreams of the next one during it.
        (Shop::Outdoor, Weekday::Saturday) => 108,
        (Shop::Outdoor, Weekday::Sunday) => 116,
        (Shop::Outdoor, Weekday::Wednesday) => 106,
        _ => 100,
    };
    let payday = match date.day() {
        5 | 20 => 145,
        6 | 21 => 125,
        7 | 22 => 110,
        _ => 100,
    };
    let months = match shop {
        Shop::Home => [84, 92, 104, 100, 94, 88, 86, 94, 104, 106, 116, 138],
        Shop::Outdoor => [92, 84, 90, 104, 122, 128, 118, 104, 92, 88, 98, 118],
    };
    weekday * payday * months[date.month() as usize - 1] * black_friday(date) / 1_000_000
}

/// Per cent of an ordinary day in the week, from Monday to Sunday, of the Friday after November's fourth Thursday.
fn black_friday(date: Date) -> u64 {
    let Ok(friday) = Date::new(date.year(), 11, 1)
        .and_then(|november| november.nth_weekday_of_month(4, Weekday::Thursday))
        .and_then(|thursday| thursday.checked_add(1.day()))
    else {
        return 100;
    };
    match date.since(friday).map(|span| span.get_days()) {
        Ok(-4..=-2) => 170,
        Ok(-1) => 210,
        Ok(0) => 380,
        Ok(1) => 270,
        Ok(2) => 220,
        _ => 100,
    }
}

/// Where a shop's order came from.
pub fn source(rng: &mut impl Rng, shop: Shop) -> Source {
    // In the order of `Source::ALL`.
    let mix = match shop {
        Shop::Home => [34, 7, 12, 9, 13, 9, 9, 4, 1, 2, 0],
        Shop::Outdoor => [30, 3, 8, 6, 10, 17, 11, 4, 6, 4, 1],
    };
    Source::ALL[weighted(rng, &mix)]
}

/// The moves that a deal of this age has made: the stage entered and the milliseconds since its creation, in order.
/// An empty journey still stands in the new orders. The same rng at a greater age gives the same moves and maybe more.
///
/// About 14 % end cancelled; about 3 % lie in one stage for days beyond any limit before they go on.
pub fn journey(rng: &mut impl Rng, age_ms: i64) -> Vec<(usize, i64)> {
    let mut moves = plan(rng);
    moves.retain(|(_, after)| *after <= age_ms);
    moves
}

/// A journey in moments of UTC, all up to `now`, with nobody at work between 20:00 and 9:00 in Kyiv.
pub fn journey_in_working_hours(rng: &mut impl Rng, created_ms: i64, now_ms: i64) -> Vec<(usize, i64)> {
    let kyiv = kyiv();
    let mut latest = created_ms;
    let mut moves = plan(rng);
    for (_, at) in &mut moves {
        // The clocks' change could turn two moves round.
        latest = latest.max(working_moment(&kyiv, created_ms.saturating_add(*at)));
        *at = latest;
    }
    moves.retain(|(_, at)| *at <= now_ms);
    moves
}

/// The night is squeezed into the hour from 9 to 10 and the working day into the rest of it: order is kept and
/// nothing happens earlier than it did.
fn working_moment(kyiv: &TimeZone, at: i64) -> i64 {
    let offset = |at| Timestamp::from_millisecond(at).map_or(0, |at| i64::from(kyiv.to_offset(at).seconds()) * 1_000);
    let (night, day) = (13 * HOUR, 11 * HOUR);
    // Days are counted from closing time to closing time.
    let local = at + offset(at);
    let since_closing = (local - CLOSES).rem_euclid(DAY);
    let since_opening = match since_closing - night {
        worked @ 0.. => HOUR + worked * (day - HOUR) / day,
        _ => since_closing * HOUR / night,
    };
    let moved = local - since_closing + night + since_opening;
    // The clocks may change between the two moments.
    moved - offset(moved - offset(at))
}

/// A whole journey, to its end.
fn plan(rng: &mut impl Rng) -> Vec<(usize, i64)> {
    // Cancelled after the new, confirmation, processing or shipped stage, or never.
    let cancelled_after = weighted(rng, &[50, 40, 20, 30, 860]);
    // One in 33 waits in one of the same stages.
    let stuck_in = weighted(rng, &[8, 10, 7, 5, 970]);
    let mut at = 0;
    let mut moves = Vec::with_capacity(PAID);
    for stage in NEW..=SHIPPED {
        let leaves = stage == cancelled_after;
        at += if leaves { patience(rng, stage) } else { wait(rng, stage) };
        if stage == stuck_in {
            at += rng.random_range(8 * DAY..20 * DAY);
        }
        moves.push((if leaves { CANCELLED } else { stage + 1 }, at));
        if leaves {
            break;
        }
    }
    moves
}

/// How long a stage lasts when all goes well: within the limits of `domain::funnels::Preset::Orders`.
fn wait(rng: &mut impl Rng, stage: usize) -> i64 {
    match stage {
        NEW => sooner(rng, 3 * MINUTE, 2 * HOUR),
        CONFIRMATION => sooner(rng, 10 * MINUTE, 9 * HOUR),
        PROCESSING => rng.random_range(9 * HOUR..34 * HOUR),
        _ => rng.random_range(2 * DAY..4 * DAY),
    }
}

/// How long a stage lasts before the order is given up.
fn patience(rng: &mut impl Rng, stage: usize) -> i64 {
    match stage {
        NEW => sooner(rng, 10 * MINUTE, DAY),
        CONFIRMATION => sooner(rng, HOUR, 3 * DAY),
        PROCESSING => sooner(rng, 2 * HOUR, 2 * DAY),
        // A post office keeps a parcel for some days and sends it back.
        _ => rng.random_range(5 * DAY..7 * DAY),
    }
}

/// Nearer to the beginning more often than not.
fn sooner(rng: &mut impl Rng, from: i64, to: i64) -> i64 {
    (0..3).map(|_| rng.random_range(from..to)).min().unwrap_or(from)
}

#[rustfmt::skip]
pub const LOST_REASONS_UK: [&str; 6] =
    ["Дорого", "Передумав", "Немає в наявності", "Не вдалося зв’язатися", "Знайшов дешевше", "Не забрав з пошти"];
#[rustfmt::skip]
pub const LOST_REASONS_EN: [&str; 6] =
    ["Too expensive", "Changed their mind", "Out of stock", "Not reached", "Found it cheaper", "Not collected"];

/// Why an order was cancelled out of this stage: an index into `LOST_REASONS_UK` and `LOST_REASONS_EN`.
pub fn lost_reason(rng: &mut impl Rng, stage: usize) -> usize {
    let weights = match stage {
        NEW => [14, 22, 8, 44, 12, 0],
        CONFIRMATION => [22, 28, 16, 18, 16, 0],
        PROCESSING => [4, 34, 50, 0, 12, 0],
        _ => [0, 12, 0, 0, 2, 86],
    };
    weighted(rng, &weights)
}

/// What a customer from this town wrote with the order; most write nothing.
pub fn comment(rng: &mut impl Rng, town: &str) -> Option<String> {
    if !rng.random_ratio(28, 100) {
        return None;
    }
    // Towns have so many post offices as they have people.
    let offices = TOWNS.iter().find(|(name, _)| *name == town).map_or(5, |(_, thousands)| 2 + thousands / 12);
    let office = rng.random_range(1..=offices.min(180));
    let hour = rng.random_range(10..=19_u32);
    Some(match rng.random_range(0..100) {
        0..26 => format!("Доставка у відділення №{office} Нової пошти, {town}"),
        26..34 => format!("{town}, поштомат №{}", 1_000 + rng.random_range(0..29_000_u32)),
        34..38 => format!("Укрпошта, {town}, до запитання"),
        38..48 => format!("Передзвоніть після {hour}:00"),
        48..53 => format!("Телефонуйте, будь ласка, до {hour}:00, потім не зможу відповісти"),
        _ => COMMENTS[rng.random_range(0..COMMENTS.len() as u32) as usize].to_owned(),
    })
}

#[rustfmt::skip]
const COMMENTS: [&str; 34] = [
    "Не передзвонюйте, замовлення підтверджую", "Краще напишіть у месенджер, на роботі не можу говорити",
    "Це подарунок, запакуйте, будь ласка, гарно", "Чи можна до п’ятниці?", "Оплата при отриманні",
    "Оплачу на картку, надішліть реквізити", "Потрібен чек", "Якщо немає в наявності — запропонуйте схоже",
    "Отримувачем буде чоловік, дані скажу телефоном", "Відправте завтра, післязавтра їду з міста",
    "Покладіть, будь ласка, листівку «З днем народження!»", "Замовляю у вас удруге, дякую за швидкість",
    "Перевірте, щоб без подряпин", "Чи є інший колір?", "Зателефонуйте перед відправкою", "Дякую!",
    "Потрібен рахунок на ФОП", "Дзвоніть на другий номер, цей часто без зв’язку", "Можна кур’єром додому?",
    "Можливі відключення світла, якщо не відповідаю — напишіть SMS", "Не терміново, можна наступного тижня",
    "Буду на пошті лише в суботу", "Промокод не спрацював, перерахуйте, будь ласка", "Чи діє знижка за два?",
    "Замовлення для мами, телефон її, вона погано чує — говоріть голосніше", "Пакуйте надійно, минулого разу розбилося",
    "Прошу відправити одним пакунком із попереднім замовленням", "Чи можна обміняти, якщо не підійде?",
    "Яка гарантія?", "Не впевнені у виборі, порадьте", "Без коробки теж добре, менше сміття",
    "Чекаю дзвінка менеджера", "Самовивіз, якщо можна", "Додайте, будь ласка, інструкцію українською",
];

pub fn town(rng: &mut impl Rng) -> &'static str {
    TOWNS[weighted(rng, &TOWNS.map(|(_, thousands)| thousands))].0
}

/// Towns that parcels reach, with their people in thousands, roughly, as of before 2022.
#[rustfmt::skip]
pub const TOWNS: [(&str, u32); 75] = [
    ("Київ", 2_950), ("Харків", 1_420), ("Одеса", 1_010), ("Дніпро", 970), ("Львів", 720), ("Запоріжжя", 710),
    ("Кривий Ріг", 600), ("Миколаїв", 470), ("Вінниця", 370), ("Чернігів", 282), ("Херсон", 279), ("Полтава", 279),
    ("Хмельницький", 274), ("Черкаси", 269), ("Чернівці", 264), ("Житомир", 261), ("Суми", 256), ("Рівне", 243),
    ("Івано-Франківськ", 238), ("Кам’янське", 226), ("Тернопіль", 225), ("Кропивницький", 219), ("Кременчук", 215),
    ("Луцьк", 215), ("Біла Церква", 207), ("Ужгород", 115), ("Бровари", 109), ("Нікополь", 105), ("Павлоград", 101),
    ("Кам’янець-Подільський", 97), ("Мукачево", 86), ("Конотоп", 83), ("Умань", 81), ("Олександрія", 77),
    ("Шостка", 73), ("Бердичів", 73), ("Дрогобич", 73), ("Ізмаїл", 70), ("Самар", 69), ("Ковель", 67), ("Ніжин", 66),
    ("Сміла", 66), ("Калуш", 65), ("Шептицький", 64), ("Бориспіль", 63), ("Ірпінь", 62), ("Стрий", 59),
    ("Коломия", 61), ("Чорноморськ", 58), ("Звягель", 55), ("Лозова", 54), ("Прилуки", 52), ("Горішні Плавні", 50),
    ("Вишневе", 42), ("Миргород", 38), ("Вараш", 42), ("Нетішин", 37), ("Лубни", 44), ("Світловодськ", 44),
    ("Фастів", 45), ("Буча", 37), ("Обухів", 33), ("Васильків", 37), ("Шепетівка", 40), ("Трускавець", 28),
    ("Хуст", 28), ("Дубно", 37), ("Самбір", 34), ("Золотоноша", 27), ("Канів", 24), ("Вознесенськ", 33),
    ("Боярка", 34), ("Чортків", 28), ("Жмеринка", 34), ("Яремче", 8),
];

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    /// 2025-01-01 and 2026-01-01 in Kyiv.
    const YEAR: (i64, i64) = (1_735_682_400_000, 1_767_218_400_000);

    fn rng() -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(11)
    }

    fn year(shop: Shop) -> Vec<i64> {
        order_times(&mut rng(), shop, YEAR.0, YEAR.1, 60_000)
    }

    fn count(times: &[i64], fits: impl Fn(&jiff::Zoned) -> bool) -> usize {
        let kyiv = kyiv();
        let zoned = |at: &i64| Timestamp::from_millisecond(*at).expect("a moment of the year").to_zoned(kyiv.clone());
        times.iter().filter(|at| fits(&zoned(at))).count()
    }

    #[test]
    fn times_are_sorted_repeatable_and_within_the_window() {
        let times = year(Shop::Home);
        assert_eq!(times, year(Shop::Home));
        assert_eq!(times.len(), 60_000);
        assert!(times.is_sorted() && times[0] >= YEAR.0 && times[59_999] < YEAR.1);
        assert!(order_times(&mut rng(), Shop::Home, 5, 5, 9).is_empty());
        assert_eq!(order_times(&mut rng(), Shop::Home, 5, 6, 9), [5; 9]);
    }

    #[test]
    fn evenings_paydays_and_black_friday_are_busy() {
        let times = year(Shop::Home);
        let hours: Vec<usize> = (0..24).map(|hour| count(&times, |at| at.hour() == hour)).collect();
        assert_eq!((0..24).max_by_key(|hour| hours[*hour]), Some(20));
        assert!(hours[13] > hours[15] && hours[4] * 20 < hours[20], "{hours:?}");
        let day = |month, day| count(&times, |at| (at.month(), at.day()) == (month, day));
        assert!(day(3, 5) > day(3, 12) && day(3, 20) > day(3, 13));
        assert!(day(11, 28) > 2 * day(11, 14), "the Friday after the fourth Thursday of 2025");
    }

    #[test]
    fn weekends_are_slower_in_one_shop_only() {
        let share = |shop| {
            let times = year(shop);
            count(&times, |at| matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday)) * 1_000 / times.len()
        };
        assert!(share(Shop::Home) < 250 && share(Shop::Outdoor) > 290);
    }

    #[test]
    fn journeys_are_ordered_and_end_as_often_as_they_should() {
        let (mut rng, deals) = (rng(), 20_000);
        let journeys: Vec<_> = (0..deals).map(|_| journey(&mut rng, i64::MAX)).collect();
        let ends = |stage| journeys.iter().filter(|moves| moves.last().is_some_and(|last| last.0 == stage)).count();
        assert_eq!(ends(PAID) + ends(CANCELLED), deals);
        assert!((2_600..3_000).contains(&ends(CANCELLED)), "14 %: {}", ends(CANCELLED));
        for moves in &journeys {
            assert!(moves.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1) && moves[0].1 > 0, "{moves:?}");
        }
        let stuck = journeys.iter().filter(|moves| moves[moves.len() - 1].0 == PAID).filter(|moves| {
            let longest = moves.windows(2).map(|pair| pair[1].1 - pair[0].1).chain([moves[0].1]).max();
            longest.is_some_and(|longest| longest >= 8 * DAY)
        });
        let stuck = stuck.count() * 1_000 / ends(PAID);
        assert!((24..36).contains(&stuck), "about 3 %: {stuck} in 1000");
    }

    #[test]
    fn an_older_deal_has_made_the_younger_ones_moves() {
        for seed in 0..500 {
            let at = |age| journey(&mut ChaCha8Rng::seed_from_u64(seed), age);
            let (young, old) = (at(DAY), at(9 * DAY));
            assert_eq!(young, old[..young.len()]);
            assert!(young.iter().all(|(_, after)| *after <= DAY) && at(0).is_empty());
        }
    }

    #[test]
    fn nobody_moves_a_deal_at_night() {
        let mut rng = rng();
        for created in order_times(&mut rng.clone(), Shop::Outdoor, YEAR.0, YEAR.1, 2_000) {
            let moves = journey_in_working_hours(&mut rng, created, YEAR.1);
            assert!(moves.is_sorted_by_key(|(_, at)| *at));
            assert!(moves.iter().all(|(_, at)| (created..=YEAR.1).contains(at)));
            let at: Vec<i64> = moves.iter().map(|(_, at)| *at).collect();
            assert_eq!(count(&at, |at| (9..20).contains(&at.hour())), at.len());
        }
    }

    #[test]
    fn reasons_towns_and_comments_are_from_their_lists() {
        let mut rng = rng();
        assert!(TOWNS.len() >= 60);
        let mut written = 0;
        for _ in 0..5_000 {
            let town = town(&mut rng);
            written += usize::from(comment(&mut rng, town).is_some_and(|text| !text.is_empty()));
            source(&mut rng, Shop::Home);
            assert!(lost_reason(&mut rng, NEW) < LOST_REASONS_UK.len());
            assert_ne!(LOST_REASONS_UK[lost_reason(&mut rng, PROCESSING)], "Не забрав з пошти");
        }
        assert!((1_250..1_550).contains(&written), "{written}");
    }
}
