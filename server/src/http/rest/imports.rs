//! Imports: a file of customers, deals or orders is brought, its columns are understood, it is set going and taken back.

use std::time::Duration;

use axum::Json as Plain;
use axum::extract::{Request, State};
use axum::response::Response;
use domain::i18n::{Lang, t};
use domain::ids::{ImportId, StorefrontId};
use domain::import::{Draft, FILE_NAME_CHARS_MAX, Field, Import, Kind, Mapping, Purpose, RefusedRow, StartImport, Why};
use formats::tables::Unreadable;
use http::{HeaderMap, StatusCode, Uri, header};
use serde::{Deserialize, Serialize};
use store::Ctx;

use super::asked::{Asked, InPath, Json, Key, NoQuery};
use super::caller::Caller;
use super::problem::Problem;
use super::tag::Entity;
use crate::guard::places::Full;
use crate::http::export::asked_lang;
use crate::http::import::{Brought, NotBrought, bring, hand_out};
use crate::state::AppState;

const PAGE: i64 = 50;
const PAGE_MAX: i64 = 100;
/// Until one of two files is likely to be in.
const WAIT: Duration = Duration::from_secs(10);
/// By so many rows a file's columns are guessed.
const SAMPLE_ROWS: i64 = 1_000;
/// What a table may call itself.
const KINDS: [&str; 3] =
    ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/octet-stream"];

#[derive(Serialize)]
pub struct Imports {
    imports: Vec<Import>,
}

/// The newest first, a hundred at most.
pub async fn list(State(state): State<AppState>, Caller(ctx): Caller, _: NoQuery) -> Result<Plain<Imports>, Problem> {
    Ok(Plain(Imports { imports: state.store().imports(&ctx).await? }))
}

/// The body is the file. Answers with what its columns seem to mean.
pub async fn take(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    key: Key,
    request: Request,
) -> Result<Entity<Draft>, Problem> {
    let brought = brought(request.uri())?;
    if !is_table(request.headers()) {
        return Err(Problem::not_a_file(&KINDS));
    }
    let draft = bring(&state, ctx, key.0, (brought, request.into_body())).await?;
    let place = format!("/imports/{}", draft.import.id);
    Ok(Entity::new(draft)?.made_at(place))
}

fn brought(uri: &Uri) -> Result<Brought, Problem> {
    let asked = Asked::read(uri, &[&["storefront", "kind", "funnel", "file_name"]])?;
    let storefront: Option<StorefrontId> = asked.parse("storefront")?;
    let storefront = storefront.ok_or_else(|| Problem::malformed("storefront", "whose it is must be said"))?;
    let kind = asked.get("kind").and_then(Kind::parse);
    let kind = kind.ok_or_else(|| Problem::malformed("kind", "a kind is customers, deals or orders"))?;
    let name = asked.get("file_name").map(str::to_owned);
    if name.as_ref().is_some_and(|name| name.chars().count() > FILE_NAME_CHARS_MAX) {
        return Err(Problem::malformed("file_name", format!("a name has at most {FILE_NAME_CHARS_MAX} characters")));
    }
    Ok(Brought { storefront, kind, funnel: asked.parse("funnel")?, name })
}

fn is_table(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known))
}

pub async fn one(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    import: InPath,
    _: NoQuery,
) -> Result<Entity<Import>, Problem> {
    Entity::new(state.store().import(&ctx, import.id()?).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// Missing: as it was started last, else as such a file was imported last, else as guessed.
    mapping: Option<Mapping>,
    purpose: Purpose,
}

pub async fn start(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    import: InPath,
    key: Key,
    _: NoQuery,
    Json(asked): Json<Start>,
) -> Result<(StatusCode, Entity<Import>), Problem> {
    let import: ImportId = import.id()?;
    let mapping = match asked.mapping {
        Some(mapping) => mapping,
        None => understood(&state, &ctx, import).await?,
    };
    let start = StartImport { import, mapping, purpose: asked.purpose };
    going(&state, state.store().start_import(&ctx, key.0, start).await?)
}

async fn understood(state: &AppState, ctx: &Ctx, id: ImportId) -> Result<Mapping, Problem> {
    let store = state.store();
    let import = store.import(ctx, id).await?;
    let rows = store.sample_rows(ctx, id, SAMPLE_ROWS).await?;
    let remembered = store.remembered_mapping(ctx, id).await?;
    Ok(Draft::new(import, &rows, remembered).mapping)
}

pub async fn stop(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    import: InPath,
    key: Key,
    _: NoQuery,
) -> Result<Entity<Import>, Problem> {
    Entity::new(state.store().stop_import(&ctx, key.0, import.id()?).await?)
}

/// What it made goes, but for what somebody has worked on since.
pub async fn undo(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    import: InPath,
    key: Key,
    _: NoQuery,
) -> Result<(StatusCode, Entity<Import>), Problem> {
    going(&state, state.store().undo_import(&ctx, key.0, import.id()?).await?)
}

/// The work is done after the answer.
fn going(state: &AppState, import: Import) -> Result<(StatusCode, Entity<Import>), Problem> {
    state.server.imports.notify_one();
    Ok((StatusCode::ACCEPTED, Entity::new(import)?))
}

#[derive(Serialize)]
pub struct Page {
    rows: Vec<Row>,
    /// Ask with it for the next page; null on the last.
    next_cursor: Option<String>,
}

#[derive(Serialize)]
struct Row {
    row: i64,
    cells: Vec<String>,
    wrong: Vec<Told>,
}

/// What is wrong: keys for programs, and words.
#[derive(Serialize)]
struct Told {
    column: Option<usize>,
    field: Field,
    why: Why,
    detail: &'static str,
}

pub async fn refused(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    import: InPath,
    uri: Uri,
) -> Result<Plain<Page>, Problem> {
    let asked = Asked::read(&uri, &[&["cursor", "limit"]])?;
    let (after, limit) = (asked.parse::<i64>("cursor")?.unwrap_or(0), asked.limit(PAGE, PAGE_MAX)?);
    let import = state.store().import(&ctx, import.id()?).await?;
    if import.emptied {
        return Err(Problem::gone());
    }
    let mut rows = state.store().refused_rows(&ctx, import.id, after, limit + 1).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(limit as usize);
    let next_cursor = rows.last().filter(|_| more).map(|row| row.row.to_string());
    Ok(Plain(Page { rows: rows.into_iter().map(told).collect(), next_cursor }))
}

fn told(row: RefusedRow) -> Row {
    let RefusedRow { row, cells, wrong } = row;
    let told = wrong.into_iter().map(|wrong| Told {
        column: wrong.column,
        field: wrong.field,
        why: wrong.why,
        detail: wrong.why.words(Lang::En),
    });
    Row { row, cells, wrong: told.collect() }
}

/// The same as a file, to mend and to bring again; in the language that is asked for.
pub async fn report(
    State(state): State<AppState>,
    Caller(ctx): Caller,
    import: InPath,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let file = hand_out(state.store(), ctx, import.id()?, asked_lang(&headers)).await?;
    file.ok_or_else(Problem::gone)
}

impl From<NotBrought> for Problem {
    fn from(error: NotBrought) -> Self {
        match error {
            NotBrought::TooMany(Full::Yours) => Problem::too_many(WAIT).detail(t::import_two_coming(Lang::En)),
            NotBrought::TooMany(Full::All) => Problem::busy(),
            NotBrought::TooLong => Problem::too_large(),
            NotBrought::BrokenOff => Problem::malformed("body", "the body was cut off, or came too slowly"),
            NotBrought::Io(error) | NotBrought::Unreadable(Unreadable::Io(error)) => store::Error::Io(error).into(),
            NotBrought::Unreadable(unreadable) => Problem::import(unreadable.key()).detail(unreadable.words(Lang::En)),
            NotBrought::Store(error) => error.into(),
        }
    }
}
