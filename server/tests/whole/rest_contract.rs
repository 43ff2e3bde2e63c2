//! The API's description is true: it names every address and nothing else, says what each thing is, and its examples are
//! what it says.

use std::collections::BTreeSet;

use crate::common::contract::told;
use crate::common::schema::faults;
use crate::common::{TestApp, json};
use http::StatusCode;
use serde_json::{Value, json as value};
use server::http::rest::ROUTES;
use server::http::rest::openapi::{resolved, whole};

const ANSWERS: [&str; 3] = ["401", "429", "default"];

fn members(value: &'static Value) -> impl Iterator<Item = (&'static String, &'static Value)> {
    value.as_object().into_iter().flatten()
}

/// With their method and path.
fn operations() -> Vec<(String, &'static Value)> {
    let mut all = Vec::new();
    for (path, methods) in members(&whole()["paths"]) {
        all.extend(members(methods).map(|(method, operation)| (format!("{method} {path}"), operation)));
    }
    all
}

#[test]
fn every_route_is_described_and_everything_described_is_a_route() {
    let routes: BTreeSet<String> = ROUTES.iter().map(|(method, path)| format!("{method} {path}")).collect();
    let described: BTreeSet<String> = operations().into_iter().map(|(place, _)| place).collect();
    assert!(routes.len() > 30, "{routes:?}");
    assert_eq!(routes, described);
}

#[test]
fn every_operation_says_what_it_is_what_it_takes_and_what_may_come_of_it() {
    let mut ids = BTreeSet::new();
    for (place, operation) in operations() {
        for part in ["operationId", "summary", "description"] {
            assert!(operation[part].as_str().is_some_and(|words| words.len() > 5), "{place}: {part}");
        }
        assert!(ids.insert(operation["operationId"].to_string()), "{place}: its id is another one's");
        let public = operation["security"] == value!([]);
        for status in ANSWERS.into_iter().filter(|status| *status != "401" || !public) {
            assert!(operation["responses"][status].is_object(), "{place}: {status}");
        }
        let names: Vec<&str> = place.split(['{', '}']).skip(1).step_by(2).collect();
        let parameters: Vec<&Value> = operation["parameters"].as_array().into_iter().flatten().map(resolved).collect();
        let in_path: Vec<&str> =
            parameters.iter().filter(|one| one["in"] == "path").filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(in_path, names, "{place}");
        let writes = !place.starts_with("get");
        assert_eq!(parameters.iter().any(|one| one["name"] == "Idempotency-Key"), writes, "{place}");
        for one in parameters {
            let name = format!("{place}: {}", one["name"]);
            assert!(one["description"].is_string(), "{name}");
            assert_eq!(faults(&one["schema"], &one["example"]), Vec::<String>::new(), "{name}");
        }
        for (kind, content) in members(&operation["requestBody"]["content"]) {
            assert_eq!(faults(&content["schema"], &content["example"]), Vec::<String>::new(), "{place}: {kind}");
        }
        for (status, answer) in members(&operation["responses"]) {
            let answer = resolved(answer);
            assert!(answer["description"].is_string(), "{place}: {status}");
            for (_, content) in members(&answer["content"]) {
                assert_eq!(faults(&content["schema"], &content["example"]), Vec::<String>::new(), "{place}: {status}");
            }
        }
    }
}

/// Every schema wherever it stands, with the way to it.
fn schemas(value: &'static Value, at: &str, all: &mut Vec<(String, &'static Value)>) {
    for (name, member) in members(value) {
        let at = format!("{at}/{name}");
        match name.as_str() {
            "schema" | "items" => all.push((at.clone(), member)),
            "properties" | "schemas" => all.extend(members(member).map(|(name, one)| (format!("{at}/{name}"), one))),
            "example" | "examples" => continue,
            _ => {}
        }
        schemas(member, &at, all);
    }
    for (n, member) in value.as_array().into_iter().flatten().enumerate() {
        schemas(member, &format!("{at}/{n}"), all);
    }
}

#[test]
fn every_schema_says_what_it_is_and_its_examples_are_that() {
    let mut all = Vec::new();
    schemas(whole(), "", &mut all);
    assert!(all.len() > 200);
    for (place, schema) in all {
        let said = if schema["description"].is_string() { schema } else { resolved(schema) };
        assert!(said["description"].is_string(), "{place}: no description");
        let examples = said["examples"].as_array().unwrap_or_else(|| panic!("{place}: no example"));
        for example in examples {
            assert_eq!(faults(schema, example), Vec::<String>::new(), "{place}");
        }
        // What is taken in is taken in strictly.
        if schema["type"] == "object"
            && !place.contains("Problem")
            && !place.contains("Fact")
            && !place.contains("paths")
        {
            assert_eq!(schema["additionalProperties"], false, "{place}");
        }
    }
}

#[test]
fn the_checker_is_not_blind() {
    let card = value!({ "$ref": "#/components/schemas/Line" });
    let line = value!({ "name": "Кава", "sku": "", "quantity": 1, "price": 100 });
    assert_eq!(faults(&card, &line), Vec::<String>::new());
    for (name, wrong) in [("name", value!(1)), ("quantity", value!("1")), ("price", Value::Null), ("extra", value!(1))]
    {
        let mut other = line.clone();
        other[name] = wrong;
        assert_eq!(faults(&card, &other).len(), 1, "{name}");
    }
    assert_eq!(faults(&card, &value!({})).len(), 4);
    let choice = value!({ "oneOf": [{ "type": "null" }, card], "description": "" });
    assert_eq!((faults(&choice, &Value::Null).len(), faults(&choice, &value!(7)).len()), (0, 1));
    let few = value!({ "type": "array", "items": { "type": "integer", "minimum": 1 }, "maxItems": 2 });
    assert_eq!((faults(&few, &value!([1, 2])).len(), faults(&few, &value!([0, 1, 2])).len()), (0, 2));
}

#[tokio::test]
async fn the_description_is_there_for_everybody_and_so_is_its_page() {
    let app = TestApp::start().await;
    let answer = told(app.get("/api/v1/openapi.json")).await;
    let tag = answer.headers()["etag"].clone();
    assert_eq!(&json(answer, StatusCode::OK).await, whole());
    let again = told(app.get("/api/v1/openapi.json").header("if-none-match", tag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let page = told(app.get("/api/v1/docs").bearer_auth("not a token of ours")).await;
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()["content-security-policy"].to_str().expect("ASCII").to_owned();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let html = page.text().await.expect("a page");
    for (place, operation) in operations() {
        let id = operation["operationId"].as_str().expect("an id");
        assert!(html.contains(&format!("<section id=\"{id}\">")), "{place}");
    }
    assert!(html.contains("prefers-color-scheme: dark") && !html.contains("<script"));
    let elsewhere = html.split(['"', '\'']).filter(|part| part.starts_with("http") || part.starts_with("//"));
    assert_eq!(elsewhere.collect::<Vec<_>>(), Vec::<&str>::new(), "nothing is loaded from elsewhere");
}
