use std::io::{Cursor, Write};
use std::path::Path;

use domain::i18n::Lang;
use domain::import::{CELL_CHARS_MAX, Field, RefusedRow, Why, Wrong};
use encoding_rs::WINDOWS_1251;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use tempfile::{NamedTempFile, TempDir};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::table::{Survey, survey};
use super::{Unreadable, delimiter, report, table};

const TABLE: &str = "Ім'я;Телефон;Сума\r\nОлена;050 123 45 67;1 250,50\r\n\"Тарас \"\"Т\"\"\";067;\"1;2\"\r\n";

fn file(bytes: &[u8]) -> NamedTempFile {
    let mut file = NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("written");
    file
}

/// The headings and the rows, with their numbers.
fn rows(path: &Path) -> Result<Vec<(i64, Vec<String>)>, Unreadable> {
    let mut rows = Vec::new();
    table::read(path, &mut |row| {
        rows.push((row.number, row.cells));
        Ok(())
    })?;
    Ok(rows)
}

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let rows = rows(file(bytes).path()).expect("a table");
    rows.into_iter().map(|(_, cells)| cells).collect()
}

fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn a_text_is_the_same_in_every_alphabet() {
    let expected = cells(TABLE.as_bytes());
    assert_eq!(expected[1], ["Олена", "050 123 45 67", "1 250,50"]);
    assert_eq!(expected[2], ["Тарас \"Т\"", "067", "1;2"]);
    let marked = format!("\u{FEFF}{TABLE}");
    let (old, _, lost) = WINDOWS_1251.encode(TABLE);
    assert!(!lost);
    let forms = [
        ("UTF-8 with a mark", marked.as_bytes().to_vec()),
        ("Windows-1251", old.into_owned()),
        ("UTF-16LE", utf16(&marked, u16::to_le_bytes)),
        ("UTF-16BE", utf16(&marked, u16::to_be_bytes)),
        ("UTF-16LE without a mark", utf16(TABLE, u16::to_le_bytes)),
        ("UTF-16BE without a mark", utf16(TABLE, u16::to_be_bytes)),
        ("line ends of Unix", TABLE.replace("\r\n", "\n").into_bytes()),
        ("line ends of an old Macintosh", TABLE.replace("\r\n", "\r").into_bytes()),
        ("no line end at the end", TABLE.trim_end().as_bytes().to_vec()),
    ];
    for (name, bytes) in forms {
        assert_eq!(cells(&bytes), expected, "{name}");
    }
}

#[test]
fn a_letter_that_lies_across_two_pieces_is_whole() {
    // Longer than what is read at once, at every offset.
    for offset in 0..4 {
        let text = format!("Назва\n{}{}\n", "x".repeat(offset), "їжак".repeat(2_300));
        assert_eq!(cells(text.as_bytes())[1][0].chars().filter(|c| *c == 'ї').count(), 2_300, "{offset}");
    }
}

#[test]
fn the_delimiter_is_what_cuts_the_rows_alike() {
    let cases = [
        ("Name,Phone\nOlena,1\nTaras,2\n", b','),
        ("Name;Phone\nOlena;1\n", b';'),
        ("Name\tPhone\nOlena, of Kyiv\t1\n", b'\t'),
        ("Name|Phone|Sum\nOlena|1|2,5\n", b'|'),
        // As many commas as semicolons, in every row.
        ("Назва;Сума, грн;Дата\nКава;12,50;1\nЧай;13,50;2\n", b';'),
        ("\"Name; all of it\",\"Sum; UAH\"\n\"a;b\",1\nc,2\n", b','),
    ];
    for (text, sign) in cases {
        assert_eq!(char::from(delimiter::sniff(text, false)), char::from(sign), "{text}");
    }
    assert_eq!(delimiter::declared("sep=|\na|b\n"), Some((b'|', 6)));
    assert_eq!(delimiter::declared("sep=\t\na\tb\n"), Some((b'\t', 6)));
    assert_eq!(delimiter::declared("separator\na\n"), None);
    assert_eq!(cells(b"sep=|\nName;all|Phone\nOlena|1\n"), [["Name;all", "Phone"], ["Olena", "1"]]);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let text = "Name;Comment\r\nOlena;\"two\r\nlines\"\r\n\r\n;;\r\nTaras;one\r\n";
    let rows = rows(file(text.as_bytes()).path()).expect("a table");
    let numbers: Vec<i64> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 2, 5]);
    assert_eq!(rows[1].1, ["Olena", "two\nlines"]);
}

#[test]
fn a_cell_with_nothing_but_a_guard_is_blank() {
    let found = cells(b"Name;Phone\nOlena;=\"\"\n=\"\";=\"\"\nTaras;=\"050\"\n");
    assert_eq!(found, [vec!["Name", "Phone"], vec!["Olena"], vec!["Taras", "050"]]);
}

#[test]
fn a_cell_that_just_fits_comes_back_from_a_report() {
    let cell = format!("={}", "x".repeat(CELL_CHARS_MAX - 1));
    let bytes = written(&["Comment".to_owned()], &[vec![cell.clone()]], Lang::Uk);
    assert_eq!(cells(&bytes)[1], [cell]);
}

#[test]
fn a_ragged_table_is_as_wide_as_its_widest_row() {
    let found = survey(file(b"Name,Phone\nOlena\nTaras,1,,extra\n,,,\n").path()).expect("a table");
    let wide = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let sample = vec![wide(["Olena", "", "", ""]), wide(["Taras", "1", "", "extra"])];
    assert_eq!(found, Survey { headings: wide(["Name", "Phone", "", ""]), sample, rows: 2 });
}

#[test]
fn what_is_no_table_is_told_from_one() {
    let told = |bytes: &[u8]| survey(file(bytes).path()).expect_err("no table");
    assert!(matches!(told(b""), Unreadable::Empty));
    assert!(matches!(told(b"Name;Phone\n"), Unreadable::Empty));
    assert!(matches!(told(b"\n\n ; ;\n"), Unreadable::Empty));
    assert!(matches!(told(b"<html><table><tr><td>Name</td></tr></table></html>"), Unreadable::NotATable));
    assert!(matches!(told(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x01\x02\x03\x04\x05\x06"), Unreadable::NotATable));
    assert!(matches!(told(b"PK\x03\x04 but no archive"), Unreadable::NotATable));
    assert!(matches!(told(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old workbook"), Unreadable::OtherWorkbook));
    let wide = format!("{}\n{}\n", "a;".repeat(101) + "a", "1;".repeat(101) + "1");
    assert!(matches!(told(wide.as_bytes()), Unreadable::TooManyColumns));
    let long = format!("Name;Comment\nOlena;{}\n", "x".repeat(10_001));
    assert!(matches!(told(long.as_bytes()), Unreadable::CellTooLong { row: 2 }));
    let many = "Name\n".to_owned() + &"x\n".repeat(200_001);
    assert!(matches!(told(many.as_bytes()), Unreadable::TooManyRows));
}

/// A workbook, drawn by somebody else's hand.
fn workbook(draw: impl FnOnce(&mut Workbook)) -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("table.xlsx");
    let mut book = Workbook::new();
    draw(&mut book);
    book.save(&path).expect("a workbook");
    (folder, path)
}

#[test]
fn a_workbook_reads_as_it_looks() {
    let (_folder, path) = workbook(|book| {
        book.add_worksheet();
        let hidden = book.add_worksheet();
        hidden.set_hidden(true).write_string(0, 0, "hidden").expect("written");
        let sheet = book.add_worksheet();
        for (column, heading) in ["Ім'я", "Телефон", "Сума", "Дата", "Час"].into_iter().enumerate()
        {
            sheet.write_string(1, u16::try_from(column).expect("few"), heading).expect("written");
        }
        let day = Format::new().set_num_format("dd.mm.yyyy");
        let moment = Format::new().set_num_format("dd.mm.yyyy hh:mm");
        sheet.write_string(2, 0, "Олена").expect("written");
        sheet.write_number(2, 1, 380_501_234_567.0).expect("written");
        sheet.write_number(2, 2, 0.1 + 0.2).expect("written");
        let at = ExcelDateTime::from_ymd(2026, 11, 24).expect("a day");
        sheet.write_datetime_with_format(2, 3, &at, &day).expect("written");
        let at = ExcelDateTime::from_ymd(2026, 11, 24).and_then(|at| at.and_hms(9, 5, 0)).expect("a moment");
        sheet.write_datetime_with_format(2, 4, &at, &moment).expect("written");
        sheet.write_string(4, 0, "Тарас").expect("written");
        sheet.write_number(4, 2, 1_250.0).expect("written");
    });
    let rows = rows(&path).expect("a table");
    assert_eq!(rows[0], (2, ["Ім'я", "Телефон", "Сума", "Дата", "Час"].map(str::to_owned).to_vec()));
    let olena = ["Олена", "380501234567", "0.3", "2026-11-24", "2026-11-24 09:05:00"];
    assert_eq!(rows[1], (3, olena.map(str::to_owned).to_vec()));
    assert_eq!(rows[2], (5, ["Тарас", "", "1250"].map(str::to_owned).to_vec()));
    assert_eq!(rows.len(), 3);
}

#[test]
fn a_workbook_that_reaches_far_is_refused_before_it_is_held() {
    let (_folder, path) = workbook(|book| {
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "Name").expect("written");
        sheet.write_string(1_048_575, 16_383, "far away").expect("written");
    });
    assert!(matches!(survey(&path), Err(Unreadable::TooManyColumns)));
}

/// An archive whose index says that its one entry unpacks to four gigabytes.
#[test]
fn a_workbook_that_would_unpack_to_gigabytes_is_not_unpacked() {
    let name = b"xl/sharedStrings.xml";
    let size = u32::MAX - 1;
    let mut bytes = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend(2u32.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
    bytes.extend(b"\0\0");
    bytes.extend(name);
    bytes.extend(b"\x03\0");
    let index = u32::try_from(bytes.len()).expect("short");
    bytes.extend(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0");
    bytes.extend(2u32.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(u16::try_from(name.len()).expect("short").to_le_bytes());
    bytes.extend([0u8; 12]);
    bytes.extend(0u32.to_le_bytes());
    bytes.extend(name);
    let length = u32::try_from(bytes.len()).expect("short") - index;
    bytes.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    bytes.extend(length.to_le_bytes());
    bytes.extend(index.to_le_bytes());
    bytes.extend(b"\0\0");
    assert!(matches!(survey(file(&bytes).path()), Err(Unreadable::TooLarge)));
}

/// An archive of one part, and whether the strings in it were believed.
fn with_strings(strings: &[u8]) -> Result<Survey, Unreadable> {
    let mut book = ZipWriter::new(Cursor::new(Vec::new()));
    book.start_file("xl/SharedStrings.xml", SimpleFileOptions::default()).expect("begun");
    book.write_all(strings).expect("written");
    survey(file(&book.finish().expect("ended").into_inner()).path())
}

#[test]
fn strings_that_cannot_be_so_many_are_not_made_room_for() {
    let say = |count: &str| format!("<sst count='1' uniqueCount{count}><si><t>one</t></si></sst>");
    for count in ["='99999999999'", " =\n \"99999999999\"", "='00000000000000000000099999999999'"] {
        let strings = say(count);
        assert!(matches!(with_strings(strings.as_bytes()), Err(Unreadable::TooLarge)), "{strings}");
        let wide = utf16(&format!("\u{FEFF}{strings}"), u16::to_le_bytes);
        assert!(matches!(with_strings(&wide), Err(Unreadable::TooLarge)), "{strings} in UTF-16");
        let behind = format!("<!--{}-->{strings}", "x".repeat(16 * 1_024 - 20));
        assert!(matches!(with_strings(behind.as_bytes()), Err(Unreadable::TooLarge)), "{strings} across two pieces");
    }
    assert!(matches!(with_strings(say("='12'").as_bytes()), Err(Unreadable::TooLarge)), "twelve in fifty-seven bytes");
    // What is not too large is no table yet for want of its other parts.
    assert!(matches!(with_strings(say("='1'").as_bytes()), Err(Unreadable::NotATable)));
}

fn refused(row: i64, cells: Vec<String>) -> RefusedRow {
    let wrong = |column, field, why| Wrong { column, field, why };
    RefusedRow {
        row,
        cells,
        wrong: vec![wrong(Some(0), Field::Phone, Why::NotAPhone), wrong(None, Field::Sum, Why::Missing)],
    }
}

fn written(headings: &[String], rows: &[Vec<String>], lang: Lang) -> Vec<u8> {
    let mut bytes = report::head(headings, lang);
    for (number, cells) in (2..).zip(rows) {
        bytes.extend(report::row(&refused(number, cells.clone()), headings, lang));
    }
    bytes
}

#[test]
fn a_report_says_where_and_why_before_the_row_as_it_came() {
    let headings = ["Тел".to_owned(), "=Сума".to_owned()];
    let text = String::from_utf8(written(&headings, &[vec!["12".into(), "+1;2".into()]], Lang::Uk)).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "\u{FEFF}Рядок;Колонка;Причина;Тел;'=Сума");
    let reasons = format!("{}; {}", Why::NotAPhone.words(Lang::Uk), Why::Missing.words(Lang::Uk));
    assert_eq!(lines[1], format!("2;\"Тел; {}\";\"{reasons}\";12;\"'+1;2\"", Field::Sum.words(Lang::Uk)));
}

/// Whatever else a file holds makes it a picture or a program.
fn typed(c: char) -> bool {
    c != char::REPLACEMENT_CHARACTER && (!c.is_control() || matches!(c, '\t' | '\n'))
}

/// Cells that a table keeps as they are: not blank ones at the ends of rows, one kind of line end.
fn any_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        "[=+@'\"\t;,|\n-]{0,6}",
        "[а-яіїєґА-Я'’0-9 ]{0,12}",
        any::<String>().prop_map(|text| text.chars().filter(|c| typed(*c)).collect()),
    ]
}

fn any_table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1..6usize).prop_flat_map(|width| {
        let row = prop::collection::vec(any_cell(), width - 1);
        let row = (row, "[a-zа-яі=+']{1,5}").prop_map(|(mut cells, last)| {
            cells.push(last);
            cells
        });
        prop::collection::vec(row, 2..12)
    })
}

proptest! {
    #[test]
    fn what_a_report_tells_is_read_back_as_it_was(table in any_table(), lang in prop::sample::select(Lang::ALL.to_vec())) {
        let (headings, rows) = table.split_first().expect("headings");
        let bytes = written(headings, rows, lang);
        prop_assert_eq!(cells(&bytes), table);
    }

    #[test]
    fn no_bytes_make_the_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..2_000), zip in any::<bool>()) {
        let start: &[u8] = if zip { b"PK\x03\x04" } else { b"" };
        let _ = survey(file(&[start, &bytes].concat()).path());
    }
}
