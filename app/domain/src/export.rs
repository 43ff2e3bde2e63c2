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
    Products,
    Events,
}

impl List {
    pub const ALL: [List; 5] = [List::Deals, List::Customers, List::Orders, List::Products, List::Events];

    pub fn key(self) -> &'static str {
        match self {
            List::Deals => "deals",
            List::Customers => "customers",
            List::Orders => "orders",
            List::Products => "products",
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

/// For a workbook, in which a text is never a formula: it stays as it is, but for what [`unguarded`] would take for a
/// guarded one.
pub fn told_apart(text: &str) -> Cow<'_, str> {
    if unguarded(text) == text { Cow::Borrowed(text) } else { guarded(text) }
}

/// Takes back what [`guarded`] added, for whoever reads such a file. Other programs guard a number that is not to be
/// counted with by a formula, ="0501112233", which nothing of ours begins with.
pub fn unguarded(cell: &str) -> &str {
    if let Some(text) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return text;
    }
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
            ("''+x", "'''+x"),
            ("=\"0501112233\"", "'=\"0501112233\""),
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
    fn what_other_programs_guard_is_read_too() {
        for (cell, text) in [("=\"0501112233\"", "0501112233"), ("=\"\"", ""), ("=\"", "=\""), ("=A1", "=A1")] {
            assert_eq!(unguarded(cell), text, "{cell:?}");
        }
    }

    #[test]
    fn a_workbook_s_text_is_as_it_is_unless_it_would_be_read_otherwise() {
        for text in ["=1+1", "+380501234567", "-1", "'лапка", "Олена", ""] {
            assert_eq!(told_apart(text), text);
        }
        assert_eq!((told_apart("'=1").as_ref(), told_apart("=\"1\"").as_ref()), ("''=1", "'=\"1\""));
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

        #[test]
        fn a_cell_of_a_workbook_reads_back(text in "['=+\"-]{0,3}\\PC{0,8}\"?") {
            let told = told_apart(&text);
            prop_assert_eq!(unguarded(&told), text.as_str());
        }
    }
}
