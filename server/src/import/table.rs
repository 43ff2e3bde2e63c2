//! A file as rows of text, whatever it is: text with some delimiter in some alphabet, or a workbook's first sheet. The
//! rows are handed on one by one, so that only the reader's own buffers are in memory.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use super::cell::unguarded;
use super::unreadable::Unreadable;
use super::{report, sheet, text};

pub const ROWS_MAX: usize = 200_000;
pub const COLUMNS_MAX: usize = 100;
pub const CELL_CHARS_MAX: usize = 10_000;
const ZIP: &[u8] = b"PK\x03\x04";
/// Workbooks before 2007, and newer ones with a password.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// A row as somebody sees it in their spreadsheet: the headings stand in the first that holds anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// From 1, counted with the headings and with blank rows.
    pub number: i64,
    pub cells: Vec<String>,
}

/// Takes the headings, then each row.
pub type Each<'a> = &'a mut dyn FnMut(Row) -> Result<(), Unreadable>;

pub fn read(path: &Path, each: Each<'_>) -> Result<(), Unreadable> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    file.by_ref().take(8).read_to_end(&mut head)?;
    file.rewind()?;
    let mut shaper = Shaper { each, width: None, skipped: 0, rows: 0 };
    if head.starts_with(ZIP) {
        sheet::read(file, &mut |row| shaper.take(row))?;
    } else if head.starts_with(OLE) {
        return Err(Unreadable::OtherWorkbook);
    } else {
        text::read(file, &mut |row| shaper.take(row))?;
    }
    if shaper.rows == 0 { Err(Unreadable::Empty) } else { Ok(()) }
}

/// Makes every row one of the table: as wide as the headings, within the limits, without what our own report had added.
struct Shaper<'a> {
    each: Each<'a>,
    /// Of the headings, once they were there.
    width: Option<usize>,
    /// Columns of a report of ours, before those of the file that it is about.
    skipped: usize,
    /// Below the headings.
    rows: usize,
}

impl Shaper<'_> {
    fn take(&mut self, row: Row) -> Result<(), Unreadable> {
        let Row { number, mut cells } = row;
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > COLUMNS_MAX + self.skipped {
            return Err(Unreadable::TooManyColumns);
        }
        if cells.iter().any(|cell| cell.len() > CELL_CHARS_MAX && cell.chars().count() > CELL_CHARS_MAX) {
            return Err(Unreadable::CellTooLong { row: number });
        }
        for cell in &mut cells {
            *cell = cleaned(cell);
        }
        match self.width {
            None => {
                self.skipped = if report::is_headed(&cells) { report::COLUMNS } else { 0 };
                cells.drain(..self.skipped);
                self.width = Some(cells.len());
            }
            Some(width) => {
                cells.drain(..self.skipped.min(cells.len()));
                if cells.is_empty() {
                    return Ok(());
                }
                self.rows += 1;
                if self.rows > ROWS_MAX {
                    return Err(Unreadable::TooManyRows);
                }
                if cells.len() < width {
                    cells.resize(width, String::new());
                }
            }
        }
        (self.each)(Row { number, cells })
    }
}

/// Without the guard that our report put before it, and without the one character that a database does not take.
fn cleaned(cell: &str) -> String {
    let cell = unguarded(cell);
    if cell.contains('\0') { cell.replace('\0', "") } else { cell.to_owned() }
}
