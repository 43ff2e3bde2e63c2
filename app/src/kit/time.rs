//! Times as people say them.

use domain::i18n::{Lang, t};
use domain::ids::Millis;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// How long, in the largest whole unit: "3 d", "5 h", "12 min".
pub fn span(ms: Millis, lang: Lang) -> String {
    match ms {
        ms if ms >= DAY => t::days_short(lang, ms / DAY),
        ms if ms >= HOUR => t::hours_short(lang, ms / HOUR),
        ms if ms >= MINUTE => t::minutes_short(lang, ms / MINUTE),
        _ => t::just_now(lang).to_owned(),
    }
}

/// The browser's clock, ms; 0 on the server, which has no clock of its own here.
pub fn browser_now() -> Millis {
    #[cfg(feature = "hydrate")]
    {
        js_sys::Date::now() as Millis
    }
    #[cfg(not(feature = "hydrate"))]
    {
        0
    }
}

/// Day and time in the reader's own zone and language's form. Empty on the server, which does not know the zone.
pub fn local(at: Millis, lang: Lang) -> String {
    shown(at, lang, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// The day alone.
pub fn day(at: Millis, lang: Lang) -> String {
    shown(at, lang, &[("dateStyle", "long")])
}

fn shown(at: Millis, lang: Lang, form: &[(&str, &str)]) -> String {
    #[cfg(feature = "hydrate")]
    {
        let options = js_sys::Object::new();
        for (key, value) in form {
            let _ = js_sys::Reflect::set(&options, &(*key).into(), &(*value).into());
        }
        let locale = match lang {
            Lang::Uk => "uk-UA",
            Lang::En => "en-GB",
            Lang::Ru => "ru-UA",
        };
        let date = js_sys::Date::new(&(at as f64).into());
        String::from(date.to_locale_string(locale, &options))
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (at, lang, form);
        String::new()
    }
}
