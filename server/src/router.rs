//! Every HTTP route, in one list.

use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::prelude::{IntoView, provide_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_to_stream_with_context};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::limit::RequestBodyLimitLayer;

use crate::guard::class::Class;
use crate::guard::{csrf, headers, rate, record, session, whole};
use crate::http::{export, health, hooks, import, landing, rest, screen, track};
use crate::live;
use crate::pages;
use crate::state::AppState;

/// Bytes of a request's body.
const BODY_MAX: usize = 1024 * 1024;
/// A shop's order may be long.
const HOOK_BODY_MAX: usize = 2 * BODY_MAX;

pub fn router(state: AppState) -> Router {
    let pages = Router::new()
        // Pages, and the server functions under /api.
        .leptos_routes_with_context(&state, routes().to_vec(), context(&state), shell(&state))
        .route_layer(from_fn_with_state(state.clone(), session::page))
        .fallback(file_or_nothing)
        .layer(from_fn(whole::guard))
        .layer(limit(BODY_MAX))
        .layer(compression());
    let doors = Router::new()
        // Takes and gives files as well: it counts bytes and time for itself.
        .nest("/api/v1", rest::routes(&state).layer(compression()))
        .nest("/hooks", of_shops(hooks::routes()))
        .merge(of_shops(Router::new().route("/api/addNewOrder.html", post(landing::add_new_order))))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(state.clone(), rate::guard));
    Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/live", get(live::door))
        .nest("/export", export::routes())
        .nest("/t", track::routes())
        .nest("/tv", screen::routes())
        // Files are larger than anything else that is sent here: the door counts for itself.
        .nest("/import", import::routes())
        .merge(doors)
        .merge(pages)
        .layer(from_fn_with_state(state.clone(), session::find))
        .layer(from_fn_with_state(state.clone(), csrf::guard))
        .layer(from_fn_with_state(state.clone(), headers::guard))
        .layer(from_fn(record))
        .with_state(state)
}

/// Generated once, before anything is served: generating renders the app.
fn routes() -> &'static [AxumRouteListing] {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    ROUTES.get_or_init(|| generate_route_list(app::App))
}

/// What every page and server function finds around it.
fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let server = state.server.clone();
    move || {
        provide_context(server.clone());
        headers::page_policy(&server.public_url);
    }
}

fn shell(state: &AppState) -> impl Fn() -> leptos::prelude::AnyView + Clone + Send + Sync + 'static {
    use leptos::prelude::IntoAny;
    let options = state.leptos.clone();
    move || app::shell(options.clone()).into_view().into_any()
}

/// A file of the site; else nothing, told in the form that the asker reads.
async fn file_or_nothing(State(state): State<AppState>, request: Request) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match Class::of(request.uri().path()) {
        Class::File if reads => match state.site.file(request).await {
            Some(file) => file,
            None => nothing(),
        },
        Class::Page if reads => {
            let pages = routes().iter().map(AxumRouteListing::path);
            if let Some(page) = pages::meant(request.uri(), pages) {
                return Redirect::permanent(&page).into_response();
            }
            let mut page = render_app_to_stream_with_context(context(&state), shell(&state))(request).await;
            *page.status_mut() = StatusCode::NOT_FOUND;
            page
        }
        Class::Api => {
            let problem = r#"{"type":"about:blank","title":"Not Found","status":404}"#;
            let kind = [(header::CONTENT_TYPE, "application/problem+json")];
            (StatusCode::NOT_FOUND, kind, problem).into_response()
        }
        Class::File | Class::Page | Class::Action | Class::Hook | Class::Socket | Class::Export | Class::Machine => {
            nothing()
        }
    }
}

fn nothing() -> Response<Body> {
    (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
}

fn of_shops(doors: Router<AppState>) -> Router<AppState> {
    doors.layer(limit(HOOK_BODY_MAX)).layer(from_fn(whole::in_time))
}

fn limit(bytes: usize) -> RequestBodyLimitLayer {
    RequestBodyLimitLayer::new(bytes)
}

/// Quick rather than small: what is worth squeezing was squeezed when the site was built.
fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Fastest)
}
