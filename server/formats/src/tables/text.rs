//! Rows of a text: CSV in any of its dialects.

use std::io::{Read, Seek};

use csv::{ReaderBuilder, StringRecord};

use super::decode::{Decoded, encoding_of};
use super::table::{Each, Row};
use super::unreadable::Unreadable;
use super::{delimiter, report};

/// How much of the text says what kind of text it is.
const HEAD_BYTES: u64 = 64 * 1_024;

pub fn read(mut source: impl Read + Seek, each: Each<'_>) -> Result<(), Unreadable> {
    let encoding = encoding_of(&mut source)?;
    let mut head = Vec::new();
    Decoded::new(&mut source, encoding).take(HEAD_BYTES).read_to_end(&mut head)?;
    let cut = head.len() as u64 == HEAD_BYTES;
    let head = String::from_utf8_lossy(&head);
    if is_binary(&head) || is_markup(&head) {
        return Err(Unreadable::NotATable);
    }
    let (sign, told) = match delimiter::declared(&head) {
        Some((sign, length)) => (sign, length),
        None => (report::delimiter_of(&head).unwrap_or_else(|| delimiter::sniff(&head, cut)), 0),
    };
    source.rewind()?;
    let mut text = Decoded::new(source, encoding);
    std::io::copy(&mut text.by_ref().take(told as u64), &mut std::io::sink())?;
    let mut reader = ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(text);
    // Lines before the table, and line ends inside of its cells: what a line's number is more or less than its row's.
    let (before, mut inside, mut number) = (i64::from(told > 0), 0, 0);
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(not_read)? {
        inside += record.iter().map(line_ends).sum::<i64>();
        let next_line = i64::try_from(reader.position().line()).unwrap_or(i64::MAX);
        number = (next_line - 1 + before - inside).max(number + 1);
        each(Row { number, cells: record.iter().map(str::to_owned).collect() })?;
    }
    Ok(())
}

fn not_read(error: csv::Error) -> Unreadable {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Unreadable::Io(error),
        // The text is UTF-8 by now and its rows may differ: nothing else is left to be wrong.
        _ => Unreadable::NotATable,
    }
}

/// A picture, a document, a program: no table has so many characters that nobody can type.
fn is_binary(head: &str) -> bool {
    let odd = |c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && !matches!(c, '\t' | '\n');
    let odds = head.chars().filter(|c| odd(*c)).count();
    odds * 50 > head.chars().count()
}

/// Many a program writes a page of HTML and calls it a workbook.
fn is_markup(head: &str) -> bool {
    let start: String = head.trim_start().chars().take(20).collect::<String>().to_lowercase();
    ["<html", "<!doctype", "<table", "<?xml", "<meta", "<style", "{\\rtf"].iter().any(|mark| start.starts_with(mark))
}

fn line_ends(cell: &str) -> i64 {
    cell.bytes().map(|byte| i64::from(byte == b'\n')).sum()
}
