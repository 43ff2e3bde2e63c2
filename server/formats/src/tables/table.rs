//! A file as rows of text, whatever it is: text with some delimiter in some alphabet, or a workbook's first sheet. The
//! rows are handed on one by one, so that only the reader's own buffers are in memory.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use domain::export::unguarded;
use domain::import::{CELL_CHARS_MAX, COLUMNS_MAX, ROWS_MAX};

use super::unreadable::Unreadable;
use super::{report, sheet, text};

/// Rows by which the rest of a file is guessed.
const SAMPLE_ROWS: usize = 1_000;
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

/// What a table is, once it was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// As many as the widest row has cells; those above no heading are blank.
    pub headings: Vec<String>,
    /// The first rows.
    pub sample: Vec<Vec<String>>,
    /// Below the headings.
    pub rows: usize,
}

/// Reads a table once for its shape: what is wrong with it is known before anything is done with its first row.
pub fn survey(path: &Path) -> Result<Survey, Unreadable> {
    let mut survey = Survey::default();
    let mut width = 0;
    read(path, &mut |row| {
        width = width.max(row.cells.len());
        if survey.headings.is_empty() {
            survey.headings = row.cells;
            return Ok(());
        }
        survey.rows += 1;
        if survey.sample.len() < SAMPLE_ROWS {
            survey.sample.push(row.cells);
        }
        Ok(())
    })?;
    if survey.rows == 0 {
        return Err(Unreadable::Empty);
    }
    survey.headings.resize(width, String::new());
    for row in &mut survey.sample {
        row.resize(width, String::new());
    }
    Ok(survey)
}

/// The rows that hold anything, the headings first.
pub fn read(path: &Path, each: Each<'_>) -> Result<(), Unreadable> {
    read_from(File::open(path)?, each)
}

/// The same of what is no file.
pub fn read_from(mut source: impl Read + Seek, each: Each<'_>) -> Result<(), Unreadable> {
    let mut head = Vec::new();
    source.by_ref().take(8).read_to_end(&mut head)?;
    source.rewind()?;
    let mut shaper = Shaper { each, headed: false, skipped: 0, rows: 0 };
    if head.starts_with(ZIP) {
        sheet::read(source, &mut |row| shaper.take(row))
    } else if head.starts_with(OLE) {
        Err(Unreadable::OtherWorkbook)
    } else {
        text::read(source, &mut |row| shaper.take(row))
    }
}

/// Makes every row one of the table: within the limits, without blanks at its end and what a report of ours had added.
struct Shaper<'a> {
    each: Each<'a>,
    /// The headings were there.
    headed: bool,
    /// Columns of a report of ours, before those of the file that it is about.
    skipped: usize,
    /// Below the headings.
    rows: usize,
}

impl Shaper<'_> {
    fn take(&mut self, row: Row) -> Result<(), Unreadable> {
        let Row { number, mut cells } = row;
        if !self.headed && report::is_headed(&cells) {
            self.skipped = report::COLUMNS;
        }
        cells.drain(..self.skipped.min(cells.len()));
        // First of all: nothing may be left of a cell, and a guard is no part of its length.
        for cell in &mut cells {
            *cell = cleaned(cell);
        }
        while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > COLUMNS_MAX {
            return Err(Unreadable::TooManyColumns);
        }
        if cells.iter().any(|cell| cell.len() > CELL_CHARS_MAX && cell.chars().count() > CELL_CHARS_MAX) {
            return Err(Unreadable::CellTooLong { row: number });
        }
        self.rows += usize::from(self.headed);
        if self.rows > ROWS_MAX {
            return Err(Unreadable::TooManyRows);
        }
        self.headed = true;
        (self.each)(Row { number, cells })
    }
}

/// Without the guard that a file of ours put before it, and without the one character that a database does not take.
fn cleaned(cell: &str) -> String {
    let cell = unguarded(cell);
    if cell.contains('\0') { cell.replace('\0', "") } else { cell.to_owned() }
}
