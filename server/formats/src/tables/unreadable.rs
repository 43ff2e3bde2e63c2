//! Why a file is no table for us, in words for whoever brought it.

use domain::i18n::{Lang, t};

#[derive(Debug)]
pub enum Unreadable {
    /// Nothing below the headings.
    Empty,
    /// Neither text with cells nor a workbook.
    NotATable,
    /// A workbook of an older kind, or of another program, or one with a password.
    OtherWorkbook,
    /// More than the disk's share of one file.
    TooLarge,
    TooManyRows,
    TooManyColumns,
    /// In this row of the sheet.
    CellTooLong {
        row: i64,
    },
    Io(std::io::Error),
    /// Whoever took the rows takes no more.
    Stopped,
}

impl Unreadable {
    pub fn key(&self) -> &'static str {
        match self {
            Unreadable::Empty => "no_rows",
            Unreadable::NotATable => "not_a_table",
            Unreadable::OtherWorkbook => "other_workbook",
            Unreadable::TooLarge => "too_large",
            Unreadable::TooManyRows => "too_many_rows",
            Unreadable::TooManyColumns => "too_many_columns",
            Unreadable::CellTooLong { .. } => "cell_too_long",
            Unreadable::Io(_) | Unreadable::Stopped => "broken_off",
        }
    }

    pub fn words(&self, lang: Lang) -> String {
        match self {
            Unreadable::Empty => t::import_file_empty(lang).to_owned(),
            Unreadable::NotATable => t::import_file_not_a_table(lang).to_owned(),
            Unreadable::OtherWorkbook => t::import_file_other_workbook(lang).to_owned(),
            Unreadable::TooLarge => t::import_file_too_large(lang).to_owned(),
            Unreadable::TooManyRows => t::import_file_too_many_rows(lang).to_owned(),
            Unreadable::TooManyColumns => t::import_file_too_many_columns(lang).to_owned(),
            Unreadable::CellTooLong { row } => t::import_file_cell_too_long(lang, *row),
            Unreadable::Io(_) | Unreadable::Stopped => t::import_file_broken_off(lang).to_owned(),
        }
    }
}

impl From<std::io::Error> for Unreadable {
    fn from(error: std::io::Error) -> Self {
        Unreadable::Io(error)
    }
}
