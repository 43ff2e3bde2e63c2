//! The rows of a table, and the way that refused ones take: out as a report, and back again.

use std::io::Cursor;

use domain::i18n::Lang;
use domain::import::{CELL_CHARS_MAX, COLUMNS_MAX, Kind, MappingFault, ROWS_MAX, RefusedRow, guess};
use formats::tables::{Row, Unreadable, read_from, report};

pub fn read(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    let mut rows = Vec::new();
    read_from(Cursor::new(bytes), &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}

pub fn hold(rows: &[Row]) {
    assert!(rows.len() <= ROWS_MAX + 1, "{} rows", rows.len());
    let mut before = 0;
    for Row { number, cells } in rows {
        assert!(*number > before, "row {number} after row {before}");
        before = *number;
        assert!((1..=COLUMNS_MAX).contains(&cells.len()), "{} cells", cells.len());
        assert!(cells.last().is_some_and(|cell| !cell.trim().is_empty()), "{cells:?}");
        for cell in cells {
            assert!(cell.chars().count() <= CELL_CHARS_MAX && !cell.contains('\0'), "{cell:?}");
        }
    }
}

/// As a mended report comes back. Characters that nobody can type could make the report a stranger's picture.
pub fn come_back(rows: &[Row]) {
    let odd = |c: char| c == char::REPLACEMENT_CHARACTER || c.is_control() && !matches!(c, '\t' | '\n');
    let Some((headings, rest)) = rows.split_first() else { return };
    if rows.iter().flat_map(|row| &row.cells).any(|cell| cell.contains(odd)) {
        return;
    }
    for lang in Lang::ALL {
        let mut bytes = report::head(&headings.cells, lang);
        for Row { number, cells } in rest {
            let refused = RefusedRow { row: *number, cells: cells.clone(), wrong: Vec::new() };
            bytes.extend(report::row(&refused, &headings.cells, lang));
        }
        let again = read(&bytes).expect("a report is a table");
        let cells = |rows: &[Row]| rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>();
        assert_eq!(cells(&again), cells(rows));
    }
}

/// A guess is a mapping that works, but for what is not in the file.
pub fn are_guessed(rows: &[Row]) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let wide = |row: &Row| {
        let mut cells = row.cells.clone();
        cells.resize(width, String::new());
        cells
    };
    let Some((headings, sample)) = rows.split_first() else { return };
    let sample: Vec<Vec<String>> = sample.iter().map(wide).collect();
    for kind in Kind::ALL {
        let guessed = guess(kind, &wide(headings), &sample).mapping;
        let faults = guessed.faults(width);
        assert!(faults.iter().all(|fault| matches!(fault, MappingFault::Missing(_))), "{guessed:?}: {faults:?}");
    }
}
