//! CSV as RFC 4180 has it, and as the spreadsheets of the reader's language open it by a double click.

use domain::export::{delimiter, guarded};
use domain::i18n::Lang;
use domain::money;
use jiff::tz::TimeZone;

use super::Cell;

/// By it a spreadsheet knows UTF-8.
const MARK: &str = "\u{feff}";

/// Rows as they stand in the file, the headings before them where these are given.
pub fn sheet(headings: Option<&[&str]>, rows: &[Vec<Cell>], lang: Lang, zone: &TimeZone) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    if headings.is_some() {
        out.extend_from_slice(MARK.as_bytes());
    }
    let ends = csv::Terminator::CRLF;
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter(lang)).terminator(ends).from_writer(out);
    if let Some(headings) = headings {
        writer.write_record(headings)?;
    }
    for row in rows {
        writer.write_record(row.iter().map(|cell| words(cell, lang, zone)))?;
    }
    writer.into_inner().map_err(|error| error.into_error())
}

/// Only what people typed can be a formula: our own numbers keep their minus.
fn words(cell: &Cell, lang: Lang, zone: &TimeZone) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(text).into_owned(),
        Cell::Number(number) => number.to_string(),
        Cell::Money(minor, currency) => money::editable(*minor, *currency, lang),
        Cell::Time(at) => {
            let time = jiff::Timestamp::from_millisecond(*at).map(|at| at.to_zoned(zone.clone()));
            time.map(|time| time.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::export::unguarded;
    use domain::money::Currency;
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8], lang: Lang) -> Vec<Vec<String>> {
        let bytes = bytes.strip_prefix(MARK.as_bytes()).expect("the mark");
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(lang)).has_headers(false).from_reader(bytes);
        reader
            .records()
            .map(|row| row.expect("a row").iter().map(|cell| unguarded(cell).to_owned()).collect())
            .collect()
    }

    #[test]
    fn a_row_says_what_its_language_writes() {
        let kyiv = TimeZone::get("Europe/Kyiv").expect("a zone");
        let row = [
            Cell::Text("=1+1; \"так\"".into()),
            Cell::Money(-123_450, Currency::UAH),
            Cell::Number(-7),
            Cell::Time(1_790_000_000_000),
            Cell::Empty,
        ];
        let say = |lang| {
            String::from_utf8(sheet(Some(&["А", "Б", "В", "Г", "Ґ"]), &[row.to_vec()], lang, &kyiv).expect("CSV"))
        };
        let uk = "\u{feff}А;Б;В;Г;Ґ\r\n\"'=1+1; \"\"так\"\"\";-1234,50;-7;2026-09-21 17:13:20;\r\n";
        assert_eq!(say(Lang::Uk).as_deref(), Ok(uk));
        let en = "\u{feff}А,Б,В,Г,Ґ\r\n\"'=1+1; \"\"так\"\"\",-1234.50,-7,2026-09-21 17:13:20,\r\n";
        assert_eq!(say(Lang::En).as_deref(), Ok(en));
    }

    #[test]
    fn a_later_page_has_neither_mark_nor_headings() {
        let page = sheet(None, &[vec![Cell::Number(1)]], Lang::En, &TimeZone::UTC).expect("CSV");
        assert_eq!(page, b"1\r\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            rows in prop::collection::vec(prop::collection::vec("[\\PC\t\r\n'\";,=+@-]{0,12}", 3), 1..6),
        ) {
            for lang in Lang::ALL {
                let cells: Vec<Vec<Cell>> =
                    rows.iter().map(|row| row.iter().map(|text| Cell::from(text.as_str())).collect()).collect();
                let bytes = sheet(Some(&["a", "b", "c"]), &cells, lang, &TimeZone::UTC).expect("CSV");
                let back = read(&bytes, lang);
                prop_assert_eq!(&back[1..], &rows[..]);
            }
        }
    }
}
