//! Two scripts that read the same thing and change it at once: one of them has to read it again.

use crate::common::contract::ask;
use crate::common::postgres::Cluster;
use crate::common::{TestApp, World, problem};
use domain::auth::Role;
use http::StatusCode;
use reqwest::{Method, Response};
use serde_json::json;

#[tokio::test]
async fn of_two_patches_with_one_tag_one_is_refused() {
    contested(World::new().await).await;
}

#[tokio::test]
async fn of_two_patches_with_one_tag_one_is_refused_on_postgresql_too() {
    let Some(cluster) = Cluster::start() else { return };
    contested(World::in_app(TestApp::on(&cluster.database()).await).await).await;
}

async fn contested(world: World) {
    let token = world.token(Role::Owner, &[]).await;
    let deal = world.deal(&world.ours, "Олена").await;
    let reason = world.lost_reason("Передумали зовсім").await;
    let funnel = &world.ours.funnel;
    for path in [
        format!("/funnels/{}", funnel.id),
        format!("/funnels/{}/stages/{}", funnel.id, funnel.stages[1].id),
        format!("/storefronts/{}", world.ours.id),
        format!("/customers/{}", deal.customer),
        format!("/lost-reasons/{reason}"),
    ] {
        for round in 0..4 {
            let seen = tag(&ask(world.app.get(&format!("/api/v1{path}")), &token).await);
            let patch = |name: String| {
                let request = world.app.request(Method::PATCH, &format!("/api/v1{path}"));
                ask(request.header("if-match", &seen).json(&json!({ "name": name })), &token)
            };
            let (one, other) = tokio::join!(patch(format!("Раз {round}")), patch(format!("Два {round}")));
            let (done, late) = if one.status() == StatusCode::OK { (one, other) } else { (other, one) };
            assert_eq!((done.status(), late.status()), (StatusCode::OK, StatusCode::PRECONDITION_FAILED), "{path}");
            assert_eq!(tag(&late), tag(&done), "it tells what is there now: {path}");
            problem(late, StatusCode::PRECONDITION_FAILED).await;
        }
    }
}

fn tag(answer: &Response) -> String {
    answer.headers()["etag"].to_str().expect("ASCII").to_owned()
}
