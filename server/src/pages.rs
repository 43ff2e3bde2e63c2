//! The addresses of pages: a slash at the end of one is taken away, for people and old links put it there.

use http::Uri;

/// Pages that are none of the app's.
const OURS: [&str; 2] = ["/tv", "/t/{token}"];

/// Where the page is that was meant, for an address that only slashes at its end keep from being one. `pages` are
/// paths with their parameters in braces.
pub fn meant<'a>(uri: &Uri, pages: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let path = uri.path().strip_suffix('/')?.trim_end_matches('/');
    if !OURS.into_iter().chain(pages).any(|page| leads_to(path, page)) {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{path}{query}"))
}

fn leads_to(path: &str, page: &str) -> bool {
    let (mut asked, mut known) = (path.split('/'), page.split('/'));
    loop {
        match (asked.next(), known.next()) {
            (None, None) => return true,
            (Some(asked), Some(known)) if asked == known => {}
            // A browser takes a backslash for a slash: an address with one may lead to somebody else's site.
            (Some(asked), Some(known)) if known.starts_with('{') && !asked.is_empty() && !asked.contains('\\') => {}
            (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn only_a_page_of_ours_is_meant() {
        let pages = ["/", "/settings", "/settings/funnels/{funnel}", "/{anything}"];
        let cases = [
            ("/settings/", Some("/settings")),
            ("/settings///", Some("/settings")),
            ("/settings/?tab=1&x=/", Some("/settings?tab=1&x=/")),
            ("/settings/funnels/7/", Some("/settings/funnels/7")),
            ("/tv/", Some("/tv")),
            ("/t/abc/", Some("/t/abc")),
            ("/", None),
            ("/settings", None),
            ("/settings/nowhere/", None),
            ("/settings//funnels/7/", None),
            ("//evil.example/", None),
            ("//evil.example//", None),
            ("/\\evil.example/", None),
            ("/t/\\evil.example/", None),
            ("/settings/funnels//", None),
        ];
        for (asked, expected) in cases {
            let uri = asked.parse().expect("an address");
            assert_eq!(meant(&uri, pages).as_deref(), expected, "{asked}");
        }
    }
}
