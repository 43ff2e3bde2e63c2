//! Where somebody goes after signing in: back to where they were sent away from, never to another site.

const LENGTH_MAX: usize = 1_000;

/// The path, where it is surely one of ours; else the front page. Browsers take "//" and "/\" for another host, and
/// drop tabs and line ends before they look.
pub fn safe_next(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !matches!(next.as_bytes().get(1), Some(b'/' | b'\\'))
        && next.bytes().all(|byte| byte.is_ascii_graphic())
        && next.len() <= LENGTH_MAX;
    if ours { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn only_our_own_paths_are_followed() {
        for ours in ["/", "/f/3", "/f/3?q=%D0%A7&over=1", "/settings/team"] {
            assert_eq!(safe_next(ours), ours);
        }
        for foreign in
            ["", "f/3", "//evil.ua", "/\\evil.ua", "/\t/evil.ua", "https://evil.ua", "/a\r\nSet-Cookie:b", "/ї"]
        {
            assert_eq!(safe_next(foreign), "/", "{foreign:?}");
        }
        assert_eq!(safe_next(&format!("/{}", "a".repeat(2_000))), "/");
    }
}
