//! A cell that a spreadsheet could take for a formula is written with an apostrophe before it, and read without it.

use std::borrow::Cow;

const GUARD: char = '\'';

/// As it is written into a file that people open in a spreadsheet.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_risky(cell) { Cow::Owned(format!("{GUARD}{cell}")) } else { Cow::Borrowed(cell) }
}

/// As it was before it was guarded. Of several apostrophes one is ours, so that guarding can always be taken back.
/// Other programs guard a number, which must not be counted with, by a formula: ="0501112233".
pub fn unguarded(cell: &str) -> &str {
    if let Some(text) = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return text;
    }
    match cell.strip_prefix(GUARD) {
        Some(rest) if is_risky(rest) => rest,
        Some(_) | None => cell,
    }
}

/// Behind any number of apostrophes: else one that somebody wrote themselves would be taken for ours.
fn is_risky(cell: &str) -> bool {
    cell.trim_start_matches(GUARD).starts_with(['=', '+', '-', '@', '\t', '\r'])
}
