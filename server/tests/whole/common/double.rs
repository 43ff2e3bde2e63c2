//! A shop that speaks WooCommerce's and Shopify's documented interfaces, on this machine.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

pub const KEY: &str = "ck_tests";
pub const SECRET_KEY: &str = "cs_tests";
pub const TOKEN: &str = "shpat_tests";

#[derive(Clone, Default)]
pub struct Double {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
pub struct Inner {
    /// By their numbers, in order.
    pub orders: Vec<Value>,
    /// What was asked for, with its question mark.
    pub asked: Vec<String>,
    /// Before anything else it answers with these, each once: a status and a header.
    pub troubles: VecDeque<(u16, Option<(&'static str, String)>)>,
    /// Orders that are deleted once the first page has been given.
    pub deleted_after_first: Vec<i64>,
}

impl Double {
    /// Answers on a port of its own; the address is without a trailing slash.
    pub async fn open(orders: Vec<Value>) -> (Self, String) {
        let double = Self::default();
        double.lock().orders = orders;
        let router = Router::new()
            .route("/wp-json/wc/v3/orders", get(woocommerce))
            .route("/admin/api/2025-10/orders.json", get(shopify))
            .route("/admin/api/2025-10/orders/count.json", get(count))
            .with_state(double.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        (double, format!("http://{address}"))
    }

    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nobody panicked")
    }
}

type Asked = Query<HashMap<String, String>>;

fn number(asked: &Asked, name: &str) -> usize {
    asked.get(name).and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{name} is missing in {asked:?}"))
}

fn id(order: &Value) -> i64 {
    order["id"].as_i64().unwrap_or(i64::MAX)
}

impl Inner {
    fn trouble(&mut self, what: &str, asked: &Asked) -> Option<Response> {
        let mut pairs: Vec<_> = asked.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.sort();
        self.asked.push(format!("{what}?{}", pairs.join("&")));
        let (status, header) = self.troubles.pop_front()?;
        let mut response = StatusCode::from_u16(status).expect("a status").into_response();
        if let Some((name, value)) = header {
            response.headers_mut().insert(name, value.parse().expect("a header"));
        }
        Some(response)
    }
}

fn unauthorized(body: Value) -> Response {
    (StatusCode::UNAUTHORIZED, axum::Json(body)).into_response()
}

async fn woocommerce(State(double): State<Double>, asked: Asked, headers: HeaderMap) -> Response {
    let mut inner = double.lock();
    let keys = format!("Basic {}", STANDARD.encode(format!("{KEY}:{SECRET_KEY}")));
    if headers.get("authorization").is_none_or(|sent| sent.as_bytes() != keys.as_bytes()) {
        inner.asked.push("woocommerce without its keys".into());
        return unauthorized(json!({ "code": "woocommerce_rest_authentication_error", "data": { "status": 401 } }));
    }
    if let Some(trouble) = inner.trouble("woocommerce", &asked) {
        return trouble;
    }
    let expected = [("orderby", "id"), ("order", "asc"), ("status", "any")];
    assert!(expected.iter().all(|(name, value)| asked.get(*name).is_some_and(|sent| sent == value)), "{asked:?}");
    let (per_page, page) = (number(&asked, "per_page"), number(&asked, "page"));
    assert!(per_page <= 100 && page > 0, "{asked:?}");
    let total = inner.orders.len();
    let given: Vec<Value> = inner.orders.iter().skip((page - 1) * per_page).take(per_page).cloned().collect();
    let gone = std::mem::take(&mut inner.deleted_after_first);
    inner.orders.retain(|order| !gone.contains(&id(order)));
    let counted = [("x-wp-total", total.to_string()), ("x-wp-totalpages", total.div_ceil(per_page).to_string())];
    (counted, axum::Json(given)).into_response()
}

fn has_token(headers: &HeaderMap) -> bool {
    headers.get("x-shopify-access-token").is_some_and(|sent| sent == TOKEN)
}

fn no_token() -> Response {
    unauthorized(json!({ "errors": "[API] Invalid API key or access token (unrecognized login or wrong password)" }))
}

async fn shopify(State(double): State<Double>, asked: Asked, headers: HeaderMap) -> Response {
    if !has_token(&headers) {
        return no_token();
    }
    let mut inner = double.lock();
    if let Some(trouble) = inner.trouble("shopify", &asked) {
        return trouble;
    }
    let (limit, since) = (number(&asked, "limit"), number(&asked, "since_id"));
    assert!(limit <= 250 && asked.get("status").is_some_and(|status| status == "any"), "{asked:?}");
    let after = inner.orders.iter().filter(|order| id(order) > since as i64);
    let given: Vec<Value> = after.take(limit).cloned().collect();
    ([("x-shopify-shop-api-call-limit", "39/40")], axum::Json(json!({ "orders": given }))).into_response()
}

async fn count(State(double): State<Double>, asked: Asked, headers: HeaderMap) -> Response {
    if !has_token(&headers) {
        return no_token();
    }
    let mut inner = double.lock();
    if let Some(trouble) = inner.trouble("count", &asked) {
        return trouble;
    }
    axum::Json(json!({ "count": inner.orders.len() })).into_response()
}
