//! An order's page for its customer, its news while it is open, and its link as a picture. Whoever has the link sees
//! the order; a link that opens nothing looks the same whether it never did or does no more.

use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use app::tracking::{self, Look};
use axum::extract::{Path, Request, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, get};
use domain::i18n::Lang;
use domain::ids::{DealId, Millis};
use domain::tracking::Tracked;
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tower_http::compression::CompressionLayer;

use crate::guard::{address, rate};
use crate::hub::News;
use crate::state::AppState;

/// Open pages of one address, and of all.
const PAGES_PER_ADDRESS_MAX: usize = 20;
const PAGES_MAX: usize = 10_000;
/// How long a browser that lost its line waits, ms.
const RETRY: Duration = Duration::from_secs(4);
/// Quiet modules around the code.
const PICTURE_MARGIN: usize = 4;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/{token}", get(page).layer(CompressionLayer::new()))
        .route("/{token}/qr.svg", get(picture).layer(CompressionLayer::new()))
        .route("/{token}/live", get(news))
}

async fn page(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    if let Err(wait) = state.rates.try_once("track", request.headers(), request.extensions()) {
        return too_often(wait);
    }
    let style = Style::of(&state, request.headers());
    match state.store().tracked(&token).await {
        Ok(Some((_, order))) => style.answer(StatusCode::OK, style.page(&order)),
        Ok(None) => style.answer(StatusCode::NOT_FOUND, style.nothing()),
        Err(error) => trouble(&error),
    }
}

async fn picture(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    if let Err(wait) = state.rates.try_once("track", request.headers(), request.extensions()) {
        return too_often(wait);
    }
    match state.store().tracked(&token).await {
        Ok(Some(_)) => {}
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return trouble(&error),
    }
    let link = format!("{}/t/{token}", state.server.public_url);
    let Ok(code) = QRBuilder::new(link).build() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let drawn = SvgBuilder::default().margin(PICTURE_MARGIN).to_str(&code);
    let mut response = drawn.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    private(&mut response);
    response
}

/// The page's inside, now and whenever it changes. What connects again is told anew: nothing is missed.
async fn news(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    if let Err(wait) = state.rates.try_once("track", request.headers(), request.extensions()) {
        return too_often(wait);
    }
    let address = address::client(request.headers(), request.extensions(), state.config.trusted_proxies);
    let Some(seat) = Seat::take(address) else { return too_often(Duration::from_secs(30)) };
    let Some(heard) = state.hub.subscribe().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let deal = match state.store().tracked(&token).await {
        Ok(Some((deal, _))) => deal,
        // The page is told so, and loads what a link that opens nothing shows.
        Ok(None) => DealId(0),
        Err(error) => return trouble(&error),
    };
    let style = Style::of(&state, request.headers());
    let reader = Reader { state, token, deal, style, heard, shown: None, ended: false, _seat: seat };
    let stream = futures::stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    let mut response = Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response();
    private(&mut response);
    response
}

struct Reader {
    state: AppState,
    token: String,
    deal: DealId,
    style: Style,
    heard: Receiver<News>,
    shown: Option<String>,
    ended: bool,
    _seat: Seat,
}

impl Reader {
    /// The next thing to say; None: the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if self.ended {
            return None;
        }
        loop {
            if self.shown.is_some() {
                self.something_happens().await?;
            }
            match self.state.store().tracked(&self.token).await {
                Ok(Some((_, order))) => {
                    let html = self.style.inside(&order);
                    if self.shown.as_ref() != Some(&html) {
                        let data = serde_json::to_string(&html).ok()?;
                        self.shown = Some(html);
                        return Some(Event::default().event("order").retry(RETRY).data(data));
                    }
                }
                Ok(None) => {
                    self.ended = true;
                    return Some(Event::default().event("gone").data("ended"));
                }
                Err(error) => {
                    tracing::warn!(%error, "an order's page was cut off");
                    return None;
                }
            }
        }
    }

    /// Waits until the deal may have changed; None: the server stops.
    async fn something_happens(&mut self) -> Option<()> {
        let hub = self.state.hub.clone();
        loop {
            let told = tokio::select! {
                () = hub.closed() => return None,
                told = self.heard.recv() => told,
            };
            match told {
                Ok(News::Event(frame)) if frame.deal == Some(self.deal) => return Some(()),
                Ok(News::Event(_)) => {}
                Ok(News::Resync) | Err(RecvError::Lagged(_)) => return Some(()),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

/// How this reader's page is drawn.
struct Style {
    lang: Lang,
    build: std::sync::Arc<str>,
    nonce: String,
    zone: jiff::tz::TimeZone,
}

impl Style {
    fn of(state: &AppState, headers: &HeaderMap) -> Self {
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self {
            lang: asked.map_or_else(Lang::default, Lang::negotiate),
            build: state.server.build.clone(),
            nonce: uuid::Uuid::new_v4().simple().to_string(),
            zone: jiff::tz::TimeZone::get(&state.config.time_zone).unwrap_or(jiff::tz::TimeZone::UTC),
        }
    }

    fn look<T>(&self, draw: impl FnOnce(&Look<'_>) -> T) -> T {
        let when = |at: Millis| self.when(at);
        draw(&Look { lang: self.lang, build: &self.build, nonce: &self.nonce, when: &when })
    }

    fn page(&self, order: &Tracked) -> String {
        self.look(|look| tracking::page(order, look))
    }

    fn inside(&self, order: &Tracked) -> String {
        self.look(|look| tracking::inside(order, look))
    }

    fn nothing(&self) -> String {
        self.look(tracking::nothing)
    }

    /// "2026-11-23T12:05:00+02:00" and "23.11.2026, 12:05".
    fn when(&self, at: Millis) -> (String, String) {
        let Ok(at) = jiff::Timestamp::from_millisecond(at) else { return (String::new(), String::new()) };
        let at = at.to_zoned(self.zone.clone());
        let form = if self.lang == Lang::En { "%-d %b %Y, %H:%M" } else { "%d.%m.%Y, %H:%M" };
        (at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), at.strftime(form).to_string())
    }

    fn answer(&self, status: StatusCode, html: String) -> Response {
        let nonce = &self.nonce;
        let policy = format!(
            "default-src 'none'; style-src 'self' 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; \
             img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        let mut response = (status, axum::response::Html(html)).into_response();
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        private(&mut response);
        response
    }
}

/// The link is the key: it is kept nowhere, found by nobody, told to no other site.
fn private(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
}

fn too_often(wait: Duration) -> Response {
    let mut response = (StatusCode::TOO_MANY_REQUESTS, "Too often; please wait a little.\n").into_response();
    response.headers_mut().insert(header::RETRY_AFTER, rate::seconds(wait));
    response
}

fn trouble(error: &store::Error) -> Response {
    tracing::error!(%error, "an order's page could not be read");
    (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response()
}

/// A place among the open pages; given back when dropped.
struct Seat(Option<IpAddr>);

static SEATS: OnceLock<Mutex<HashMap<Option<IpAddr>, usize>>> = OnceLock::new();

impl Seat {
    fn take(address: Option<IpAddr>) -> Option<Self> {
        let address = address.map(address::neighbourhood);
        let mut seats = SEATS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        if seats.values().sum::<usize>() >= PAGES_MAX {
            return None;
        }
        let mine = seats.entry(address).or_default();
        if *mine >= PAGES_PER_ADDRESS_MAX {
            return None;
        }
        *mine += 1;
        Some(Self(address))
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = SEATS.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(mine) = seats.get_mut(&self.0) {
            *mine -= 1;
            if *mine == 0 {
                seats.remove(&self.0);
            }
        }
    }
}
