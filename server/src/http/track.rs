//! An order's page for its customer, its news while it is open, and its link as a picture. Whoever has the link sees
//! the order; a link that opens nothing looks the same whether it never did or does no more.

use std::convert::Infallible;
use std::time::Duration;

use app::ctx::now;
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
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::civil::Date;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tower_http::compression::CompressionLayer;

use super::kept::KeptPages;
use super::open::{Paper, private, too_often};
use crate::guard::seats::Seat;
use crate::hub::News;
use crate::state::AppState;

/// How long a browser that lost its line waits, ms.
const RETRY: Duration = Duration::from_secs(4);
/// Stands in a page where each answer has a nonce of its own; no text that people write holds control characters.
const NONCE: &str = "\u{1}nonce\u{1}";
/// Quiet modules around the code.
const PICTURE_MARGIN: usize = 4;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/{token}", get(page).layer(CompressionLayer::new()))
        .route("/{token}/qr.svg", get(picture).layer(CompressionLayer::new()))
        .route("/{token}/live", get(news))
}

async fn page(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if let Some(refused) = too_many(&state, &parts) {
        return refused;
    }
    let style = Style::of(&state, &parts.headers);
    let kept = state.kept_pages.as_deref();
    if let Some(html) = kept.and_then(|kept| kept.find(&token, style.lang)) {
        return style.answer(&html);
    }
    let before = kept.map(KeptPages::told);
    match find(&state, &token, &parts).await {
        Ok(Some((deal, order))) => {
            let html = style.page(&order);
            if let (Some(kept), Some(before)) = (kept, before) {
                kept.keep(&token, (deal, style.lang), &html, before);
            }
            style.answer(&html)
        }
        Ok(None) => style.paper.answer(StatusCode::NOT_FOUND, style.nothing().replace(NONCE, &style.paper.nonce)),
        Err(refused) => refused,
    }
}

async fn picture(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if let Some(refused) = too_many(&state, &parts) {
        return refused;
    }
    match find(&state, &token, &parts).await {
        Ok(Some(_)) => {}
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(refused) => return refused,
    }
    let link = format!("{}/t/{token}", state.server.public_url);
    let Ok(code) = QRBuilder::new(link).build() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = SvgBuilder::default().margin(PICTURE_MARGIN).to_str(&code).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    private(&mut response);
    response
}

/// The page's inside, now and whenever it changes. What connects again is told anew: nothing is missed.
async fn news(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if let Some(refused) = too_many(&state, &parts) {
        return refused;
    }
    let proxies = state.config.trusted_proxies;
    let Some(seat) = state.seats.take(&parts.headers, &parts.extensions, proxies) else {
        return too_often(Duration::from_secs(30));
    };
    let Some(heard) = state.hub.subscribe().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let deal = match find(&state, &token, &parts).await {
        Ok(Some((deal, _))) => deal,
        // The page is told so, and loads what a link that opens nothing shows.
        Ok(None) => DealId(0),
        Err(refused) => return refused,
    };
    let style = Style::of(&state, &parts.headers);
    let reader = Reader { state, token, deal, style, heard, shown: None, ended: false, _seat: seat };
    let stream = futures::stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    let mut response = Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response();
    private(&mut response);
    response
}

/// Looking is hardly limited: many customers share a network's address.
fn too_many(state: &AppState, parts: &Parts) -> Option<Response> {
    state.rates.try_once("track", &parts.headers, &parts.extensions).err().map(too_often)
}

/// The order behind a link. Guessing is counted.
async fn find(state: &AppState, token: &str, parts: &Parts) -> Result<Option<(DealId, Tracked)>, Response> {
    let found = state.store().tracked(token, now()).await.map_err(|error| trouble(&error))?;
    if found.is_none() {
        state.rates.try_once("track_miss", &parts.headers, &parts.extensions).map_err(too_often)?;
    }
    Ok(found)
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
            match self.state.store().tracked(&self.token, now()).await {
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
    paper: Paper,
}

impl Style {
    fn of(state: &AppState, headers: &HeaderMap) -> Self {
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self { lang: asked.map_or_else(Lang::default, Lang::negotiate), paper: Paper::new(state) }
    }

    fn look<T>(&self, draw: impl FnOnce(&Look<'_>) -> T) -> T {
        let when = |at: Millis| self.when(at);
        let day = |day: &str| self.day(day);
        draw(&Look { lang: self.lang, build: &self.paper.build, nonce: NONCE, when: &when, day: &day })
    }

    fn answer(&self, page: &str) -> Response {
        self.paper.answer(StatusCode::OK, page.replace(NONCE, &self.paper.nonce))
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
        let Some(at) = self.paper.at(at) else { return (String::new(), String::new()) };
        let form = if self.lang == Lang::En { "%-d %b %Y, %H:%M" } else { "%d.%m.%Y, %H:%M" };
        (at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), at.strftime(form).to_string())
    }

    /// "23.11.2026"; what is no day stands as it is.
    fn day(&self, day: &str) -> String {
        let form = if self.lang == Lang::En { "%-d %b %Y" } else { "%d.%m.%Y" };
        day.parse::<Date>().map_or_else(|_| day.to_owned(), |day| day.strftime(form).to_string())
    }
}

fn trouble(error: &store::Error) -> Response {
    tracing::error!(%error, "an order's page could not be read");
    (StatusCode::SERVICE_UNAVAILABLE, "Please try again in a moment.\n").into_response()
}
