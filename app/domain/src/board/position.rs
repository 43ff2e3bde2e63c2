//! A card's place in its column as a string that sorts bytewise: between any two there is always a third, so a move
//! writes one row. A key is an integer part and a fraction, in base 62. The integer's first character tells its
//! length ('a' two characters, 'b' three …, for negative ones 'Z' two, 'Y' three …), so that thousands of cards
//! put on top or at the bottom one after another keep keys of a few characters.
//! The idea is D. Greenspan's "Implementing Fractional Indexing" (2020).

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The key of the first card of an empty column.
const MIDDLE: &str = "a0";

/// A key strictly between two, where None is the end of the column. Keys that are no keys of ours, or out of order,
/// count as absent: a place is found all the same.
pub fn between(before: Option<&str>, after: Option<&str>) -> String {
    let before = before.filter(|key| is_key(key));
    let after = after.filter(|key| is_key(key));
    match (before, after) {
        (None, None) => MIDDLE.to_owned(),
        (Some(low), None) => above(low),
        (None, Some(high)) => below(high),
        (Some(low), Some(high)) if low < high => middle_of(low, high),
        (Some(low), Some(_)) => above(low),
    }
}

/// Whether a text is a key: a whole integer part, only digits of ours, no trailing zero in the fraction.
pub fn is_key(key: &str) -> bool {
    key.bytes().all(|b| DIGITS.contains(&b))
        && integer_length(key).is_some_and(|length| key.len() >= length && (key.len() == length || !key.ends_with('0')))
}

fn above(low: &str) -> String {
    let (integer, fraction) = split(low);
    match step(integer, Direction::Up) {
        Some(next) => next,
        None => format!("{integer}{}", fraction_between(fraction, None)),
    }
}

fn below(high: &str) -> String {
    let (integer, fraction) = split(high);
    if !fraction.is_empty() {
        return integer.to_owned();
    }
    match step(integer, Direction::Down) {
        Some(next) => next,
        None => format!("{integer}{}", fraction_between("", Some(fraction))),
    }
}

fn middle_of(low: &str, high: &str) -> String {
    let (low_integer, low_fraction) = split(low);
    let (high_integer, high_fraction) = split(high);
    if low_integer == high_integer {
        return format!("{low_integer}{}", fraction_between(low_fraction, Some(high_fraction)));
    }
    match step(low_integer, Direction::Up) {
        Some(next) if next.as_str() < high => next,
        Some(_) | None => format!("{low_integer}{}", fraction_between(low_fraction, None)),
    }
}

/// A fraction strictly between two; `high` None is one. Never ends in '0'.
fn fraction_between(low: &str, high: Option<&str>) -> String {
    let (low, mut out) = (low.as_bytes(), String::new());
    let mut high = high.map(str::as_bytes);
    let mut index = 0;
    loop {
        let low_digit = low.get(index).map_or(0, |b| digit(*b));
        let high_digit = high.map_or(62, |h| h.get(index).map_or(0, |b| digit(*b)));
        if high_digit > low_digit + 1 {
            out.push(char::from(DIGITS[(low_digit + high_digit) / 2]));
            return out;
        }
        out.push(char::from(DIGITS[low_digit]));
        if high_digit > low_digit {
            // One apart: whatever follows is below `high`.
            high = None;
        }
        index += 1;
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

/// The next integer part; None past the longest.
fn step(integer: &str, direction: Direction) -> Option<String> {
    let mut bytes = integer.as_bytes().to_vec();
    for byte in bytes.iter_mut().skip(1).rev() {
        match (direction, digit(*byte)) {
            (Direction::Up, 61) => *byte = b'0',
            (Direction::Down, 0) => *byte = b'z',
            (Direction::Up, value) => {
                *byte = DIGITS[value + 1];
                return String::from_utf8(bytes).ok();
            }
            (Direction::Down, value) => {
                *byte = DIGITS[value - 1];
                return String::from_utf8(bytes).ok();
            }
        }
    }
    let head = match (direction, bytes[0]) {
        (Direction::Up, b'z') | (Direction::Down, b'A') => return None,
        (Direction::Up, b'Z') => b'a',
        (Direction::Down, b'a') => b'Z',
        (Direction::Up, head) => head + 1,
        (Direction::Down, head) => head - 1,
    };
    let length = integer_length(char::from(head).encode_utf8(&mut [0; 4]))?;
    let fill = match direction {
        Direction::Up => '0',
        Direction::Down => 'z',
    };
    let mut out = String::from(char::from(head));
    out.extend(std::iter::repeat_n(fill, length - 1));
    Some(out)
}

fn split(key: &str) -> (&str, &str) {
    key.split_at(integer_length(key).unwrap_or(key.len()).min(key.len()))
}

/// Characters of the integer part, its head included.
fn integer_length(key: &str) -> Option<usize> {
    match key.bytes().next()? {
        head @ b'a'..=b'z' => Some(usize::from(head - b'a') + 2),
        head @ b'A'..=b'Z' => Some(usize::from(b'Z' - head) + 2),
        _ => None,
    }
}

fn digit(byte: u8) -> usize {
    DIGITS.iter().position(|d| *d == byte).unwrap_or(0)
}
