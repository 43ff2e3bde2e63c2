//! A screen on a wall: without its own token it shows a code, with it one funnel, and never anything else.

use std::convert::Infallible;
use std::time::Duration;

use app::ctx::now;
use app::screens::{self, Look};
use axum::extract::{Request, State};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{Router, get};
use domain::i18n::Lang;
use domain::ids::{FunnelId, Millis};
use domain::screens::Wall;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use store::screens::Opened;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tower_http::compression::CompressionLayer;

use super::open::{Paper, private, too_often};
use crate::guard::seats::Seat;
use crate::hub::News;
use crate::state::AppState;

/// A screen that hears nothing for longer knows that it is cut off.
const TICK_EVERY: Duration = Duration::from_secs(10);
/// How often a screen that waits looks whether its code was entered.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// What happens at once is drawn at once.
const GATHER: Duration = Duration::from_millis(700);
const RETRY: Duration = Duration::from_secs(3);
/// A screen that hangs there for years.
const COOKIE_SECONDS: i64 = 400 * 86_400;

pub fn routes() -> Router<AppState> {
    Router::new().route("/", get(page).layer(CompressionLayer::new())).route("/live", get(news))
}

async fn page(State(state): State<AppState>, request: Request) -> Response {
    let headers = request.headers();
    let opened = match opened(&state, headers).await {
        Ok(opened) => opened,
        Err(error) => return trouble(&error),
    };
    match opened {
        Opened::Screen(screen) => match state.store().wall(screen.funnel, now()).await {
            Ok(wall) => Style::of(&state, screen.lang).answer(|look| screens::page(wall.as_ref(), look)),
            Err(error) => trouble(&error),
        },
        Opened::Waiting { code } => pairing(&state, headers, &code, None),
        Opened::Nothing => {
            if state.rates.try_once("screen", headers, request.extensions()).is_err() {
                return later();
            }
            match state.store().begin_pairing(now()).await {
                Ok(new) => pairing(&state, headers, &new.code, Some(&new.token)),
                Err(error) => trouble(&error),
            }
        }
    }
}

fn pairing(state: &AppState, headers: &HeaderMap, code: &str, token: Option<&str>) -> Response {
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let lang = asked.map_or_else(Lang::default, Lang::negotiate);
    let address = format!("{}/settings/screens", state.server.public_url);
    let mut response = Style::of(state, lang).answer(|look| screens::pairing(code, &address, look));
    let cookie = token.and_then(|token| HeaderValue::from_str(&cookie(state, token)).ok());
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// What this screen's cookie opens.
async fn opened(state: &AppState, headers: &HeaderMap) -> store::Result<Opened> {
    match token(state, headers) {
        Some(token) => state.store().open_screen(&token, now()).await,
        None => Ok(Opened::Nothing),
    }
}

fn cookie_name(state: &AppState) -> &'static str {
    if state.server.secure() { "__Host-voronka-screen" } else { "voronka-screen" }
}

fn cookie(state: &AppState, token: &str) -> String {
    let (name, flag) = (cookie_name(state), if state.server.secure() { "; Secure" } else { "" });
    format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={COOKIE_SECONDS}{flag}")
}

fn token(state: &AppState, headers: &HeaderMap) -> Option<String> {
    let name = cookie_name(state);
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// What the screen shows, now and whenever it changes; while it waits, the word that its code was entered.
async fn news(State(state): State<AppState>, request: Request) -> Response {
    let proxies = state.config.trusted_proxies;
    let Some(seat) = state.seats.take(request.headers(), request.extensions(), proxies) else {
        return too_often(Duration::from_secs(30));
    };
    let Some(heard) = state.hub.subscribe().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let Some(token) = token(&state, request.headers()) else { return StatusCode::UNAUTHORIZED.into_response() };
    let reader = Reader { state, token, heard, shown: Shown::Nothing, next: None, _seat: seat };
    let stream = futures::stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    let mut response = Sse::new(stream).into_response();
    private(&mut response);
    response
}

struct Reader {
    state: AppState,
    token: String,
    heard: Receiver<News>,
    shown: Shown,
    /// Said after what was said last.
    next: Option<Event>,
    _seat: Seat,
}

enum Shown {
    Nothing,
    Code,
    Wall { funnel: FunnelId, wall: Option<Wall> },
    Over,
}

impl Reader {
    /// The next thing to say; None: the stream ends.
    async fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.next.take() {
            return Some(event);
        }
        loop {
            match &self.shown {
                Shown::Over => return None,
                Shown::Nothing => {}
                Shown::Code => {
                    tokio::select! {
                        () = self.state.hub.closed() => return None,
                        () = tokio::time::sleep(LOOK_EVERY) => {}
                    }
                }
                Shown::Wall { funnel, .. } => self.something_happens(*funnel).await?,
            }
            match self.state.store().open_screen(&self.token, now()).await {
                Ok(Opened::Screen(screen)) => {
                    if matches!(self.shown, Shown::Code) {
                        return Some(self.over());
                    }
                    let wall = self.state.store().wall(screen.funnel, now()).await.ok()?;
                    if let Shown::Wall { wall: shown, .. } = &self.shown
                        && *shown == wall
                    {
                        // A sign of life, whatever it was that changed nothing here.
                        return Some(Event::default().event("tick").data("1"));
                    }
                    let style = Style::of(&self.state, screen.lang);
                    let html = style.draw(|look| screens::inside(wall.as_ref(), look));
                    let event = Event::default().event("wall").data(serde_json::to_string(&html).ok()?);
                    let first = matches!(self.shown, Shown::Nothing);
                    self.shown = Shown::Wall { funnel: screen.funnel, wall };
                    if !first {
                        return Some(event);
                    }
                    self.next = Some(event);
                    return Some(self.hello());
                }
                Ok(Opened::Waiting { .. }) if matches!(self.shown, Shown::Nothing) => {
                    self.shown = Shown::Code;
                    return Some(self.hello());
                }
                Ok(Opened::Waiting { .. }) => {}
                // Disconnected, or its code has expired.
                Ok(Opened::Nothing) => return Some(self.over()),
                Err(error) => {
                    tracing::warn!(%error, "a screen was cut off");
                    return None;
                }
            }
        }
    }

    fn hello(&self) -> Event {
        Event::default().event("hello").retry(RETRY).data(&*self.state.server.build)
    }

    fn over(&mut self) -> Event {
        self.shown = Shown::Over;
        Event::default().event("reload").data("1")
    }

    /// Waits until the funnel may have changed, or it is time for a sign of life; None: the server stops.
    async fn something_happens(&mut self, funnel: FunnelId) -> Option<()> {
        let hub = self.state.hub.clone();
        let until = tokio::time::sleep(TICK_EVERY);
        tokio::pin!(until);
        loop {
            let told = tokio::select! {
                () = hub.closed() => return None,
                () = &mut until => return Some(()),
                told = self.heard.recv() => told,
            };
            match told {
                Ok(News::Event(frame)) if !frame.is_about(funnel) => {}
                Ok(News::Event(_) | News::Resync) | Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return None,
            }
        }
        tokio::time::sleep(GATHER).await;
        // What has come meanwhile is in what is read now.
        self.heard = self.heard.resubscribe();
        Some(())
    }
}

/// How this screen is drawn.
struct Style {
    lang: Lang,
    paper: Paper,
    now: Millis,
}

impl Style {
    fn of(state: &AppState, lang: Lang) -> Self {
        Self { lang, paper: Paper::new(state), now: now() }
    }

    fn draw(&self, draw: impl FnOnce(&Look<'_>) -> String) -> String {
        let Paper { build, nonce, .. } = &self.paper;
        let said = |time: Millis, form: &str| {
            self.paper.at(time).map(|time| time.strftime(form).to_string()).unwrap_or_default()
        };
        let clock = |time: Millis| said(time, "%H:%M");
        let day = |time: Millis| said(time, if self.lang == Lang::En { "%-d %b" } else { "%d.%m" });
        let offset = self.paper.at(self.now).map_or(0, |now| i64::from(now.offset().seconds()) / 60);
        draw(&Look { lang: self.lang, build, nonce, now: self.now, offset, clock: &clock, day: &day })
    }

    fn answer(&self, draw: impl FnOnce(&Look<'_>) -> String) -> Response {
        self.paper.answer(StatusCode::OK, self.draw(draw))
    }
}

/// The page asks again by itself: nobody stands before it.
fn later() -> Response {
    let again = [(header::RETRY_AFTER, HeaderValue::from_static("20"))];
    let html = axum::response::Html("<!DOCTYPE html><meta http-equiv=\"refresh\" content=\"20\"><title>…</title>");
    (StatusCode::SERVICE_UNAVAILABLE, again, html).into_response()
}

fn trouble(error: &store::Error) -> Response {
    tracing::error!(%error, "a screen could not be drawn");
    later()
}
