//! Whether a value is what a JSON Schema says: as much of the language as the API's description speaks. A word that this
//! does not know is a failure, so that nothing is passed over.

use serde_json::Value;
use server::http::rest::openapi::whole;

const KNOWN: [&str; 18] = [
    "$ref",
    "type",
    "description",
    "examples",
    "format",
    "pattern",
    "enum",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "oneOf",
];

/// Where the value is another one, a line each.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(schema, value, "", &mut found);
    found
}

fn look(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let words = schema.as_object().expect("a schema");
    for word in words.keys() {
        assert!(KNOWN.contains(&word.as_str()), "{word} is not understood here");
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let target = whole().pointer(reference.trim_start_matches('#'));
        look(target.unwrap_or_else(|| panic!("{reference} leads nowhere")), value, at, found);
    }
    if !schema["type"].is_null() && !has_type(&schema["type"], value) {
        found.push(format!("{at}: {value} is no {}", schema["type"]));
        return;
    }
    if let Some(choices) = schema["enum"].as_array()
        && !choices.contains(value)
    {
        found.push(format!("{at}: {value} is none of {choices:?}"));
    }
    if let Some(choices) = schema["oneOf"].as_array()
        && choices.iter().filter(|choice| faults(choice, value).is_empty()).count() != 1
    {
        found.push(format!("{at}: {value} is not one of its kinds"));
    }
    let size = match value {
        Value::Number(number) => return bounds(schema, ("minimum", "maximum"), number.as_i64(), (at, found)),
        Value::String(text) => return bounds(schema, ("minLength", "maxLength"), count(text.chars()), (at, found)),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate().filter(|_| schema["items"].is_object()) {
                look(&schema["items"], item, &format!("{at}/{n}"), found);
            }
            count(items.iter())
        }
        Value::Object(_) => {
            members(schema, value, at, found);
            None
        }
        Value::Null | Value::Bool(_) => None,
    };
    bounds(schema, ("minItems", "maxItems"), size, (at, found));
}

fn members(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}/{name} is missing"));
        }
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(own) => look(own, member, &format!("{at}/{name}"), found),
            None if schema["additionalProperties"] == false => found.push(format!("{at}/{name} is not described")),
            None => {}
        }
    }
}

fn count(things: impl Iterator) -> Option<i64> {
    i64::try_from(things.count()).ok()
}

fn bounds(schema: &Value, (least, most): (&str, &str), size: Option<i64>, (at, found): (&str, &mut Vec<String>)) {
    let Some(size) = size else { return };
    if schema[least].as_i64().is_some_and(|least| size < least) || schema[most].as_i64().is_some_and(|most| size > most)
    {
        found.push(format!("{at}: {size} is out of bounds"));
    }
}

fn has_type(types: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        other => panic!("{other:?} is no type"),
    };
    types.as_array().map_or_else(|| is(types), |types| types.iter().any(is))
}
