//! Forms as browsers and PHP's curl post them. curl sends an array as multipart and a string as urlencoded, and landing
//! pages do either, so the body itself is asked which it is: one that was kept is read again without its headers.

use domain::intake::Why;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode, percent_encode};

use super::Refusal;

const FIELDS_MAX: usize = 200;
/// RFC 2046 allows seventy characters after the two dashes.
const BOUNDARY_BYTES_MAX: usize = 72;
const LINE_END: &[u8] = b"\r\n";
const HEAD_END: &[u8] = b"\r\n\r\n";

/// Names and values as they came. Values are bytes, because nobody promises their encoding.
/// It has no Debug: it holds a key and a customer.
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, Vec<u8>)>,
}

impl Form {
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let body = body.trim_ascii_start();
        if body.starts_with(b"--") { Self::multipart(body) } else { Ok(Self::urlencoded(body)) }
    }

    /// The form in an address is this one too. Fields past the limit are left out.
    pub fn urlencoded(text: &[u8]) -> Self {
        let pairs = text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).take(FIELDS_MAX);
        Form { fields: pairs.map(pair).collect() }
    }

    fn multipart(body: &[u8]) -> Result<Self, Refusal> {
        let cut = || Refusal::at("body", Why::FormCutShort);
        let first_line = &body[..body.len().min(BOUNDARY_BYTES_MAX + LINE_END.len())];
        let boundary = &body[..find(first_line, LINE_END).ok_or_else(cut)?];
        let delimiter = [LINE_END, boundary].concat();
        let mut fields = Vec::new();
        let mut rest = &body[boundary.len()..];
        while let Some(part) = rest.strip_prefix(LINE_END) {
            if fields.len() == FIELDS_MAX {
                return Ok(Form { fields });
            }
            let head = &part[..find(part, HEAD_END).ok_or_else(cut)?];
            let after = &part[head.len() + HEAD_END.len()..];
            let value = &after[..find(after, &delimiter).ok_or_else(cut)?];
            fields.extend(part_name(head).map(|name| (name, value.to_vec())));
            rest = &after[value.len() + delimiter.len()..];
        }
        if rest.starts_with(b"--") { Ok(Form { fields }) } else { Err(cut()) }
    }

    /// The last of that name, as PHP takes it.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.fields.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_slice())
    }

    /// The same, trimmed; None where it is missing or blank. A name in another encoding is garbled, and not a reason
    /// to lose the telephone beside it.
    pub fn text(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(self.bytes(name)?);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// As one urlencoded text, without the fields of these names.
    pub fn encoded_without(&self, names: &[&str]) -> String {
        let kept = self.fields.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        let pairs = kept.map(|(name, value)| format!("{}={}", encoded(name.as_bytes()), encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// Without its percent signs and pluses.
pub fn decoded(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}

fn encoded(bytes: &[u8]) -> String {
    percent_encode(bytes, NON_ALPHANUMERIC).to_string()
}

fn pair(text: &[u8]) -> (String, Vec<u8>) {
    let end = text.iter().position(|byte| *byte == b'=').unwrap_or(text.len());
    let name = String::from_utf8_lossy(&decoded(&text[..end])).into_owned();
    (name, decoded(text.get(end + 1..).unwrap_or_default()))
}

/// From `Content-Disposition: form-data; name="phone"`.
fn part_name(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let disposition = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let name = disposition.split(';').find_map(|parameter| parameter.trim().strip_prefix("name="))?;
    Some(name.trim_matches('"').to_owned())
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}
