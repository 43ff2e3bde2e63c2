//! What must be true of everything that a parser lets in. Each target feeds one parser and asks these.

pub mod contents;
pub mod delivery;
pub mod entry;
pub mod order;
pub mod parcel;
pub mod php;
pub mod rows;
pub mod workbook;

use std::fmt::Debug;

use domain::ids::Millis;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// 2026-11-23T10:00:00Z.
pub const NOW: Millis = 1_795_428_000_000;

/// What is written reads back as it was.
pub fn survives_json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).expect("it can be written");
    let again: T = serde_json::from_str(&text).expect("it can be read again");
    assert_eq!(&again, value, "{text}");
}

/// One line for people, no longer than this.
pub fn is_line(text: &str, chars_max: usize) -> bool {
    text.chars().count() <= chars_max && !text.contains(char::is_control)
}

/// Its first line, and the rest.
pub fn first_line(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    (&data[..end], data.get(end + 1..).unwrap_or_default())
}
