//! The first owner, once only.

mod common;

use app::ctx::now;
use common::postgres::Cluster;
use common::{TestApp, system};
use domain::auth::Role;
use domain::board::{Limit, Refusal};
use http::StatusCode;

const PASSWORD: &str = "довгий надійний пароль";

#[tokio::test]
async fn of_two_owners_at_once_one_wins() {
    let (apps, _cluster) = apps().await;
    for app in &apps {
        let store = &app.store;
        assert!(store.is_empty().await.expect("a look"));
        let (one, other) = tokio::join!(
            store.set_up("Олена", "olena@example.com", PASSWORD, now()),
            store.set_up("Тарас", "taras@example.com", PASSWORD, now()),
        );
        let lost = match (one, other) {
            (Ok(_), Err(lost)) | (Err(lost), Ok(_)) => lost,
            (Ok(_), Ok(_)) => panic!("both won"),
            (Err(one), Err(other)) => panic!("{one}, {other}"),
        };
        let already = Refusal::Limit { limit: Limit::AlreadySetUp };
        assert!(matches!(&lost, store::Error::Refused(refusal) if *refusal == already), "{lost}");
        let users = store.users(&system()).await.expect("users");
        assert_eq!(users.iter().map(|user| user.role).collect::<Vec<_>>(), [Role::Owner]);
        // And nobody after them.
        let before = app.fingerprint().await;
        assert!(store.set_up("Зло", "evil@example.com", PASSWORD, now()).await.is_err());
        assert_eq!(app.fingerprint().await, before);
    }
}

#[tokio::test]
async fn pages_lead_to_the_set_up_until_it_is_done_and_then_away_from_it() {
    let app = TestApp::start().await;
    let leads_to = async |path: &str| {
        let answer = app.get(path).send().await.expect("an answer");
        assert!(answer.status().is_redirection(), "{path}: {}", answer.status());
        answer.headers()["location"].to_str().expect("ASCII").to_owned()
    };
    assert_eq!(leads_to("/").await, "/setup");
    app.store.set_up("Олена", "olena@example.com", PASSWORD, now()).await.expect("an owner");
    assert!(leads_to("/").await.starts_with("/sign-in"));
    let answer = app.get("/healthz").send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
}

/// On each database; the cluster goes after the servers that use it.
async fn apps() -> (Vec<TestApp>, Option<Cluster>) {
    let mut apps = vec![TestApp::start().await];
    let cluster = Cluster::start();
    if let Some(cluster) = &cluster {
        apps.push(TestApp::on(&cluster.database()).await);
    }
    (apps, cluster)
}
