//! What is taken out comes in again: the headings are known, and each cell is what it was.

use std::io::{self, Write};

use domain::export::List;
use domain::i18n::Lang;
use domain::import::{Field, Kind, Preset, guess};
use formats::tables;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use tempfile::NamedTempFile;

use super::xlsx::{self, Sent, Shape};
use super::{Cell, csv, rows};

#[test]
fn an_import_knows_the_headings_of_our_lists_in_every_language() {
    use Field::*;
    let deals = [
        None,
        Some(CreatedAt),
        None,
        Some(Stage),
        None,
        None,
        Some(Responsible),
        Some(Source),
        Some(Name),
        Some(Phone),
        Some(Email),
        Some(OrderNumber),
        Some(ProductName),
        Some(Sum),
        None,
        Some(Comment),
        Some(LostReason),
    ];
    let customers = [None, Some(Name), Some(Phone), Some(Email), None, Some(CreatedAt), None];
    let orders = [
        Some(OrderNumber),
        Some(CreatedAt),
        None,
        Some(Status),
        None,
        Some(Name),
        Some(Phone),
        Some(Email),
        Some(ProductName),
        Some(Sum),
        Some(ShippingTotal),
        Some(DiscountTotal),
        None,
        Some(PaymentMethod),
        Some(Paid),
        Some(Comment),
        None,
        None,
        // Where the team says that it is, and its parcel: nothing that comes in again.
        None,
        None,
        None,
        None,
    ];
    let lists: [(List, Kind, &[Option<Field>]); 3] = [
        (List::Deals, Kind::Deals, &deals),
        (List::Customers, Kind::Customers, &customers),
        (List::Orders, Kind::Orders, &orders),
    ];
    for lang in Lang::ALL {
        for (list, kind, columns) in lists {
            let headings: Vec<String> = rows::headings(list, lang).into_iter().map(str::to_owned).collect();
            let found = guess(kind, &headings, &[]).mapping;
            assert_eq!(found.columns, columns, "{list:?} in {lang:?}: {headings:?}");
            assert_eq!(
                (found.preset, found.faults(headings.len())),
                (Preset::Plain, Vec::new()),
                "{list:?} in {lang:?}"
            );
        }
    }
}

/// The cells of a file, its headings left out.
fn read_back(file: &NamedTempFile) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    tables::read(file.path(), &mut |row| {
        found.push(row.cells);
        Ok(())
    })
    .expect("a table");
    found.split_off(1)
}

/// Under the headings of orders, the last cell never blank: an import does not know how wide a row was.
fn as_rows(texts: &[String]) -> Vec<Vec<Cell>> {
    let width = rows::headings(List::Orders, Lang::En).len();
    let row = |text: &String| {
        let mut row = vec![Cell::from(text.as_str()); width - 1];
        row.push(Cell::from("."));
        row
    };
    texts.iter().map(row).collect()
}

fn as_texts(texts: &[String]) -> Vec<Vec<String>> {
    let width = rows::headings(List::Orders, Lang::En).len();
    let row = |text: &String| {
        let mut row = vec![text.clone(); width - 1];
        row.push(".".into());
        row
    };
    texts.iter().map(row).collect()
}

fn workbook(rows: Vec<Vec<Cell>>) -> io::Result<NamedTempFile> {
    let headings = rows::headings(List::Orders, Lang::En);
    let shape = Shape { name: "Orders", headings, zone: TimeZone::UTC };
    let (pages, taken) = tokio::sync::mpsc::channel(2);
    for sent in [Sent::Page(rows), Sent::End] {
        pages.try_send(sent).map_err(|_| io::ErrorKind::BrokenPipe)?;
    }
    let written = xlsx::write(&shape, taken).map_err(|error| io::Error::other(error.to_string()))?;
    let mut written = written.ok_or(io::ErrorKind::BrokenPipe)?;
    let mut file = NamedTempFile::new()?;
    io::copy(&mut written, &mut file)?;
    file.flush()?;
    Ok(file)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_cell_of_csv_comes_in_as_it_went_out(
        // What can't be decoded is read as this sign, so that a text full of it is no text.
        texts in prop::collection::vec(
            "['=+@\t\n\"-]{0,3}[\\PC\n;,|\"]{0,12}".prop_map(|text| text.replace(char::REPLACEMENT_CHARACTER, "?")),
            1..6,
        ),
    ) {
        for lang in Lang::ALL {
            let headings = rows::headings(List::Orders, lang);
            let bytes = csv::sheet(Some(&headings), &as_rows(&texts), lang, &TimeZone::UTC).expect("CSV");
            let mut file = NamedTempFile::new().expect("a file");
            file.write_all(&bytes).expect("written");
            prop_assert_eq!(read_back(&file), as_texts(&texts));
        }
    }

    #[test]
    fn a_cell_of_a_workbook_comes_in_as_it_went_out(
        texts in prop::collection::vec("['=+@\"-]{0,3}[a-zа-яіїєґ0-9;,]{1,8}[\"']?", 1..6),
    ) {
        let file = workbook(as_rows(&texts)).expect("a workbook");
        prop_assert_eq!(read_back(&file), as_texts(&texts));
    }
}
