//! Where deals come from: the keys, and what people call them.

use axum::Json as Plain;
use domain::deals::Source;
use domain::i18n::{Lang, t};
use serde::Serialize;

use super::asked::NoQuery;
use super::caller::Caller;

#[derive(Serialize)]
pub struct Sources {
    sources: Vec<Named>,
}

#[derive(Serialize)]
pub struct Named {
    key: &'static str,
    names: Names,
}

#[derive(Serialize)]
pub struct Names {
    uk: &'static str,
    en: &'static str,
    ru: &'static str,
}

pub async fn list(Caller(_): Caller, _: NoQuery) -> Plain<Sources> {
    let name = |source: Source| Names {
        uk: t::source_name(Lang::Uk, source),
        en: t::source_name(Lang::En, source),
        ru: t::source_name(Lang::Ru, source),
    };
    let sources = Source::ALL.into_iter().map(|source| Named { key: source.key(), names: name(source) }).collect();
    Plain(Sources { sources })
}
