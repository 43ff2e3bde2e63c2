//! Rows of a text: CSV in any of its dialects.

use std::fs::File;
use std::io::{BufReader, Read, Seek};

use csv::{ReaderBuilder, StringRecord};

use super::decode::{Decoded, encoding_of};
use super::table::{Each, Row};
use super::unreadable::Unreadable;
use super::{delimiter, report};

/// How much of the text says what kind of text it is.
const HEAD_BYTES: u64 = 64 * 1_024;

pub fn read(mut file: File, each: Each<'_>) -> Result<(), Unreadable> {
    let encoding = encoding_of(&mut file)?;
    let mut head = Vec::new();
    Decoded::new(&mut file, encoding).take(HEAD_BYTES).read_to_end(&mut head)?;
    let cut = head.len() as u64 == HEAD_BYTES;
    let head = String::from_utf8_lossy(&head);
    if is_binary(&head) || is_markup(&head) {
        return Err(Unreadable::NotATable);
    }
    let (sign, told) = match delimiter::declared(&head) {
        Some((sign, length)) => (sign, length),
        None => (report::delimiter_of(&head).unwrap_or_else(|| delimiter::sniff(&head, cut)), 0),
    };
    file.rewind()?;
    let mut text = BufReader::new(Decoded::new(file, encoding));
    std::io::copy(&mut text.by_ref().take(told as u64), &mut std::io::sink())?;
    let mut reader = ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(text);
    let mut rows = Numbers { last: i64::from(told > 0), told: i64::from(told > 0), inner: 0 };
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(not_read)? {
        let number = rows.of(&record);
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

/// A picture, a document, a program: no table has control characters.
fn is_binary(head: &str) -> bool {
    let odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\0' | '\u{85}');
    let (mut all, mut controls) = (0, 0);
    for c in head.chars() {
        all += 1;
        controls += usize::from(odd(&c));
    }
    controls * 50 > all
}

/// Many a program writes a page of HTML and calls it a workbook.
fn is_markup(head: &str) -> bool {
    let start: String = head.trim_start().chars().take(20).collect::<String>().to_lowercase();
    ["<html", "<!doctype", "<table", "<?xml", "<meta", "<style", "{\\rtf"].iter().any(|mark| start.starts_with(mark))
}

/// Which row of the sheet a record is: its line, less the line ends that are inside of cells.
struct Numbers {
    last: i64,
    /// Lines that were read before the table.
    told: i64,
    /// Line ends inside of the cells so far.
    inner: i64,
}

impl Numbers {
    fn of(&mut self, record: &StringRecord) -> i64 {
        let line = record.position().map_or(0, |position| i64::try_from(position.line()).unwrap_or(0));
        // Lines that end as on an old Macintosh are not counted by the reader: then each record is the next row.
        self.last = (line + self.told - self.inner).max(self.last + 1);
        let ends = |cell: &str| cell.bytes().filter(|byte| *byte == b'\n').count();
        self.inner += i64::try_from(record.iter().map(ends).sum::<usize>()).unwrap_or(0);
        self.last
    }
}
