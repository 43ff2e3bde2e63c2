//! The API for scripts: everything that a board, its settings and its customers are, as JSON. A bearer token says who
//! asks; a browser's cookie does not count here, so no foreign page can make a browser speak for its user. Every refusal
//! is a problem of RFC 9457; everything is described by [`openapi`].

mod asked;
mod bonds;
mod caller;
mod customers;
mod deals;
mod docs;
mod events;
mod export;
mod funnels;
mod guard;
mod imports;
mod lost_reasons;
mod moves;
pub mod openapi;
mod order_changes;
mod orders;
mod problem;
mod products;
mod sources;
mod stages;
mod statuses;
mod stock;
mod storefronts;
mod suppliers;
mod tag;
mod users;
mod warehouses;

use std::convert::Infallible;

use axum::Router;
use axum::http::Uri;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::MethodRouter;
use tower_http::limit::RequestBodyLimitLayer;

use problem::Problem;

use crate::state::AppState;

/// Bytes of a body, whichever address it is for; a file may have more.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// Makes the routers, and the list of what is in them for whoever must know every address.
macro_rules! routes {
    ($($table:ident { $($path:literal: $($method:ident $handler:path),+;)+ })+) => {
        /// Every method and address below `/api/v1`.
        pub const ROUTES: &[(&str, &str)] = &[$($($((stringify!($method), $path)),+),+),+];

        $(fn $table() -> Router<AppState> {
            Router::new()$(.route($path, MethodRouter::<AppState, Infallible>::new()$(.$method($handler))+))+
        })+
    };
}

routes! {
    values {
        "/deals": get deals::list, post deals::create;
        "/deals/move": post moves::many;
        "/deals/{id}": get deals::one, patch deals::change, delete deals::remove;
        "/deals/{id}/move": post moves::one;
        "/deals/{id}/assign": post moves::assign;
        "/deals/{id}/events": get events::of_deal;
        "/deals/{id}/order": post order_changes::of_deal;
        "/orders": get orders::list;
        "/orders/bulk/status": post order_changes::many;
        "/orders/{id}": get orders::one;
        "/orders/{id}/status": post order_changes::one;
        "/orders/{id}/deal": post order_changes::deal;
        "/statuses": get statuses::list, post statuses::create;
        "/statuses/{id}": get statuses::one, patch statuses::change, delete statuses::retire;
        "/scenarios": get statuses::scenarios;
        "/customers": get customers::list;
        "/customers/{id}": get customers::one, patch customers::change;
        "/funnels": get funnels::list, post funnels::create;
        "/funnels/{id}": get funnels::one, patch funnels::change, delete funnels::archive;
        "/funnels/{id}/bond": get bonds::one, put bonds::set;
        "/funnels/{id}/stages": get stages::list, post stages::create;
        "/funnels/{id}/stages/order": put stages::reorder;
        "/funnels/{id}/stages/{stage}": get stages::one, patch stages::change, delete stages::remove;
        "/lost-reasons": get lost_reasons::list, post lost_reasons::create;
        "/lost-reasons/{id}": get lost_reasons::one, patch lost_reasons::rename, delete lost_reasons::retire;
        "/storefronts": get storefronts::list, post storefronts::create;
        "/storefronts/{id}": get storefronts::one, patch storefronts::change;
        "/storefronts/{id}/stock": get stock::settings, patch stock::change_settings;
        "/products": get products::list, post products::create;
        "/products/{id}": get products::one, patch products::change, delete products::retire;
        "/products/{id}/variants": post products::add_variant;
        "/products/{id}/variants/{variant}": get products::variant, patch products::change_variant,
            delete products::retire_variant;
        "/stock": get stock::list;
        "/stock/low": get stock::low;
        "/stock/moves": get stock::moves, post stock::work;
        "/warehouses": get warehouses::list, post warehouses::create;
        "/warehouses/{id}": get warehouses::one, patch warehouses::change, delete warehouses::retire;
        "/suppliers": get suppliers::list, post suppliers::create;
        "/suppliers/{id}": get suppliers::one, patch suppliers::change, delete suppliers::retire;
        "/users": get users::list;
        "/users/{id}": get users::one;
        "/sources": get sources::list;
        "/events": get events::list;
        "/imports/{id}": get imports::one, delete imports::undo;
        "/imports/{id}/start": post imports::start;
        "/imports/{id}/stop": post imports::stop;
        "/imports/{id}/refused": get imports::refused;
        "/imports/{id}/report.csv": get imports::report;
        "/openapi.json": get openapi::document;
        "/docs": get docs::page;
    }
    files {
        "/imports": get imports::list, post imports::take;
        "/export/{file}": get export::file;
    }
}

pub fn routes(state: &AppState) -> Router<AppState> {
    values()
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(from_fn(guard::in_time))
        // What takes files in or gives them out has limits of its own.
        .merge(files())
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(state.clone(), guard::guard))
}

async fn nothing_here(uri: Uri) -> Problem {
    Problem::not_found().detail(format!("there is no {} in this API", uri.path()))
}

async fn wrong_method() -> Problem {
    Problem::wrong_method()
}
