//! What a server function knows of its request: the server's parts, and who asks. Only on the server.

use std::pin::Pin;
use std::sync::Arc;

use domain::board::Refusal;
use domain::intake::Reason;
use domain::webhooks::UrlFault;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use store::auth::{Session, SignedIn};
use store::intake::Intake;
use store::webhooks::Outgoing;
use store::{Ctx, Store};
use tokio::sync::Notify;

use crate::error::AppError;

/// Handles an intake again; the reason says why it still can't be understood, None that it was.
pub type Replay = Arc<dyn Fn(Intake) -> Pin<Box<dyn Future<Output = Replayed> + Send>> + Send + Sync>;
pub type Replayed = Result<Option<Reason>, store::Error>;

/// Limits how often something is tried; false: too often. The key is a class, such as "sign_in"; the address is added.
pub type Limiter = Arc<dyn Fn(&'static str, &Parts) -> bool + Send + Sync>;

/// Says what is wrong with an address that a webhook is to go to; it may be looked up.
pub type CheckUrl = Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = Result<(), UrlFault>> + Send>> + Send + Sync>;

/// Sends a webhook's message now, and keeps what came of it.
pub type SendNow = Arc<dyn Fn(Outgoing) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// What the settings ask of whoever sends webhooks.
#[derive(Clone)]
pub struct Webhooks {
    pub check: CheckUrl,
    pub send: SendNow,
}

/// The server's parts, given to every page and server function as a context.
#[derive(Clone)]
pub struct Server {
    pub store: Store,
    /// Changes with every build of the browser's side; old tabs compare it.
    pub build: Arc<str>,
    /// Where people reach this server, without a trailing slash.
    pub public_url: Arc<str>,
    pub replay: Replay,
    pub limiter: Limiter,
    /// Told when an import has something to do.
    pub imports: Arc<Notify>,
    pub webhooks: Webhooks,
}

impl Server {
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The session cookie's name. `__Host-` makes browsers refuse one that another host or path set.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-voronka" } else { "voronka" }
}

/// The session token in a request's cookies.
pub fn cookie_token(parts: &Parts, secure: bool) -> Option<String> {
    let name = cookie_name(secure);
    parts
        .headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

pub fn server() -> Result<Server, AppError> {
    use_context::<Server>().ok_or_else(|| AppError::Internal { trace: "no server".into() })
}

/// Who asks, as the session guard found out; it puts `Session` among the request's extensions.
pub fn session() -> Option<Session> {
    use_context::<Parts>()?.extensions.get::<Session>().cloned()
}

/// For commands and queries of somebody signed in.
pub fn ctx() -> Result<Ctx, AppError> {
    match session() {
        Some(session) => Ok(Ctx { actor: session.actor, now: now() }),
        None => {
            tell_status(&AppError::SignedOut);
            Err(AppError::SignedOut)
        }
    }
}

pub fn now() -> i64 {
    let elapsed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
}

/// Refuses when this address tries too often.
pub fn limited(class: &'static str) -> Result<(), AppError> {
    let server = server()?;
    match use_context::<Parts>() {
        Some(parts) if !(server.limiter)(class, &parts) => Err(AppError::Busy),
        Some(_) | None => Ok(()),
    }
}

/// Sets the session cookie of somebody who has just signed in.
pub fn start_session(signed_in: &SignedIn) -> Result<(), AppError> {
    set_cookie(&signed_in.token, store::auth::SESSION_SECONDS)
}

pub fn end_session() -> Result<(), AppError> {
    set_cookie("", 0)
}

fn set_cookie(value: &str, seconds: i64) -> Result<(), AppError> {
    let secure = server()?.secure();
    let flag = if secure { "; Secure" } else { "" };
    let name = cookie_name(secure);
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{flag}");
    let header = HeaderValue::from_str(&cookie).map_err(|error| AppError::Internal { trace: error.to_string() })?;
    expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, header);
    Ok(())
}

/// A rule that said no is no failure of ours: proxies, figures and the browser's console see the difference.
pub fn status_of(error: &AppError) -> StatusCode {
    match error {
        AppError::Refused(Refusal::NotFound) => StatusCode::NOT_FOUND,
        AppError::Refused(Refusal::NotAllowed) => StatusCode::FORBIDDEN,
        AppError::Refused(Refusal::Stale { .. } | Refusal::Edited { .. } | Refusal::CommandReused) => {
            StatusCode::CONFLICT
        }
        AppError::Refused(
            Refusal::StageGone
            | Refusal::ReasonNeeded
            | Refusal::ReasonUnknown
            | Refusal::Faults { .. }
            | Refusal::Limit { .. }
            | Refusal::Import { .. }
            | Refusal::Order { .. }
            | Refusal::Statuses { .. }
            | Refusal::Catalog { .. }
            | Refusal::Stock { .. },
        ) => StatusCode::UNPROCESSABLE_ENTITY,
        AppError::SignedOut => StatusCode::UNAUTHORIZED,
        AppError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Full => StatusCode::INSUFFICIENT_STORAGE,
        AppError::Network | AppError::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn tell_status(error: &AppError) {
    // A plain form's refusal is a redirect back to it.
    let form = use_context::<Parts>().is_some_and(|parts| {
        let accepts = parts.headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        parts.method == http::Method::POST && accepts.contains("text/html")
    });
    if let Some(response) = use_context::<ResponseOptions>().filter(|_| !form) {
        response.set_status(status_of(error));
    }
}

impl From<store::Error> for AppError {
    fn from(error: store::Error) -> Self {
        let error = Self::of(error);
        tell_status(&error);
        error
    }
}

impl AppError {
    fn of(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => AppError::Refused(refusal),
            // No page of ours asks for one state of a thing.
            store::Error::Changed { .. } => AppError::Refused(Refusal::Edited { version: 0 }),
            store::Error::SignedOut => AppError::SignedOut,
            store::Error::Busy | store::Error::Closed => AppError::Busy,
            store::Error::Full => {
                tracing::error!("a command was refused: the disk is full");
                AppError::Full
            }
            other @ (store::Error::Database(_)
            | store::Error::Migration(_)
            | store::Error::Corrupt(_)
            | store::Error::Io(_)) => {
                let trace = uuid::Uuid::new_v4().simple().to_string();
                let trace = trace.get(..12).unwrap_or_default().to_owned();
                tracing::error!(%trace, error = %other, "a request failed");
                AppError::Internal { trace }
            }
        }
    }
}
