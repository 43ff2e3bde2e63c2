//! XLSX, written row by row: what has been written lies on the disk and not in memory. A text is a text there and never
//! a formula, so that it needs no apostrophe but where whoever reads it back would take one away.

use std::fs::File;
use std::io::{Seek, SeekFrom};

use domain::export::told_apart;
use domain::money::Currency;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use tokio::sync::mpsc::Receiver;

use super::Cell;

/// Rows of one sheet, its headings left out; a spreadsheet takes 48,575 more.
const ROWS_MAX: u32 = 1_000_000;
/// UTF-16 units of one cell.
const TEXT_MAX: usize = 32_767;
const WIDTH: f64 = 18.0;

/// What comes in: pages, and the word that there are no more. Without it whoever asked has gone away.
pub enum Sent {
    Page(Vec<Vec<Cell>>),
    End,
}

pub struct Shape {
    pub name: &'static str,
    pub headings: Vec<&'static str>,
    pub zone: TimeZone,
}

/// The whole file, without a name on the disk: it is gone when it is closed. None: nobody wants it any more. Blocks.
pub fn write(shape: &Shape, mut pages: Receiver<Sent>) -> Result<Option<File>, XlsxError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    let mut sheets = 1;
    let mut sheet = begin(&mut workbook, shape, sheets, &looks)?;
    let mut row = 1;
    loop {
        let page = match pages.blocking_recv() {
            Some(Sent::Page(page)) => page,
            Some(Sent::End) => break,
            None => return Ok(None),
        };
        for cells in page {
            if row > ROWS_MAX {
                sheets += 1;
                sheet = begin(&mut workbook, shape, sheets, &looks)?;
                row = 1;
            }
            for (column, cell) in (0u16..).zip(&cells) {
                write_cell(sheet, (row, column), cell, shape, &looks)?;
            }
            row += 1;
        }
    }
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(Some(file))
}

struct Looks {
    heading: Format,
    time: Format,
    /// By digits after the point.
    money: [Format; 4],
}

impl Looks {
    fn new() -> Self {
        let money = ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000"];
        Self {
            heading: Format::new().set_bold(),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            money: money.map(|form| Format::new().set_num_format(form)),
        }
    }

    fn money(&self, currency: Currency) -> &Format {
        let [whole, _, cents, mills] = &self.money;
        match currency.exponent() {
            0 => whole,
            3 => mills,
            _ => cents,
        }
    }
}

fn begin<'w>(
    workbook: &'w mut Workbook,
    shape: &Shape,
    number: u32,
    looks: &Looks,
) -> Result<&'w mut Worksheet, XlsxError> {
    let name = if number == 1 { shape.name.to_owned() } else { format!("{} {number}", shape.name) };
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name(name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, heading) in (0u16..).zip(&shape.headings) {
        sheet.set_column_width(column, WIDTH)?;
        sheet.write_string_with_format(0, column, *heading, &looks.heading)?;
    }
    Ok(sheet)
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    shape: &Shape,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, cut(&told_apart(text)))?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number as f64)?;
        }
        Cell::Money(minor, currency) => {
            let whole = *minor as f64 / 10f64.powi(currency.exponent() as i32);
            sheet.write_number_with_format(row, column, whole, looks.money(*currency))?;
        }
        Cell::Time(at) => {
            if let Some(time) = day_and_time(*at, &shape.zone) {
                sheet.write_datetime_with_format(row, column, time?, &looks.time)?;
            }
        }
    }
    Ok(())
}

/// As the clock on the shop's wall showed it; None outside the calendar of spreadsheets.
fn day_and_time(at: i64, zone: &TimeZone) -> Option<Result<ExcelDateTime, XlsxError>> {
    let time = jiff::Timestamp::from_millisecond(at).ok()?.to_zoned(zone.clone());
    let (year, month, day) = (u16::try_from(time.year()).ok()?, u8::try_from(time.month()).ok()?, time.day());
    let date = ExcelDateTime::from_ymd(year, month, u8::try_from(day).ok()?).ok()?;
    let hour = u16::try_from(time.hour()).ok()?;
    Some(date.and_hms(hour, u8::try_from(time.minute()).ok()?, time.second()))
}

/// As much of a text as a cell holds.
fn cut(text: &str) -> &str {
    let mut units = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > TEXT_MAX {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_takes_no_more_than_it_holds() {
        assert_eq!(cut("Олена"), "Олена");
        assert_eq!(cut(&"я".repeat(40_000)).chars().count(), TEXT_MAX);
        assert_eq!(cut(&"🫖".repeat(40_000)).chars().count(), TEXT_MAX / 2);
    }

    #[test]
    fn nobody_waits_for_a_file_that_nobody_asks_for_any_more() {
        let (send, pages) = tokio::sync::mpsc::channel(1);
        drop(send);
        let shape = Shape { name: "Deals", headings: vec!["Number"], zone: TimeZone::UTC };
        assert!(matches!(write(&shape, pages), Ok(None)));
    }
}
