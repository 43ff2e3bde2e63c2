//! What went wrong, as RFC 9457 says it: `type` for programs, `title` and `detail` for people, and what helps to go on.

mod orders;

use std::time::Duration;

use app::error::{AppError, fault_words, refusal_words};
use axum::response::{IntoResponse, Response};
use domain::board::{Limit, Refusal};
use domain::catalog::{CatalogFault, FieldFault, StockWrong};
use domain::deals::{Fault, Field};
use domain::i18n::Lang;
use domain::import::{ImportFault, MappingFault};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::tag::Tag;

pub const KIND: &str = "application/problem+json";

#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    /// The last part of its type.
    name: &'static str,
    title: &'static str,
    detail: Option<String>,
    more: Map<String, Value>,
}

impl Problem {
    fn new(status: StatusCode, name: &'static str, title: &'static str) -> Self {
        Self { status, name, title, detail: None, more: Map::new() }
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing, or it is not yours to see")
    }

    pub fn wrong_method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method", "This address does not take this method")
    }

    pub fn unauthorised() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorised", "A valid bearer token is needed")
    }

    /// Something in the address or the headers is not what it should be.
    pub fn malformed(what: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", "The request can't be read").with("in", what).detail(detail)
    }

    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The body is too long")
    }

    pub fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "too-slow", "The body did not arrive in time")
    }

    pub fn not_json() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", "The body must be application/json")
    }

    /// One value, by the name of its field.
    pub fn invalid(field: &str, fault: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "A value can't be taken")
            .with("field", field)
            .with("fault", fault)
    }

    /// It is not what the If-Match header names; with what it is.
    pub fn changed(now: &Tag) -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "changed", "It has been changed meanwhile")
            .detail("Read it again and decide anew.")
            .with("etag", now.quoted())
    }

    pub fn too_many(wait: Duration) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many requests; please wait a little")
            .with("retry_after", wait.as_secs() + 1)
    }

    /// The rows of an old import.
    pub fn gone() -> Self {
        Self::new(StatusCode::GONE, "gone", "It is no longer kept")
    }

    /// Of one of these kinds.
    pub fn not_a_file(kinds: &[&str]) -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-a-file", "The body must be a file")
            .detail(format!("Its type is one of {}.", kinds.join(", ")))
    }

    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too much to do just now; try again")
    }

    /// A file that can't be taken in, or not now.
    pub fn import(fault: &str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "import", "The file can't be taken in so").with("fault", fault)
    }

    /// What a layer refused that knows no problems.
    pub fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            StatusCode::METHOD_NOT_ALLOWED => Self::wrong_method(),
            StatusCode::NOT_FOUND => Self::not_found(),
            status => Self::new(status, "refused", status.canonical_reason().unwrap_or("Refused")),
        }
    }

    /// A field that this address calls otherwise than the form or the rule.
    pub fn calling(mut self, of_form: &str, here: &str) -> Self {
        if let Some(field) = self.more.get_mut("field").filter(|field| **field == *of_form) {
            *field = json!(here);
        }
        let errors = self.more.get_mut("errors").and_then(Value::as_array_mut);
        for pointer in errors.into_iter().flatten().filter_map(|error| error.get_mut("pointer")) {
            if *pointer == *of_form {
                *pointer = json!(here);
            }
        }
        self
    }

    /// As it stands in an answer about several things.
    pub fn body(self) -> Value {
        let mut body = self.more;
        body.insert("type".into(), json!(format!("urn:voronka:problem:{}", self.name)));
        body.insert("title".into(), json!(self.title));
        body.insert("status".into(), json!(self.status.as_u16()));
        if let Some(detail) = self.detail {
            body.insert("detail".into(), json!(detail));
        }
        Value::Object(body)
    }

    pub fn detail(mut self, words: impl Into<String>) -> Self {
        self.detail = Some(words.into());
        self
    }

    fn with(mut self, key: &str, value: impl Serialize) -> Self {
        self.more.insert(key.to_owned(), json!(value));
        self
    }
}

impl Problem {
    fn of_catalog(fault: CatalogFault) -> Self {
        let invalid = || Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some values can't be taken");
        match fault {
            CatalogFault::Fields { faults } => {
                invalid().with("errors", faults.iter().map(of_field).collect::<Vec<_>>())
            }
            // One that is not there and one that is not yours to see look the same.
            CatalogFault::Stock { line, wrong: wrong @ StockWrong::UnknownVariant } => {
                Self::not_found().with("errors", vec![of_move(line, wrong)])
            }
            CatalogFault::Stock { line, wrong } => invalid().with("errors", vec![of_move(line, wrong)]),
            CatalogFault::Lines => Self::invalid("moves", "out_of_range"),
            CatalogFault::Full => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "limit", "A limit was met").with("limit", "too_many")
            }
            CatalogFault::HasStock => Self::new(StatusCode::CONFLICT, "has-stock", "There is still some of it"),
            CatalogFault::LastVariant => Self::new(StatusCode::CONFLICT, "last-variant", "It is the product's last"),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let words = refusal_words(&refusal, Lang::En);
        let problem = match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::NotAllowed => Self::new(StatusCode::FORBIDDEN, "not-allowed", "Your role may not do this"),
            Refusal::Stale { now } => {
                Self::new(StatusCode::CONFLICT, "stale", "It has been moved meanwhile").with("now", now)
            }
            // Whoever names a version here names it by If-Match.
            Refusal::Edited { version } => return Self::changed(&Tag::of_version(version)),
            Refusal::StageGone => Self::invalid("stage", "unknown"),
            Refusal::ReasonNeeded => Self::invalid("reason", "missing"),
            Refusal::ReasonUnknown => Self::invalid("reason", "unknown"),
            Refusal::Faults { faults } => {
                let errors: Vec<Value> = faults.into_iter().map(|(field, fault)| error(field, fault)).collect();
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some values can't be taken")
                    .with("errors", errors)
            }
            Refusal::Limit { limit } => {
                let problem =
                    Self::new(StatusCode::UNPROCESSABLE_ENTITY, "limit", "A limit was met").with("limit", limit);
                match limit {
                    Limit::NameMissing | Limit::NameTooLong | Limit::NameTaken => problem.with("field", "name"),
                    Limit::UnknownCurrency => problem.with("field", "currency"),
                    Limit::StageHasDeals => problem.with("field", "move_to"),
                    Limit::StagesFull
                    | Limit::LastStage
                    | Limit::TooMany
                    | Limit::LastOwner
                    | Limit::WeakPassword
                    | Limit::WrongPassword
                    | Limit::LinkSpent
                    | Limit::AlreadySetUp
                    | Limit::Yourself
                    | Limit::CodeUnknown
                    | Limit::IntakeEmptied
                    | Limit::Url(_)
                    | Limit::NothingChosen
                    | Limit::Forgotten
                    | Limit::WebhookPaused
                    | Limit::ShopAddress
                    | Limit::ShopKeys
                    | Limit::BackfillGoing
                    | Limit::CarrierKeys
                    | Limit::CarrierUnknown => problem,
                }
            }
            Refusal::Import { fault } => {
                let problem = Self::import(fault.key());
                match fault {
                    ImportFault::Mapping(faults) => {
                        problem.with("errors", faults.iter().map(of_mapping).collect::<Vec<Value>>())
                    }
                    ImportFault::AnotherIsGoing
                    | ImportFault::NotNow
                    | ImportFault::Emptied
                    | ImportFault::NoRows
                    | ImportFault::TooManyRows
                    | ImportFault::TooManyColumns
                    | ImportFault::RowTooWide { .. }
                    | ImportFault::CellTooLong { .. }
                    | ImportFault::OutOfOrder => problem,
                }
            }
            Refusal::Order { fault } => Self::of_order(fault),
            Refusal::Statuses { fault } => Self::of_statuses(fault),
            Refusal::Catalog { fault } => Self::of_catalog(fault),
            Refusal::Stock { short } => {
                Self::new(StatusCode::CONFLICT, "short", "There is not enough of something").with("short", short)
            }
            Refusal::CommandReused => Self::invalid("Idempotency-Key", "reused"),
        };
        problem.detail(words)
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Refused(refusal) => refusal.into(),
            store::Error::Changed { tag } => Self::changed(&Tag::told(tag)),
            store::Error::SignedOut => Self::unauthorised(),
            store::Error::Busy | store::Error::Closed => Self::busy(),
            store::Error::Full => {
                Self::new(StatusCode::INSUFFICIENT_STORAGE, "full", "The server's disk is full; reading still works")
            }
            error @ (store::Error::Database(_)
            | store::Error::Migration(_)
            | store::Error::Corrupt(_)
            | store::Error::Io(_)) => {
                let failed =
                    Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side");
                match AppError::from(error) {
                    AppError::Internal { trace } => failed.with("trace", trace),
                    AppError::Refused(_)
                    | AppError::SignedOut
                    | AppError::Busy
                    | AppError::Full
                    | AppError::Network => failed,
                }
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, body) = (self.status, self.body());
        let mut response = (status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(KIND));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"voronka\""));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Some(seconds) = body["retry_after"].as_u64() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(tag) = body["etag"].as_str().and_then(|tag| HeaderValue::from_str(tag).ok()) {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}

/// A fault and where in the body it is, as RFC 6901 points.
fn error(field: Field, fault: Fault) -> Value {
    let pointer = match field {
        Field::CustomerName => "/customer_name".to_owned(),
        Field::Phone => "/phone".to_owned(),
        Field::Email => "/email".to_owned(),
        Field::Source => "/source".to_owned(),
        Field::Responsible => "/responsible".to_owned(),
        Field::Comment => "/comment".to_owned(),
        Field::Lines => "/lines".to_owned(),
        Field::Sum => "/sum".to_owned(),
        Field::LineName(line) => format!("/lines/{line}/name"),
        Field::LineQuantity(line) => format!("/lines/{line}/quantity"),
        Field::LinePrice(line) => format!("/lines/{line}/price"),
    };
    json!({ "pointer": pointer, "fault": fault, "detail": fault_words(fault, Lang::En) })
}

/// A product's fault: one of a single variant stands in the body itself.
fn of_field(fault: &FieldFault) -> Value {
    let FieldFault { variant, field, wrong } = fault;
    let pointer = match variant {
        Some(variant) => format!("/variants/{variant}/{}", field.key()),
        None => format!("/{}", field.key()),
    };
    json!({ "pointer": pointer, "fault": wrong, "detail": wrong.words(Lang::En) })
}

fn of_move(line: usize, wrong: StockWrong) -> Value {
    let field = match wrong {
        StockWrong::Quantity | StockWrong::NotEnough { .. } | StockWrong::TooMuch => "quantity",
        StockWrong::Reason => "note",
        StockWrong::UnknownVariant => "variant",
        StockWrong::UnknownWarehouse => "warehouse",
        StockWrong::SameWarehouse => "to",
    };
    json!({ "pointer": format!("/moves/{line}/{field}"), "fault": wrong.key(), "detail": wrong.words(Lang::En) })
}

/// What is wrong with a start's mapping.
fn of_mapping(fault: &MappingFault) -> Value {
    json!({ "pointer": "/mapping/columns", "fault": fault.key(), "detail": fault.words(Lang::En) })
}
