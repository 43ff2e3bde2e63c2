//! Lists as files, for whoever is signed in: `/export/deals.csv?…`, with the board's filter or a storefront and days.
//! The same behind the API's door, for scripts.

mod asked;
mod refused;

use app::ctx::now;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, get};
use domain::export::{Form, List, parse_file};
use domain::i18n::{Lang, t};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, Uri, header};
use jiff::tz::TimeZone;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::Ctx;
use store::auth::Session;

pub use refused::Refused;

use crate::export::{Table, pour_csv, pour_xlsx};
use crate::guard::csrf;
use crate::state::AppState;

/// What stands in a file's name as it is.
const IN_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

pub fn routes() -> Router<AppState> {
    // To ask what a file would be like is to have it made: HEAD is refused.
    Router::new().route("/{file}", get(door).head(no_head))
}

async fn no_head() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET")]).into_response()
}

async fn door(State(state): State<AppState>, Path(file): Path<String>, request: Request) -> Response {
    let session = request.extensions().get::<Session>().cloned();
    let chosen = session.as_ref().and_then(|session| session.preferences.lang.as_deref()).and_then(Lang::parse);
    let lang = chosen.unwrap_or_else(|| asked_lang(request.headers()));
    if csrf::is_sent_by_another_site(request.headers()) {
        return Refused::SentByAnotherSite.answer(lang);
    }
    let Some(session) = session else { return Refused::SignedOut.answer(lang) };
    let ctx = Ctx { actor: session.actor, now: now() };
    let asked = Asked::of(&request, &file, lang);
    match answer(&state, &ctx, asked).await {
        Ok(response) => response,
        Err(refused) => refused.answer(lang),
    }
}

/// What somebody asks for, and how they asked.
pub struct Asked<'r> {
    file: &'r str,
    lang: Lang,
    uri: &'r Uri,
    headers: &'r HeaderMap,
    extensions: &'r Extensions,
}

impl<'r> Asked<'r> {
    pub fn of(request: &'r Request, file: &'r str, lang: Lang) -> Self {
        Self { file, lang, uri: request.uri(), headers: request.headers(), extensions: request.extensions() }
    }
}

pub fn asked_lang(headers: &HeaderMap) -> Lang {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked.map_or_else(Lang::default, Lang::negotiate)
}

pub async fn answer(state: &AppState, ctx: &Ctx, asked: Asked<'_>) -> Result<Response, Refused> {
    let (list, form) = parse_file(asked.file).ok_or(Refused::NoSuchFile)?;
    let wanted = asked::wanted(list, asked.uri)?;
    state.rates.try_once("export", asked.headers, asked.extensions).map_err(Refused::TooOften)?;
    let place = state.exports.take(ctx.actor.who).map_err(|_| Refused::TooMany)?;
    let store = state.store();
    let export = store.begin_export(ctx, wanted).await?;
    let table = Table::new(store, ctx, export, asked.lang).await?;
    let zone = TimeZone::get(&state.config.time_zone).unwrap_or(TimeZone::UTC);
    let name = named((list, form), asked.lang, &day(ctx.now, &zone));
    match form {
        Form::Csv => {
            let body = pour_csv(table, zone, place).await?;
            Ok(file(body, "text/csv; charset=utf-8", name))
        }
        Form::Xlsx => {
            let (body, length) = pour_xlsx(table, zone, place).await?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            let mut response = file(body, kind, name);
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
            Ok(response)
        }
    }
}

fn day(now: i64, zone: &TimeZone) -> String {
    let now = jiff::Timestamp::from_millisecond(now).map(|now| now.to_zoned(zone.clone()));
    now.map(|now| now.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// Nothing that anybody typed: "deals-2026-11-24.csv", and for browsers that read it the list's name in its language.
fn named((list, form): (List, Form), lang: Lang, day: &str) -> String {
    let (key, ending) = (list.key(), form.key());
    let words = t::export_list(lang, list).to_lowercase().replace(' ', "-");
    let words = format!("{words}-{day}.{ending}");
    let words = utf8_percent_encode(&words, IN_NAME);
    format!("attachment; filename=\"{key}-{day}.{ending}\"; filename*=UTF-8''{words}")
}

fn file(body: Body, kind: &'static str, name: String) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_its_list_and_day() {
        assert_eq!(
            named((List::Deals, Form::Csv), Lang::En, "2026-11-24"),
            "attachment; filename=\"deals-2026-11-24.csv\"; filename*=UTF-8''deals-2026-11-24.csv"
        );
        for lang in Lang::ALL {
            for list in List::ALL {
                let name = named((list, Form::Xlsx), lang, "2026-11-24");
                assert!(name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '), "{name}");
                assert!(name.ends_with("-2026-11-24.xlsx"), "{name}");
            }
        }
    }
}
