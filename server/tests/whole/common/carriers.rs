//! Four carriers that speak their documented interfaces, on this machine.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::orders::Carrier;
use futures::stream::{self, StreamExt};
use serde_json::{Value, json};

pub const KEY: &str = "key-of-the-tests-0123456789";
pub const SECRET_KEY: &str = "secret-of-the-tests-0123456789";

#[derive(Clone, Default)]
pub struct Carriers {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
pub struct Inner {
    /// What a carrier says of a number, in its own words. Of other numbers it knows nothing.
    pub parcels: HashMap<String, Value>,
    /// Who was asked for how many parcels.
    pub asked: Vec<(Carrier, usize)>,
    /// Before anything else they answer with these, each once.
    pub troubles: VecDeque<Trouble>,
    /// FedEx's tokens that were given out; the last one is good.
    pub tokens: usize,
}

#[derive(Clone, Debug)]
pub enum Trouble {
    Status(u16),
    /// 429, with so many seconds of patience.
    Patience(&'static str),
    Text(&'static str),
    /// A status and a letter, and then nothing more.
    Stuck,
    /// Not even a status.
    Never,
}

impl Carriers {
    /// Answers on a port of its own; the address is without a trailing slash.
    pub async fn open() -> (Self, String) {
        let carriers = Self::default();
        let router = Router::new()
            .route("/nova_poshta/v2.0/json/", post(nova_poshta))
            .route("/ukrposhta/status-tracking/0.0.1/statuses/last/with-not-found", post(ukrposhta))
            .route("/dhl/track/shipments", get(dhl))
            .route("/fedex/oauth/token", post(token))
            .route("/fedex/track/v1/trackingnumbers", post(fedex))
            .with_state(carriers.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        (carriers, format!("http://{address}"))
    }

    pub fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nobody panicked")
    }

    pub fn say(&self, number: &str, words: Value) {
        self.lock().parcels.insert(number.to_owned(), words);
    }

    pub fn asked(&self) -> usize {
        self.lock().asked.len()
    }

    /// Notes the question; the trouble that is next.
    fn begin(&self, carrier: Carrier, parcels: usize) -> Option<Trouble> {
        let mut inner = self.lock();
        inner.asked.push((carrier, parcels));
        inner.troubles.pop_front()
    }

    fn of(&self, number: &str) -> Option<Value> {
        self.lock().parcels.get(number).cloned()
    }
}

async fn trouble(trouble: Trouble) -> Response {
    match trouble {
        Trouble::Status(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        Trouble::Patience(seconds) => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", seconds)]).into_response(),
        Trouble::Text(text) => text.into_response(),
        Trouble::Stuck => {
            let letter = stream::once(async { Ok::<_, Infallible>(Bytes::from_static(b"{")) });
            Body::from_stream(letter.chain(stream::pending())).into_response()
        }
        Trouble::Never => pending().await,
    }
}

fn texts(list: &Value, name: &str) -> Vec<String> {
    let list = list.as_array().expect("a list");
    let text = |one: &Value| if name.is_empty() { one.clone() } else { one[name].clone() };
    list.iter().map(|one| text(one).as_str().expect("a number").to_owned()).collect()
}

async fn nova_poshta(State(carriers): State<Carriers>, Json(asked): Json<Value>) -> Response {
    assert_eq!(
        (&asked["modelName"], &asked["calledMethod"]),
        (&json!("TrackingDocument"), &json!("getStatusDocuments"))
    );
    let numbers = texts(&asked["methodProperties"]["Documents"], "DocumentNumber");
    assert!(numbers.len() <= 100, "{asked}");
    if let Some(now) = carriers.begin(Carrier::NovaPoshta, numbers.len()) {
        return trouble(now).await;
    }
    let no = |error: &str| Json(json!({ "success": false, "data": [], "errors": [error] })).into_response();
    if asked["apiKey"] != KEY {
        return no("API key expired");
    }
    // One number that is none refuses all of them.
    if numbers.iter().any(|number| number == "BAD0") {
        return no("Document number is not correct");
    }
    let told = |number: &String| {
        let mut document = carriers.of(number).unwrap_or_else(|| json!({ "StatusCode": "3" }));
        document["Number"] = json!(number);
        document["echo"] = json!(KEY);
        document
    };
    let data: Vec<Value> = numbers.iter().map(told).collect();
    Json(json!({ "success": true, "data": data, "errors": [], "info": [] })).into_response()
}

fn bears(headers: &HeaderMap, token: &str) -> bool {
    let expected = format!("Bearer {token}");
    headers.get("authorization").is_some_and(|sent| sent.as_bytes() == expected.as_bytes())
}

async fn ukrposhta(State(carriers): State<Carriers>, headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    let numbers = texts(&asked, "");
    assert!(numbers.len() <= 100, "{asked}");
    if let Some(now) = carriers.begin(Carrier::Ukrposhta, numbers.len()) {
        return trouble(now).await;
    }
    if !bears(&headers, KEY) {
        let fault = json!({ "fault": { "code": 900_901, "message": "Invalid Credentials" } });
        return (StatusCode::UNAUTHORIZED, Json(fault)).into_response();
    }
    let (mut found, mut missing) = (serde_json::Map::new(), Vec::new());
    for number in numbers {
        match carriers.of(&number) {
            Some(events) => drop(found.insert(number, events)),
            None => missing.push(number),
        }
    }
    Json(json!({ "found": found, "notFound": missing })).into_response()
}

async fn dhl(
    State(carriers): State<Carriers>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    if let Some(now) = carriers.begin(Carrier::Dhl, 1) {
        return trouble(now).await;
    }
    let refused = |status: StatusCode, title: &str| {
        let body = json!({ "title": title, "detail": title, "status": status.as_u16(), "instance": "x" });
        (status, Json(body)).into_response()
    };
    if headers.get("dhl-api-key").is_none_or(|sent| sent != KEY) {
        return refused(StatusCode::UNAUTHORIZED, "Unauthorized");
    }
    match carriers.of(&asked["trackingNumber"]) {
        Some(shipments) => Json(json!({ "shipments": shipments })).into_response(),
        None => refused(StatusCode::NOT_FOUND, "No result found"),
    }
}

async fn token(State(carriers): State<Carriers>, body: String) -> Response {
    let expected = format!("grant_type=client_credentials&client_id={KEY}&client_secret={SECRET_KEY}");
    if body.replace("%2D", "-") != expected {
        let error = json!({ "errors": [{ "code": "NOT.AUTHORIZED.ERROR", "message": "no" }] });
        return (StatusCode::UNAUTHORIZED, Json(error)).into_response();
    }
    let mut inner = carriers.lock();
    inner.tokens += 1;
    let token = format!("token-{}", inner.tokens);
    Json(json!({ "access_token": token, "token_type": "bearer", "expires_in": 3_599 })).into_response()
}

async fn fedex(State(carriers): State<Carriers>, headers: HeaderMap, Json(asked): Json<Value>) -> Response {
    let infos = asked["trackingInfo"].as_array().expect("a list");
    let numbers: Vec<String> = infos
        .iter()
        .map(|info| info["trackingNumberInfo"]["trackingNumber"].as_str().expect("a number").to_owned())
        .collect();
    assert!(numbers.len() <= 30 && asked["includeDetailedScans"] == true, "{asked}");
    if let Some(now) = carriers.begin(Carrier::FedEx, numbers.len()) {
        return trouble(now).await;
    }
    let good = format!("token-{}", carriers.lock().tokens);
    if !bears(&headers, &good) {
        let error = json!({ "errors": [{ "code": "NOT.AUTHORIZED.ERROR", "message": "Access token expired" }] });
        return (StatusCode::UNAUTHORIZED, Json(error)).into_response();
    }
    let unknown = json!([{ "error": { "code": "TRACKING.TRACKINGNUMBER.NOTFOUND", "message": "no" } }]);
    let complete = |number: &String| {
        let results = carriers.of(number).unwrap_or_else(|| unknown.clone());
        json!({ "trackingNumber": number, "trackResults": results })
    };
    let complete: Vec<Value> = numbers.iter().map(complete).collect();
    Json(json!({ "output": { "completeTrackResults": complete } })).into_response()
}
