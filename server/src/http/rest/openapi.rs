//! The API's description (OpenAPI 3.1): written by hand, a file for each kind of thing, put together once.

use std::sync::OnceLock;

use serde_json::Value;

use super::asked::NoQuery;
use super::problem::Problem;
use super::tag::Entity;

const PARTS: [&str; 11] = [
    include_str!("openapi/base.json"),
    include_str!("openapi/deals.json"),
    include_str!("openapi/orders.json"),
    include_str!("openapi/statuses.json"),
    include_str!("openapi/customers.json"),
    include_str!("openapi/catalogue.json"),
    include_str!("openapi/funnels.json"),
    include_str!("openapi/shop.json"),
    include_str!("openapi/log.json"),
    include_str!("openapi/imports.json"),
    include_str!("openapi/export.json"),
];

/// For everybody: it tells nothing of the shop.
pub async fn document(_: NoQuery) -> Result<Entity<&'static Value>, Problem> {
    Entity::new(whole())
}

pub fn whole() -> &'static Value {
    static WHOLE: OnceLock<Value> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let parts = PARTS.iter().map(|part| serde_json::from_str(part).unwrap_or_default());
        parts.reduce(merged).unwrap_or_default()
    })
}

fn merged(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Object(mut members), Value::Object(others)) => {
            for (name, value) in others {
                let known = members.remove(&name).unwrap_or_default();
                members.insert(name, merged(known, value));
            }
            Value::Object(members)
        }
        (one, Value::Null) => one,
        (_, other) => other,
    }
}

/// What a reference within the document stands for; another value is itself.
pub fn resolved(value: &'static Value) -> &'static Value {
    let pointed = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointed.and_then(|pointer| whole().pointer(pointer)).unwrap_or(value)
}
