//! What stands between the cells: the sign that cuts the rows into as many cells as the headings.

use csv::{ReaderBuilder, StringRecord};

/// The most likely first: what cuts equally well is decided by this order.
const CANDIDATES: [u8; 4] = [b';', b',', b'\t', b'|'];
/// Rows that are looked at.
const ROWS_MAX: usize = 200;

/// Excel's own word for it, as the first line of a file: `sep=;`. With the length of that line.
pub fn declared(text: &str) -> Option<(u8, usize)> {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    let sign = line.trim_end().strip_prefix("sep=")?;
    match sign.as_bytes() {
        [sign] => Some((*sign, line.len())),
        // A tab at the end was trimmed away.
        [] if line.contains('\t') => Some((b'\t', line.len())),
        _ => None,
    }
}

/// `cut`: the text ends in the middle of a row.
pub fn sniff(text: &str, cut: bool) -> u8 {
    let judged = CANDIDATES.map(|sign| (judge(text, cut, sign), sign));
    // The first of the best: later ones must be better.
    let best = judged.into_iter().reduce(|best, other| if other.0 > best.0 { other } else { best });
    // One column alone: a tab is the least likely to be in it.
    best.filter(|(score, _)| *score > 0).map_or(b'\t', |(_, sign)| sign)
}

/// How well it cuts: into how many cells, and how many of the rows into as many as the headings. A decimal comma in each
/// row and one among the headings cut as evenly as the true sign does, but into fewer cells.
fn judge(text: &str, cut: bool, sign: u8) -> usize {
    let mut reader =
        ReaderBuilder::new().delimiter(sign).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows: Vec<usize> = Vec::new();
    let mut row = StringRecord::new();
    while rows.len() < ROWS_MAX && reader.read_record(&mut row).unwrap_or(false) {
        rows.push(row.len());
    }
    if cut && (2..ROWS_MAX).contains(&rows.len()) {
        rows.pop();
    }
    let Some((headings, rest)) = rows.split_first() else { return 0 };
    let alike = rest.iter().filter(|cells| *cells == headings).count();
    let share = if rest.is_empty() { 100 } else { alike * 100 / rest.len() };
    headings.saturating_sub(1) * (share * share + 1)
}
