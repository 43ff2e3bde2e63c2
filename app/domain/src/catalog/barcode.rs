//! Barcodes. One that looks like an EAN or UPC has a check digit, and a mistyped one is found by it; a shop's own code
//! may be anything short.

pub const BARCODE_CHARS_MAX: usize = 40;

/// Without spaces; None where it can't be a barcode. EAN-8, UPC-A, EAN-13 and GTIN-14 are told by their length.
pub fn checked_barcode(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = (1..=BARCODE_CHARS_MAX).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_graphic());
    let numbered = code.bytes().all(|b| b.is_ascii_digit()) && matches!(code.len(), 8 | 12 | 13 | 14);
    (fits && (!numbered || checks(&code))).then_some(code)
}

/// From the right, the digits count once and thrice by turns; the sum is a multiple of ten.
fn checks(digits: &str) -> bool {
    let weighed = digits.bytes().rev().zip([1, 3].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    sum.is_multiple_of(10)
}
