//! Screens on a wall, from outside.

use std::time::Duration;

use crate::common::{World, hear, system};
use domain::auth::Role;
use domain::board::{Limit, MoveDeal, Place, Refusal};
use domain::i18n::Lang;
use domain::ids::*;
use domain::screens::{PairScreen, Screen};
use http::StatusCode;
use reqwest::Response;

/// A browser on a wall: it keeps its cookie.
struct Tv {
    cookie: Option<String>,
}

impl Tv {
    async fn on(world: &World) -> (Self, String) {
        let mut tv = Self { cookie: None };
        let html = tv.page(world).await;
        (tv, code(&html))
    }

    async fn get(&self, world: &World, path: &str) -> Response {
        let request = world.app.get(path);
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        request.send().await.expect("an answer")
    }

    async fn page(&mut self, world: &World) -> String {
        let answer = self.get(world, "/tv").await;
        assert_eq!(answer.status(), StatusCode::OK);
        if let Some(set) = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok()) {
            assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
            self.cookie = set.split(';').next().map(str::to_owned);
        }
        answer.text().await.expect("a page")
    }
}

fn code(html: &str) -> String {
    let rest = html.split("data-code=\"").nth(1).unwrap_or_else(|| panic!("a code: {html}"));
    rest.split('"').next().expect("a code").to_owned()
}

fn pair(code: &str, funnel: FunnelId) -> PairScreen {
    PairScreen { code: code.to_lowercase(), name: "У залі".into(), funnel, lang: Lang::En }
}

async fn paired(world: &World, code: &str) -> Screen {
    let screens = world.store().pair_screen(&system(), CommandId::new_v4(), pair(code, world.ours.funnel.id)).await;
    screens.expect("paired").pop().expect("a screen")
}

#[tokio::test]
async fn a_screen_shows_a_code_until_an_admin_enters_it() {
    let world = World::new().await;
    world.deal(&world.ours, "Олена Таємна").await;
    let (mut tv, shown) = Tv::on(&world).await;
    assert_eq!(code(&tv.page(&world).await), shown, "the same screen keeps its code");
    let mut live = tv.get(&world, "/tv/live").await;
    hear(&mut live, "event: hello").await;
    let screen = paired(&world, &format!("{}-{}", &shown[..3], &shown[3..])).await;
    hear(&mut live, "event: reload").await;
    let html = tv.page(&world).await;
    assert!(html.contains("id=\"wall\"") && html.contains("Новий заказ") && html.contains("Latest moves"), "{html}");
    for secret in ["Таємна", "Олена", &crate::common::phone_of("Олена Таємна"), "wasm"] {
        assert!(!html.contains(secret), "{secret}: {html}");
    }
    assert_eq!((screen.funnel, screen.lang), (world.ours.funnel.id, Lang::En));
}

#[tokio::test]
async fn what_happens_on_the_funnel_appears_on_the_wall() {
    let world = World::new().await;
    let card = world.deal(&world.ours, "Олена").await;
    let (mut tv, shown) = Tv::on(&world).await;
    paired(&world, &shown).await;
    tv.page(&world).await;
    let mut live = tv.get(&world, "/tv/live").await;
    hear(&mut live, "event: wall").await;
    world.move_to(card.id, 4).await;
    let heard = hear(&mut live, "event: wall").await;
    assert!(heard.contains("Оплачено"), "{heard}");
    // Another funnel's moves are none of its business.
    let other = world.deal(&world.theirs, "Чужа").await;
    world.move_to(other.id, 1).await;
    let quiet = tokio::time::timeout(Duration::from_secs(1), live.chunk()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}

#[tokio::test]
async fn a_move_of_another_day_says_which() {
    let world = World::new().await;
    let (early, late) = (world.deal(&world.ours, "Олена").await, world.deal(&world.ours, "Тарас").await);
    let yesterday = app::ctx::now() - 86_400_000;
    let stage = &world.ours.funnel.stages[1];
    let command = MoveDeal {
        command: CommandId::new_v4(),
        deal: early.id,
        to: stage.id,
        place: Place::Top,
        from: early.stage,
        reason: None,
        undoes: None,
        details: None,
    };
    world.store().move_deal(&store::Ctx { now: yesterday, ..system() }, command).await.expect("a move");
    world.move_to(late.id, 1).await;
    let (mut tv, shown) = Tv::on(&world).await;
    paired(&world, &shown).await;
    let html = tv.page(&world).await;
    let day = jiff::Timestamp::from_millisecond(yesterday).expect("a time").in_tz("Europe/Kyiv").expect("a zone");
    let day = format!("<span class=\"day\">{}<", day.strftime("%-d %b"));
    assert_eq!((html.matches(&day).count(), html.matches("class=\"day\"").count()), (1, 1), "{html}");
    let (today, before) = html.split_once(&day).expect("a day");
    assert!(today.matches(&stage.name).count() > before.matches(&stage.name).count(), "the older one is the last");
}

#[tokio::test]
async fn a_disconnected_screen_shows_a_code_at_once() {
    let world = World::new().await;
    let (mut tv, shown) = Tv::on(&world).await;
    let screen = paired(&world, &shown).await;
    tv.page(&world).await;
    let mut live = tv.get(&world, "/tv/live").await;
    hear(&mut live, "event: wall").await;
    let left = world.store().unpair_screen(&system(), CommandId::new_v4(), screen.id).await.expect("disconnected");
    assert_eq!(left, []);
    hear(&mut live, "event: reload").await;
    let html = tv.page(&world).await;
    assert_ne!(code(&html), shown, "and another one");
}

#[tokio::test]
async fn a_screen_s_token_opens_its_wall_and_nothing_else() {
    let world = World::new().await;
    let (mut tv, shown) = Tv::on(&world).await;
    paired(&world, &shown).await;
    tv.page(&world).await;
    let secret = tv.cookie.clone().expect("a cookie");
    let token = secret.split('=').nth(1).expect("a token").to_owned();
    let before = world.app.fingerprint().await;
    let api = world.app.get("/api/v1/deals").bearer_auth(&token).send().await.expect("an answer");
    assert_eq!(api.status(), StatusCode::UNAUTHORIZED);
    for cookie in [secret.clone(), format!("voronka={token}")] {
        let board = world.app.get(&format!("/f/{}", world.ours.funnel.id)).header("cookie", &cookie);
        let answer = board.send().await.expect("an answer");
        assert!(answer.status().is_redirection(), "{}", answer.status());
        let live = world.app.get(&format!("/live?funnel={}", world.ours.funnel.id)).header("cookie", &cookie);
        assert_eq!(live.send().await.expect("an answer").status(), StatusCode::UNAUTHORIZED);
    }
    // Nor does anybody else's cookie open the wall.
    let mut stranger = Tv { cookie: Some("voronka-screen=guess".into()) };
    assert_ne!(code(&stranger.page(&world).await), shown);
    assert_eq!(Tv { cookie: None }.get(&world, "/tv/live").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(world.app.fingerprint().await, before);
}

#[tokio::test]
async fn a_code_works_once_for_those_who_may_and_for_a_quarter_of_an_hour() {
    let world = World::new().await;
    let (_tv, shown) = Tv::on(&world).await;
    let (store, funnel) = (world.store(), world.ours.funnel.id);
    for role in [Role::Viewer, Role::Manager, Role::Head] {
        let someone = world.someone(role, &[world.ours.id]).await;
        let ctx = world.ctx(&someone).await;
        let refused = store.pair_screen(&ctx, CommandId::new_v4(), pair(&shown, funnel)).await;
        assert!(matches!(refused, Err(store::Error::Refused(Refusal::NotAllowed))), "{role:?}");
        assert!(
            store.screens(&ctx).await.is_err()
                && store.unpair_screen(&ctx, CommandId::new_v4(), ScreenId(1)).await.is_err()
        );
    }
    let unknown = |answer: Result<Vec<Screen>, store::Error>| {
        let code = Refusal::Limit { limit: Limit::CodeUnknown };
        assert!(matches!(answer, Err(store::Error::Refused(refusal)) if refusal == code));
    };
    unknown(store.pair_screen(&system(), CommandId::new_v4(), pair("AAAAAA", funnel)).await);
    let late = store::Ctx { now: system().now + store::screens::PAIRING_MS + 1_000, ..system() };
    unknown(store.pair_screen(&late, CommandId::new_v4(), pair(&shown, funnel)).await);
    paired(&world, &shown).await;
    unknown(store.pair_screen(&system(), CommandId::new_v4(), pair(&shown, funnel)).await);
}
