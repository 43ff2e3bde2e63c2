//! Where a webhook may lead, as far as its address says so itself. What a name resolves to is asked when it is connected.

use serde::{Deserialize, Serialize};

pub const URL_CHARS_MAX: usize = 2_000;

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UrlFault {
    Malformed,
    TooLong,
    NotHttps,
    /// A name and a password in an address end up in every log on the way.
    HasPassword,
    /// It leads to this machine or into a network behind it.
    Private,
    UnknownHost,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schemes {
    Https,
    /// For tests alone.
    HttpToo,
}

/// The address without blanks around it.
pub fn checked_url(text: &str, schemes: Schemes) -> Result<String, UrlFault> {
    let text = text.trim();
    if text.chars().count() > URL_CHARS_MAX {
        return Err(UrlFault::TooLong);
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(UrlFault::Malformed);
    }
    let (scheme, _) = text.split_once("://").ok_or(UrlFault::Malformed)?;
    let allowed = match scheme.to_ascii_lowercase().as_str() {
        "https" => true,
        "http" => schemes == Schemes::HttpToo,
        _ => false,
    };
    if !allowed {
        return Err(UrlFault::NotHttps);
    }
    if authority(text).contains('@') {
        return Err(UrlFault::HasPassword);
    }
    if host_of(text).is_empty() {
        return Err(UrlFault::Malformed);
    }
    Ok(text.to_owned())
}

/// The host alone, in small letters: what a history may tell of an address whose path may be a secret.
pub fn host_of(url: &str) -> String {
    let authority = authority(url);
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let host = match place.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    host.to_lowercase()
}

fn authority(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
