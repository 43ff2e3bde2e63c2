//! The first owner, once only.

use crate::common::postgres::Cluster;
use crate::common::{TestApp, session_begun, system};
use app::ctx::now;
use app::error::AppError;
use domain::auth::Role;
use domain::board::{Limit, Refusal};
use domain::i18n::Lang;
use http::StatusCode;
use reqwest::Response;
use store::auth::FirstRun;

const PASSWORD: &str = "довгий надійний пароль";

fn first(name: &str, email: &str) -> FirstRun {
    FirstRun {
        name: name.into(),
        email: email.into(),
        password: PASSWORD.into(),
        business: "Кава".into(),
        currency: "UAH".into(),
        lang: Lang::Uk,
    }
}

#[tokio::test]
async fn of_two_owners_at_once_one_wins() {
    let (apps, _cluster) = apps().await;
    for app in &apps {
        let store = &app.store;
        assert!(store.is_empty().await.expect("a look"));
        let (one, other) = tokio::join!(
            store.set_up(first("Олена", "olena@example.com"), now()),
            store.set_up(first("Тарас", "taras@example.com"), now()),
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
        assert!(store.set_up(first("Зло", "evil@example.com"), now()).await.is_err());
        assert_eq!(app.fingerprint().await, before);
    }
}

async fn send_set_up(app: &TestApp, name: &str, email: &str) -> Response {
    send_in(app, name, email, "UAH").await
}

async fn send_in(app: &TestApp, name: &str, email: &str, currency: &str) -> Response {
    let fields = [
        ("name", name),
        ("email", email),
        ("password", PASSWORD),
        ("business", "Кава"),
        ("currency", currency),
        ("lang", "uk"),
    ];
    app.submit("set_up", &fields).send().await.expect("an answer")
}

#[tokio::test]
async fn of_two_who_send_the_first_page_at_once_one_is_told_that_it_is_done() {
    let (apps, _cluster) = apps().await;
    for app in &apps {
        let (one, other) = tokio::join!(
            send_set_up(app, "Олена", "olena@example.com"),
            send_set_up(app, "Тарас", "taras@example.com")
        );
        let (won, lost) = if one.status().is_success() { (one, other) } else { (other, one) };
        assert_eq!((won.status(), lost.status()), (StatusCode::OK, StatusCode::UNPROCESSABLE_ENTITY));
        let token = session_begun(&won).expect("the owner is in");
        assert_eq!(session_begun(&lost), None);
        let told: AppError = serde_json::from_str(&lost.text().await.expect("a body")).expect("an error of ours");
        assert_eq!(told, AppError::Refused(Refusal::Limit { limit: Limit::AlreadySetUp }));
        assert!(!told.words(Lang::Uk).is_empty());
        let users = app.store.users(&system()).await.expect("users");
        assert_eq!(users.iter().map(|user| user.role).collect::<Vec<_>>(), [Role::Owner]);
        let session = app.store.session(&token, now()).await.expect("a look").expect("a session");
        assert_eq!(session.user, users[0].id);
        // The business was opened once as well.
        let shops = app.store.storefronts(&system()).await.expect("storefronts");
        let funnels = app.store.funnels(&system().actor).await.expect("funnels");
        assert_eq!((shops.len(), funnels.len()), (1, 1));
    }
}

#[tokio::test]
async fn a_shop_that_can_t_be_opened_leaves_the_first_page_open() {
    let (apps, _cluster) = apps().await;
    for app in &apps {
        let before = app.fingerprint().await;
        let refused = send_in(app, "Олена", "olena@example.com", "₴").await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(session_begun(&refused), None);
        let told: AppError = serde_json::from_str(&refused.text().await.expect("a body")).expect("an error of ours");
        assert_eq!(told, AppError::Refused(Refusal::Limit { limit: Limit::UnknownCurrency }));
        assert_eq!(app.fingerprint().await, before, "no owner without a shop");
        let again = send_set_up(app, "Олена", "olena@example.com").await;
        assert_eq!(again.status(), StatusCode::OK);
        assert!(session_begun(&again).is_some());
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
    app.store.set_up(first("Олена", "olena@example.com"), now()).await.expect("an owner");
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
