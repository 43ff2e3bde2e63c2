//! Every word people read, in Ukrainian, English and Russian. A message is a function that takes the language and its
//! typed arguments; a missing translation does not compile. Pages, letters and histories share it.

mod auth;
mod backfill;
mod board;
mod common;
mod deals;
mod export;
mod history;
mod intake;
mod import;
mod import_page;
mod orders;
mod orders_page;
mod screens;
mod settings;
mod statuses;
mod tokens;
mod tracking;
mod webhooks;

pub mod t {
    //! The catalogue, one flat namespace.
    pub use super::{
        auth::*, backfill::*, board::*, common::*, deals::*, export::*, history::*, import::*, import_page::*,
        intake::*, orders::*, orders_page::*, screens::*, settings::*, statuses::*, tokens::*, tracking::*,
        webhooks::*,
    };
}

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Uk,
    En,
    Ru,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::Uk, Lang::En, Lang::Ru];

    pub fn code(self) -> &'static str {
        match self {
            Lang::Uk => "uk",
            Lang::En => "en",
            Lang::Ru => "ru",
        }
    }

    /// The language's name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Uk => "Українська",
            Lang::En => "English",
            Lang::Ru => "Русский",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The first language of an Accept-Language header that we speak, by quality; Ukrainian where there is none.
    pub fn negotiate(header: &str) -> Self {
        let mut best = (0.0f32, Lang::default());
        for part in header.split(',').take(20) {
            let mut pieces = part.trim().split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality =
                pieces.find_map(|p| p.trim().strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0f32);
            if let Some(lang) = Self::parse(tag.split('-').next().unwrap_or_default())
                && quality > best.0
            {
                best = (quality, lang);
            }
        }
        best.1
    }

    /// CLDR's cardinal category of a whole number, as an index into (one, few, many).
    /// English uses "one" and "many"; Ukrainian and Russian share their rule.
    pub fn plural(self, n: i64) -> usize {
        let n = n.unsigned_abs();
        match self {
            Lang::En => {
                if n == 1 {
                    0
                } else {
                    2
                }
            }
            Lang::Uk | Lang::Ru => match (n % 10, n % 100) {
                (1, tens) if tens != 11 => 0,
                (2..=4, tens) if !(12..=14).contains(&tens) => 1,
                _ => 2,
            },
        }
    }
}

/// `name => "uk", "en", "ru";` · `name(arg: Type) => "uk {arg}", …;` ·
/// `plural name => ["{n} one", "few", "many"], ["{n} one", "other"], [ru …];`
macro_rules! messages {
    () => {};
    ($name:ident => $uk:literal, $en:literal, $ru:literal; $($rest:tt)*) => {
        pub fn $name(lang: $crate::i18n::Lang) -> &'static str {
            match lang {
                $crate::i18n::Lang::Uk => $uk,
                $crate::i18n::Lang::En => $en,
                $crate::i18n::Lang::Ru => $ru,
            }
        }
        $crate::i18n::messages! { $($rest)* }
    };
    ($name:ident($($arg:ident: $type:ty),+) => $uk:literal, $en:literal, $ru:literal; $($rest:tt)*) => {
        pub fn $name(lang: $crate::i18n::Lang, $($arg: $type),+) -> String {
            match lang {
                $crate::i18n::Lang::Uk => format!($uk),
                $crate::i18n::Lang::En => format!($en),
                $crate::i18n::Lang::Ru => format!($ru),
            }
        }
        $crate::i18n::messages! { $($rest)* }
    };
    (plural $name:ident => [$uk1:literal, $uk2:literal, $uk5:literal], [$en1:literal, $en2:literal],
     [$ru1:literal, $ru2:literal, $ru5:literal]; $($rest:tt)*) => {
        pub fn $name(lang: $crate::i18n::Lang, n: i64) -> String {
            use $crate::i18n::Lang;
            let form = match lang {
                Lang::Uk => [$uk1, $uk2, $uk5],
                Lang::En => [$en1, $en2, $en2],
                Lang::Ru => [$ru1, $ru2, $ru5],
            }[lang.plural(n)];
            form.replace("{n}", &$crate::money::group(n.unsigned_abs(), lang))
        }
        $crate::i18n::messages! { $($rest)* }
    };
}
pub(crate) use messages;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_cldr() {
        let forms = |lang: Lang| [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111].map(|n| lang.plural(n));
        assert_eq!(forms(Lang::Uk), [2, 0, 1, 1, 2, 2, 2, 2, 0, 1, 2, 0, 2]);
        assert_eq!(forms(Lang::En), [2, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
        assert_eq!(t::deals(Lang::Uk, 1234), "1\u{a0}234 угоди");
    }

    #[test]
    fn the_browser_s_language_is_met() {
        assert_eq!(Lang::negotiate("de-DE,en;q=0.8,uk;q=0.9"), Lang::Uk);
        assert_eq!(Lang::negotiate("en-GB,en"), Lang::En);
        assert_eq!(Lang::negotiate("de, ru;q=0.1"), Lang::Ru);
        assert_eq!(Lang::negotiate(";;q=x,,"), Lang::Uk);
    }
}
