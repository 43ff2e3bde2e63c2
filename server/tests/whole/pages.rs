//! The addresses of pages, from outside.

use crate::common::{TestApp, World, system};
use domain::auth::Role;
use http::StatusCode;
use leptos_axum::generate_route_list;
use reqwest::Response;

/// Every page of the app, its parameters filled in with whatever.
fn pages() -> Vec<String> {
    let filled = |part: &str| if part.starts_with('{') { "1".to_owned() } else { part.to_owned() };
    let path = |path: &str| path.split('/').map(filled).collect::<Vec<_>>().join("/");
    generate_route_list(app::App).iter().map(|route| path(route.path())).filter(|path| path != "/").collect()
}

fn leads_to(answer: &Response) -> Option<&str> {
    answer.headers().get("location").and_then(|location| location.to_str().ok())
}

async fn get(app: &TestApp, path: &str, cookie: &str) -> Response {
    app.get(path).header("cookie", cookie).send().await.expect("an answer")
}

#[tokio::test]
async fn a_slash_at_the_end_of_a_page_s_address_leads_to_the_page() {
    let pages = pages();
    assert!(pages.len() > 5 && pages.iter().any(|page| page == "/settings"), "{pages:?}");
    let world = World::new().await;
    let owner = world.someone(Role::Owner, &[]).await;
    let card = world.deal(&world.ours, "Олена").await;
    let link = world.store().deal(&system(), card.id).await.expect("a deal").tracking.expect("a link");
    let others = ["/tv".to_owned(), format!("/t/{link}")];
    for page in pages.iter().chain(&others) {
        for (end, query) in [("/", ""), ("//", ""), ("/", "?q=%D0%BA&page=2")] {
            let answer = get(&world.app, &format!("{page}{end}{query}"), &owner.cookie).await;
            assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT, "{page}{end}{query}");
            assert_eq!(leads_to(&answer), Some(format!("{page}{query}").as_str()));
        }
    }
    let settings = get(&world.app, "/settings", &owner.cookie).await;
    assert_eq!(settings.status(), StatusCode::OK, "and there the page is");
}

#[tokio::test]
async fn where_no_page_is_a_slash_leads_nowhere() {
    let world = World::new().await;
    let owner = world.someone(Role::Owner, &[]).await;
    for path in ["/nowhere/", "//evil.example/", "/settings/nowhere/", "/api/v1/deals/", "/hooks/woocommerce/"] {
        let answer = get(&world.app, path, &owner.cookie).await;
        assert_eq!((answer.status(), leads_to(&answer)), (StatusCode::NOT_FOUND, None), "{path}");
    }
    let posted = world.app.post("/settings/").header("cookie", &owner.cookie).send().await.expect("an answer");
    assert!(posted.status().is_client_error() && leads_to(&posted).is_none(), "{}", posted.status());
}
