//! The rows that were refused, as a file to mend and to send again: where and why stand before the row as it came, and
//! are left out when the file comes back.

use std::borrow::Cow;

use csv::WriterBuilder;
use domain::export::{delimiter, guarded};
use domain::i18n::{Lang, t};
use domain::import::{RefusedRow, Wrong};

/// Row, column, reason.
pub const COLUMNS: usize = 3;
/// By it a spreadsheet knows that this is UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The file's first line.
pub fn head(headings: &[String], lang: Lang) -> Vec<u8> {
    let own = own_headings(lang).map(Cow::Borrowed);
    [MARK, &line(own.into_iter().chain(headings.iter().map(|heading| guarded(heading))), lang)].concat()
}

/// One row, under the headings that it came with.
pub fn row(refused: &RefusedRow, headings: &[String], lang: Lang) -> Vec<u8> {
    let place = |wrong: &Wrong| place(wrong, headings, lang);
    let places: Vec<String> = refused.wrong.iter().map(place).collect();
    let reasons: Vec<&str> = refused.wrong.iter().map(|wrong| wrong.why.words(lang)).collect();
    let own = [refused.row.to_string(), guarded(&places.join("; ")).into_owned(), reasons.join("; ")];
    let cells = refused.cells.iter().map(|cell| guarded(cell));
    line(own.into_iter().map(Cow::Owned).chain(cells), lang)
}

/// The column as the file calls it; by our own name where the file has none.
fn place(wrong: &Wrong, headings: &[String], lang: Lang) -> String {
    let heading = wrong.column.and_then(|column| headings.get(column)).map(|heading| heading.trim());
    heading.filter(|heading| !heading.is_empty()).unwrap_or_else(|| wrong.field.words(lang)).to_owned()
}

/// Whether these are the headings of such a file, in whatever language it was asked for.
pub fn is_headed(headings: &[String]) -> bool {
    Lang::ALL.into_iter().any(|lang| headings.len() >= COLUMNS && headings[..COLUMNS] == own_headings(lang))
}

/// Of such a file, which needs no guessing; None for any other.
pub fn delimiter_of(text: &str) -> Option<u8> {
    Lang::ALL.into_iter().map(|lang| (delimiter(lang), own_headings(lang))).find_map(|(sign, [row, column, reason])| {
        let between = char::from(sign);
        text.starts_with(&format!("{row}{between}{column}{between}{reason}")).then_some(sign)
    })
}

fn own_headings(lang: Lang) -> [&'static str; COLUMNS] {
    [t::import_report_row(lang), t::import_report_column(lang), t::import_report_reason(lang)]
}

fn line<'c>(cells: impl Iterator<Item = Cow<'c, str>>, lang: Lang) -> Vec<u8> {
    let mut writer = WriterBuilder::new().delimiter(delimiter(lang)).from_writer(Vec::new());
    // Writing into memory fails for nothing but want of it.
    let _ = writer.write_record(cells.map(|cell| cell.into_owned()));
    writer.into_inner().unwrap_or_default()
}
