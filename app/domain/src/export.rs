//! Lists that are taken out as files: which there are, in which form, and how a cell of CSV is kept from being a formula.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::i18n::Lang;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    Deals,
    Customers,
    Orders,
    Events,
}

impl List {
    pub const ALL: [List; 4] = [List::Deals, List::Customers, List::Orders, List::Events];

    pub fn key(self) -> &'static str {
        match self {
            List::Deals => "deals",
            List::Customers => "customers",
            List::Orders => "orders",
            List::Events => "events",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.key() == key)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Csv,
    Xlsx,
}

impl Form {
    pub const ALL: [Form; 2] = [Form::Csv, Form::Xlsx];

    pub fn key(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }
}

/// Where a file is taken from, without what narrows it down.
pub fn address(list: List, form: Form) -> String {
    format!("/export/{}.{}", list.key(), form.key())
}

/// The file that such an address ends in, "deals.csv".
pub fn parse_file(name: &str) -> Option<(List, Form)> {
    let (list, form) = name.split_once('.')?;
    Some((List::parse(list)?, Form::parse(form)?))
}

/// What stands between the cells of CSV: a comma would cut "12,50" in two where it is the decimal sign, and the
/// spreadsheets of those languages expect a semicolon.
pub fn delimiter(lang: Lang) -> u8 {
    match lang {
        Lang::En => b',',
        Lang::Uk | Lang::Ru => b';',
    }
}

/// A text that a spreadsheet would carry out as a formula gets an apostrophe before it. So does one that looks as if it
/// had got one: what is read back is then always what was written.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Takes back what [`guarded`] added, for whoever reads such a file.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_risky(text) => text,
        Some(_) | None => cell,
    }
}

fn is_risky(text: &str) -> bool {
    // The wide forms are what an East Asian spreadsheet takes for the same signs.
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    text.trim_start_matches('\'').starts_with(signs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_become_text_and_text_stays() {
        let cases = [
            ("=HYPERLINK(\"http://evil\")", "'=HYPERLINK(\"http://evil\")"),
            ("+380501234567", "'+380501234567"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
            ("Олена", "Олена"),
            ("1-2", "1-2"),
            ("'лапка", "'лапка"),
            ("", ""),
        ];
        for (text, cell) in cases {
            assert_eq!(guarded(text), cell, "{text:?}");
            assert_eq!(unguarded(cell), text, "{cell:?}");
        }
    }

    #[test]
    fn addresses_read_back() {
        for list in List::ALL {
            for form in Form::ALL {
                let address = address(list, form);
                assert_eq!(parse_file(address.strip_prefix("/export/").expect("a door")), Some((list, form)));
            }
        }
        for name in ["deals", "deals.", "deals.pdf", "lost.csv", "deals.csv.csv", "../deals.csv", ""] {
            assert_eq!(parse_file(name), None, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula_and_each_reads_back(text in "['=+@\t\r\n-]{0,3}\\PC{0,8}") {
            let cell = guarded(&text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
            prop_assert_eq!(unguarded(&cell), text.as_str());
        }
    }
}
