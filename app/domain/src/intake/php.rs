//! What can be wrong with a text in PHP's serialized form.

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, t};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhpFault {
    CutShort,
    NotAValue,
    /// Objects and references are how such a text attacks a PHP that reads it.
    Forbidden,
    TooDeep,
    TooMany {
        max: i64,
    },
    WrongKey,
    ShortText,
    /// A page that was converted to UTF-8 without counting again.
    NotUtf8,
    NotANumber,
    NotFinite,
    Mismatch,
    SecondValue,
}

impl PhpFault {
    pub fn words(self, lang: Lang) -> String {
        match self {
            PhpFault::CutShort => t::php_cut_short(lang),
            PhpFault::NotAValue => t::php_not_a_value(lang),
            PhpFault::Forbidden => t::php_forbidden(lang),
            PhpFault::TooDeep => t::php_too_deep(lang),
            PhpFault::TooMany { max } => return t::php_too_many(lang, max),
            PhpFault::WrongKey => t::php_wrong_key(lang),
            PhpFault::ShortText => t::php_short_text(lang),
            PhpFault::NotUtf8 => t::php_not_utf8(lang),
            PhpFault::NotANumber => t::php_not_a_number(lang),
            PhpFault::NotFinite => t::php_not_finite(lang),
            PhpFault::Mismatch => t::php_mismatch(lang),
            PhpFault::SecondValue => t::php_second_value(lang),
        }
        .to_owned()
    }
}
