//! Rows of a workbook: the first visible sheet that holds anything. It is read cell by cell, so that a sheet may claim to
//! be as large as it likes; what is unpacked all the same is measured before it is.

use std::io::{BufReader, Read, Seek};

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx, XlsxError};
use domain::import::{COLUMNS_MAX, ROWS_MAX};
use zip::ZipArchive;

use super::report;
use super::strings::overstate;
use super::table::{Each, Row};
use super::unreadable::Unreadable;

/// Of the whole workbook, unpacked: two hundred thousand rows of a shop's export have about half of it.
const UNPACKED_BYTES_MAX: u64 = 512 * 1_024 * 1_024;
/// Of everything but the sheets, which is held in memory.
const HELD_BYTES_MAX: u64 = 256 * 1_024 * 1_024;
const ENTRIES_MAX: usize = 10_000;
/// Excel's sheets have 1,048,576 rows; most of them may be blank.
const CELLS_MAX: usize = ROWS_MAX * COLUMNS_MAX;

pub fn read(mut source: impl Read + Seek, each: Each<'_>) -> Result<(), Unreadable> {
    measure(&mut source)?;
    source.rewind()?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(source)).map_err(not_read)?;
    let visible = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    for name in names {
        if read_sheet(&mut book, &name, each)? {
            return Ok(());
        }
    }
    Ok(())
}

/// A small file may unpack to any size. What its index says can be trusted: the unpacker stops where an entry goes on
/// for longer than it had said.
fn measure(source: impl Read + Seek) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(BufReader::new(source)).map_err(|_| Unreadable::NotATable)?;
    if archive.len() > ENTRIES_MAX {
        return Err(Unreadable::TooLarge);
    }
    let (mut all, mut held, mut strings) = (0u64, 0u64, Vec::new());
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Unreadable::NotATable)?;
        all = all.saturating_add(entry.size());
        if !entry.name_raw().starts_with(b"xl/worksheets/") {
            held = held.saturating_add(entry.size());
        }
        if entry.name().is_ok_and(|name| name.to_ascii_lowercase().ends_with("sharedstrings.xml")) {
            strings.push((index, entry.size()));
        }
    }
    if all > UNPACKED_BYTES_MAX || held > HELD_BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    for (index, size) in strings {
        let entry = archive.by_index(index).map_err(|_| Unreadable::NotATable)?;
        if overstate(entry, size).map_err(|_| Unreadable::NotATable)? {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(())
}

/// Whether it held anything.
fn read_sheet(book: &mut Xlsx<BufReader<impl Read + Seek>>, name: &str, each: Each<'_>) -> Result<bool, Unreadable> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A sheet that is only a chart.
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(false),
        Err(error) => return Err(not_read(error)),
    };
    let mut row = Row { number: 0, cells: Vec::new() };
    let (mut seen, mut held) = (0, false);
    while let Some(cell) = cells.next_cell().map_err(not_read)? {
        seen += 1;
        if seen > CELLS_MAX {
            return Err(Unreadable::TooLarge);
        }
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (line, column) = cell.get_position();
        let (number, column) = (i64::from(line) + 1, usize::try_from(column).unwrap_or(usize::MAX));
        // A few more columns than a table may have: those of a report of ours.
        if column >= COLUMNS_MAX + report::COLUMNS {
            return Err(Unreadable::TooManyColumns);
        }
        if number < row.number {
            return Err(Unreadable::NotATable);
        }
        if number > row.number {
            let next = Row { number, cells: Vec::with_capacity(row.cells.len()) };
            hand_on(std::mem::replace(&mut row, next), each)?;
            held = true;
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = text;
    }
    hand_on(row, each)?;
    Ok(held)
}

fn hand_on(row: Row, each: Each<'_>) -> Result<(), Unreadable> {
    if row.cells.is_empty() { Ok(()) } else { each(row) }
}

/// As somebody would type it, so that it is read back as the same number or date.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(yes) => String::from(if *yes { "1" } else { "0" }),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::Error(error) => error.to_string(),
    }
}

/// With the fifteen digits that Excel shows and without its noise behind them; never with an exponent.
fn number_text(number: f64) -> String {
    let shown: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    shown.to_string()
}

fn moment_text(moment: &ExcelDateTime) -> String {
    // A number of days that only looks like a date, or a time without a day.
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&moment.as_f64()) {
        return number_text(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

fn not_read(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Io(error) => Unreadable::Io(error),
        XlsxError::Password => Unreadable::OtherWorkbook,
        error => {
            tracing::info!(%error, "a workbook could not be read");
            Unreadable::NotATable
        }
    }
}
