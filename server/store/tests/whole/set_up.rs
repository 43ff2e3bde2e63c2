//! The first run: owner, session, storefront and funnel, all of it or nothing, once.

use crate::common::shop::{NOW, PASSWORD, first_run, id, system};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Actor, Invite, Role, Storefronts, Who};
use domain::board::{Limit, Refusal};
use domain::deals::{Fault, Field};
use domain::event::Fact;
use domain::ids::*;
use store::Ctx;
use store::auth::FirstRun;

on_both![
    the_business_is_open_at_once,
    of_two_who_set_up_at_once_one_wins,
    a_part_that_fails_leaves_nothing,
    after_a_colleague_nobody_sets_up,
];

fn limit(limit: Limit) -> Refusal {
    Refusal::Limit { limit }
}

async fn the_business_is_open_at_once(db: TestDb) {
    assert!(db.store.is_empty().await.expect("read"));
    let signed_in = db.store.set_up(first_run(" Олена ", "Olena@Example.com"), NOW).await.expect("set up");
    let session = db.store.session(&signed_in.token, NOW).await.expect("read").expect("a session");
    assert_eq!((session.name.as_str(), session.email.as_str()), ("Олена", "olena@example.com"));
    let owner = Actor { who: Who::User(signed_in.user), role: Role::Owner, storefronts: Storefronts::All };
    assert_eq!(session.actor, owner);
    let ctx = Ctx { actor: owner, now: NOW };
    let shops = db.store.storefronts(&ctx).await.expect("storefronts");
    assert_eq!(shops.iter().map(|shop| shop.name.as_str()).collect::<Vec<_>>(), ["Чайна крамниця"]);
    assert!(shops[0].hook_key.is_some() && !shops[0].has_secret, "a door that nobody can sign for yet");
    let funnels = db.store.funnels(&ctx.actor).await.expect("funnels");
    assert_eq!(funnels.iter().map(|funnel| funnel.storefront).collect::<Vec<_>>(), [Some(shops[0].id)]);
    assert!(!db.store.lost_reasons().await.expect("reasons").is_empty(), "its lost stage asks why");
    // One command: one author, one moment.
    let events = db.store.raw_events(Seq(0)).await.expect("events");
    assert!(events.iter().all(|event| event.command == events[0].command && event.actor == Who::System));
    assert!(events.iter().any(|event| event.fact == Fact::SignedIn { user: signed_in.user }));
    assert!(db.store.sign_in("olena@example.com", PASSWORD, NOW).await.expect("read").is_some());
    let text = db.everything().await;
    assert!(!text.contains(PASSWORD) && !text.contains(&signed_in.token), "secrets are kept as hashes");
    db.sound().await;
}

async fn of_two_who_set_up_at_once_one_wins(db: TestDb) {
    let (one, two) = tokio::join!(
        db.store.set_up(first_run("Олена", "olena@example.com"), NOW),
        db.store.set_up(first_run("Чужий", "stranger@example.com"), NOW),
    );
    assert_ne!(one.is_ok(), two.is_ok());
    let (winner, loser) = if one.is_ok() { (one, two) } else { (two, one) };
    assert_eq!(refusal(loser), limit(Limit::AlreadySetUp));
    let users = db.store.users(&system()).await.expect("users");
    assert_eq!(users.iter().map(|user| user.id).collect::<Vec<_>>(), [winner.expect("in").user]);
    assert_eq!(db.store.storefronts(&system()).await.expect("storefronts").len(), 1);
    assert_eq!(db.store.funnels(&system().actor).await.expect("funnels").len(), 1);
    let late = db.untouched(async { refusal(db.store.set_up(first_run("Чужий", "x@example.com"), NOW).await) }).await;
    assert_eq!(late, limit(Limit::AlreadySetUp));
    db.sound().await;
}

/// The storefront comes after the owner: what it is refused for must take the owner back as well.
async fn a_part_that_fails_leaves_nothing(db: TestDb) {
    let good = first_run("Олена", "olena@example.com");
    let cases = [
        (FirstRun { currency: "₴".into(), ..good.clone() }, limit(Limit::UnknownCurrency)),
        (FirstRun { currency: String::new(), ..good.clone() }, limit(Limit::UnknownCurrency)),
        (FirstRun { business: " \n ".into(), ..good.clone() }, limit(Limit::NameMissing)),
        (FirstRun { business: "ю".repeat(81), ..good.clone() }, limit(Limit::NameTooLong)),
        (FirstRun { name: String::new(), ..good.clone() }, limit(Limit::NameMissing)),
        (FirstRun { password: "коротко".into(), ..good.clone() }, limit(Limit::WeakPassword)),
        (
            FirstRun { email: "olena".into(), ..good.clone() },
            Refusal::Faults { faults: vec![(Field::Email, Fault::NotAnEmail)] },
        ),
    ];
    for (first, why) in cases {
        assert_eq!(db.untouched(async { refusal(db.store.set_up(first, NOW).await) }).await, why);
    }
    assert!(db.store.is_empty().await.expect("read"), "the page is still open");
    db.store.set_up(good, NOW).await.expect("and works");
    db.sound().await;
}

async fn after_a_colleague_nobody_sets_up(db: TestDb) {
    let invite =
        Invite { name: "Ніна".into(), email: "n@example.com".into(), role: Role::Owner, storefronts: vec![] };
    db.store.invite(&system(), id(), invite).await.expect("invited on the command line");
    let late = db.untouched(async { refusal(db.store.set_up(first_run("Чужий", "x@example.com"), NOW).await) }).await;
    assert_eq!(late, limit(Limit::AlreadySetUp));
    db.sound().await;
}
