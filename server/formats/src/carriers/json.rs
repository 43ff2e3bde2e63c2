//! JSON as carriers write it: a number may be a string, a list an object, and whatever they have not got may be anything.

use serde_json::Value;

use super::{ITEMS_MAX, Refusal};

pub fn parse(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body).map_err(|_| Refusal::Unreadable)
}

/// The trimmed text of a string or a number; None where there is nothing, or something else.
pub fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

pub fn field(value: &Value, name: &str) -> Option<String> {
    text(value.get(name)?)
}

/// By names from the outside in.
pub fn deep(value: &Value, path: &[&str]) -> Option<String> {
    let inner = path.iter().try_fold(value, |value, name| value.get(name))?;
    text(inner)
}

/// Of a list; of an object, its values; of anything else, nothing.
pub fn items(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().take(ITEMS_MAX).collect(),
        Some(Value::Object(fields)) => fields.values().take(ITEMS_MAX).collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) | None => Vec::new(),
    }
}

pub fn is_true(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => matches!(text.trim(), "true" | "1"),
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        Some(Value::Null | Value::Array(_) | Value::Object(_)) | None => false,
    }
}

/// All that is said of an error, in lower case, to look for words in.
pub fn murmur(value: &Value) -> String {
    value.to_string().to_lowercase()
}
