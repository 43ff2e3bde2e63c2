//! The API's description as a page for people, made of the document itself: nothing on it is written twice. No script
//! runs on it, and nothing comes from elsewhere.

use std::fmt::Write;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::Value;

use super::asked::NoQuery;
use super::openapi::{resolved, whole};
use crate::http::open::Paper;
use crate::state::AppState;

const STYLE: &str = include_str!("docs.css");

/// For everybody: it tells nothing of the shop.
pub async fn page(State(state): State<AppState>, _: NoQuery) -> Response {
    let paper = Paper::new(&state);
    let html = html(&paper.nonce);
    paper.answer(StatusCode::OK, html)
}

fn html(nonce: &str) -> String {
    let document = whole();
    let info = &document["info"];
    let title = text(&info["title"]);
    let mut out = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}: API</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><style nonce=\"{nonce}\">{STYLE}</style></head>\
         <body><header><h1>{title}: API</h1><p><strong>{}</strong></p>{}\
         <p><a href=\"/api/v1/openapi.json\">openapi.json</a></p></header>",
        text(&info["summary"]),
        paragraphs(&info["description"]),
    );
    contents(&mut out, document);
    out.push_str("<main>");
    for tag in list(&document["tags"]) {
        let name = text(&tag["name"]);
        add(&mut out, format_args!("<h2>{name}</h2><p>{}</p>", text(&tag["description"])));
        for (path, method, operation) in operations(document, &tag["name"]) {
            describe(&mut out, (path, method), operation);
        }
    }
    out.push_str("</main></body></html>");
    out
}

fn contents(out: &mut String, document: &'static Value) {
    out.push_str("<nav aria-label=\"Contents\"><ul>");
    for tag in list(&document["tags"]) {
        for (_, _, operation) in operations(document, &tag["name"]) {
            let (id, summary) = (text(&operation["operationId"]), text(&operation["summary"]));
            add(out, format_args!("<li><a href=\"#{id}\">{summary}</a></li>"));
        }
    }
    out.push_str("</ul></nav>");
}

/// A tag's operations: path, method, and what is said of it.
fn operations<'a>(
    document: &'static Value,
    tag: &'a Value,
) -> impl Iterator<Item = (&'static str, &'static str, &'static Value)> + use<'a> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let all = paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
    });
    all.filter(move |(_, _, operation)| list(&operation["tags"]).any(|one| one == tag))
}

fn describe(out: &mut String, (path, method): (&str, &str), operation: &'static Value) {
    let (id, summary) = (text(&operation["operationId"]), text(&operation["summary"]));
    let (method, path) = (method.to_uppercase(), escaped(path));
    add(out, format_args!("<section id=\"{id}\"><h3>{summary}</h3>"));
    add(out, format_args!("<p class=\"way\"><code><span class=\"method\">{method}</span> /api/v1{path}</code></p>"));
    out.push_str(&paragraphs(&operation["description"]));
    parameters(out, operation);
    if let Some((_, body)) = list_of(&resolved(&operation["requestBody"])["content"]).next() {
        out.push_str("<h4>Body</h4>");
        fields(out, &body["schema"]);
        add(out, format_args!("<pre>{}</pre>", pretty(&body["example"])));
    }
    out.push_str("<h4>Answers</h4>");
    for (status, answer) in list_of(&operation["responses"]) {
        let answer = resolved(answer);
        let (status, words) = (escaped(status), text(&answer["description"]));
        match list_of(&answer["content"]).next() {
            Some((_, content)) => {
                let example = pretty(&content["example"]);
                let summary = format!("<code>{status}</code> {words}");
                add(out, format_args!("<details><summary>{summary}</summary><pre>{example}</pre></details>"));
            }
            None => add(out, format_args!("<p><code>{status}</code> {words}</p>")),
        }
    }
    out.push_str("</section>");
}

fn parameters(out: &mut String, operation: &'static Value) {
    let all: Vec<&Value> = list(&operation["parameters"]).map(resolved).collect();
    if all.is_empty() {
        return;
    }
    out.push_str("<h4>Parameters</h4><div class=\"scrolls\"><table><tr><th>Name</th><th>In</th><th>Meaning</th><th>Such as</th></tr>");
    for one in all {
        let (name, place, words) = (text(&one["name"]), text(&one["in"]), text(&one["description"]));
        let example = plain(&one["example"]);
        add(
            out,
            format_args!(
                "<tr><td><code>{name}</code></td><td>{place}</td><td>{words}</td><td><code>{example}</code></td></tr>"
            ),
        );
    }
    out.push_str("</table></div>");
}

/// What a body consists of.
fn fields(out: &mut String, schema: &'static Value) {
    let schema = resolved(schema);
    // A file has none.
    if !schema["properties"].is_object() {
        return;
    }
    let needed: Vec<&Value> = list(&schema["required"]).collect();
    out.push_str("<div class=\"scrolls\"><table><tr><th>Field</th><th>Meaning</th></tr>");
    for (name, field) in list_of(&schema["properties"]) {
        let must = if needed.iter().any(|one| *one == name) { "<br><strong>needed</strong>" } else { "" };
        // Words beside a reference are about this very use of it.
        let words = if field["description"].is_string() { field } else { resolved(field) };
        let (name, words) = (escaped(name), text(&words["description"]));
        add(out, format_args!("<tr><td><code>{name}</code>{must}</td><td>{words}</td></tr>"));
    }
    out.push_str("</table></div>");
}

fn add(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing into a String does not fail.
    let _ = out.write_fmt(words);
}

fn list(value: &'static Value) -> impl Iterator<Item = &'static Value> {
    value.as_array().into_iter().flatten()
}

fn list_of(value: &'static Value) -> impl Iterator<Item = (&'static String, &'static Value)> {
    value.as_object().into_iter().flatten()
}

fn text(value: &Value) -> String {
    marked(&escaped(value.as_str().unwrap_or_default()))
}

fn plain(value: &Value) -> String {
    match value.as_str() {
        Some(text) => escaped(text),
        None => escaped(&value.to_string()),
    }
}

fn pretty(value: &Value) -> String {
    match value.as_str() {
        Some(text) => escaped(text),
        None => escaped(&serde_json::to_string_pretty(value).unwrap_or_default()),
    }
}

fn paragraphs(value: &Value) -> String {
    let whole = value.as_str().unwrap_or_default();
    whole.split("\n\n").map(|part| format!("<p>{}</p>", marked(&escaped(part)))).collect()
}

/// Of Markdown, what the document uses: `code` and **strong**.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, piece) in text.split("**").enumerate() {
        let piece: String = piece
            .split('`')
            .enumerate()
            .map(|(n, piece)| if n % 2 == 1 { format!("<code>{piece}</code>") } else { piece.to_owned() })
            .collect();
        out.push_str(&if n % 2 == 1 { format!("<strong>{piece}</strong>") } else { piece });
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_operation_and_runs_nothing() {
        let page = html("n");
        for (path, methods) in list_of(&whole()["paths"]) {
            for (_, operation) in list_of(methods) {
                let id = operation["operationId"].as_str().expect("an id");
                assert!(page.contains(&format!("<section id=\"{id}\">")), "{path}: {id}");
            }
        }
        assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("src="));
    }

    #[test]
    fn words_are_text() {
        assert_eq!(marked(&escaped("**a** `<b>`")), "<strong>a</strong> <code>&lt;b&gt;</code>");
    }
}
