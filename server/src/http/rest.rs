//! The API for scripts: what a board sees, as JSON. A bearer token says who asks; a browser's cookie does not count
//! here, so no foreign page can make a browser speak for its user. Every refusal is a problem of RFC 9457.

mod asked;
mod caller;
mod deals;
mod events;
mod export;
mod funnels;
mod problem;

use axum::routing::{get, post};
use axum::{Router, http::Uri};

use problem::Problem;

use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/deals", get(deals::list))
        .route("/deals/{id}", get(deals::one))
        .route("/deals/{id}/move", post(deals::move_to))
        .route("/funnels", get(funnels::list))
        .route("/events", get(events::list))
        .route("/export/{file}", get(export::file).head(wrong_method))
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::not_found().detail(format!("there is no {} in this API", uri.path()))
}

async fn wrong_method() -> Problem {
    Problem::wrong_method()
}
