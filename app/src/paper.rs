//! A page that the server draws whole: its own style, its own script, and nothing of the app's side in the browser.

use domain::i18n::Lang;

/// A page without its body.
pub struct Paper<'a> {
    /// What its style and its script are called.
    pub files: &'a str,
    pub lang: Lang,
    /// Of the site's files.
    pub build: &'a str,
    pub nonce: &'a str,
    pub title: &'a str,
    /// "light", "dark", or both.
    pub scheme: &'a str,
    /// Style of its own.
    pub colours: &'a str,
}

impl Paper<'_> {
    /// `body` is HTML of our own making.
    pub fn with(&self, body: &str) -> String {
        let Self { files, lang, build, nonce, title, scheme, colours } = self;
        // A title's text is no place for the marks that a view leaves between its parts.
        let title = title.replace('&', "&amp;").replace('<', "&lt;");
        let lang = lang.code();
        format!(
            "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"robots\" content=\"noindex, nofollow\"><meta name=\"color-scheme\" content=\"{scheme}\">\
             <title>{title}</title><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
             <link rel=\"stylesheet\" href=\"/{files}.css?v={build}\"><style nonce=\"{nonce}\">{colours}</style>\
             <script src=\"/{files}.js?v={build}\" nonce=\"{nonce}\" defer></script></head>\
             <body data-build=\"{build}\">{body}</body></html>"
        )
    }
}

/// A colour as a style sheet writes it.
pub fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
