//! How long another system asks to be left alone.

use domain::ids::Millis;
use http::HeaderMap;
use http::header::RETRY_AFTER;

/// Seconds, of which Shopify writes parts, or a date.
pub fn retry_after(headers: &HeaderMap, now: Millis) -> Option<Millis> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return (seconds.is_finite() && seconds >= 0.0).then_some((seconds * 1_000.0) as Millis);
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_millisecond();
    Some(at - now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: http::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, http::HeaderValue::from_static(value))])
    }

    #[test]
    fn patience_is_read_in_both_notations() {
        let now = 1_445_412_420_000;
        let asked = |value| retry_after(&with(RETRY_AFTER, value), now);
        assert_eq!(asked("2"), Some(2_000));
        assert_eq!(asked("1.5"), Some(1_500));
        assert_eq!(asked("Wed, 21 Oct 2015 07:28:00 GMT"), Some(60_000));
        assert_eq!((asked("soon"), asked("-1"), asked("NaN")), (None, None, None));
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
