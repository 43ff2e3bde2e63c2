//! What a change of many did not do, as a file.

/// Number and reason, as a table that any spreadsheet reads.
pub fn csv(head: [&str; 2], rows: &[(String, String)]) -> String {
    let mut text = String::from("\u{feff}");
    let rows = rows.iter().map(|(number, reason)| [number.as_str(), reason.as_str()]);
    for [one, other] in std::iter::once(head).chain(rows) {
        text.push_str(&format!("{},{}\r\n", cell(one), cell(other)));
    }
    text
}

/// What begins like a formula is not one.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// The file as an address.
pub fn address(csv: &str) -> String {
    #[cfg(feature = "hydrate")]
    let text = String::from(js_sys::encode_uri_component(csv));
    #[cfg(not(feature = "hydrate"))]
    let text = csv.len().to_string();
    format!("data:text/csv;charset=utf-8,{text}")
}

#[cfg(test)]
mod tests {
    use super::csv;

    #[test]
    fn no_cell_is_a_formula_or_two() {
        let rows = [("=1+1".to_owned(), "a \"b\", c".to_owned())];
        assert_eq!(csv(["No.", "Why"], &rows), "\u{feff}\"No.\",\"Why\"\r\n\"'=1+1\",\"a \"\"b\"\", c\"\r\n");
    }
}
