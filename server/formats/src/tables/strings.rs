//! A workbook says how many strings it has, and the library makes room for all of them before it reads the first. Where
//! the machine cannot give so much, that is no panic to be caught: it ends the process.

use std::io::{self, Read};

const NAME: &[u8] = b"uniqueCount=";
const PIECE_BYTES: usize = 16 * 1_024;
/// More than the name, a quote and any number that fits.
const KEPT_BYTES: usize = 64;
const DIGITS_MAX: usize = 19;
/// "<si/>"
const STRING_BYTES_MIN: u64 = 5;
/// By it some alphabets change in the middle of a word; no XML has one.
const ESCAPE: u8 = 0x1B;

/// Whether strings that take so many bytes pretend to be more than could stand in them.
pub fn overstate(mut strings: impl Read, size: u64) -> io::Result<bool> {
    let count_max = size / STRING_BYTES_MIN;
    let mut piece = [0; PIECE_BYTES];
    let mut text = Vec::new();
    loop {
        let read = strings.read(&mut piece)?;
        if read == 0 {
            return Ok(false);
        }
        // Of UTF-16 the zeros go, and the blanks that may stand around the sign.
        text.extend(piece[..read].iter().filter(|byte| **byte != 0 && !byte.is_ascii_whitespace()));
        if text.contains(&ESCAPE) || counts(&text).any(|count| count > count_max) {
            return Ok(true);
        }
        text.drain(..text.len().saturating_sub(KEPT_BYTES));
    }
}

fn counts(text: &[u8]) -> impl Iterator<Item = u64> {
    let places = text.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME);
    // Behind the quote.
    places.map(|(at, _)| number(text.get(at + NAME.len() + 1..).unwrap_or_default()))
}

/// Noughts in front, which the library passes over, may be any number: with many of them it is not believed.
fn number(text: &[u8]) -> u64 {
    let digits: Vec<u8> = text.iter().copied().take_while(u8::is_ascii_digit).take(DIGITS_MAX + 1).collect();
    if digits.len() > DIGITS_MAX {
        return u64::MAX;
    }
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}
