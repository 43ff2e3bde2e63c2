//! Getting in and out: passwords, sessions, links, tokens.

use crate::common::shop::{DAY, HOUR, NOW, PASSWORD, Shop, first_run, id, system, user};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{Invite, NewToken, Preferences, Role, Storefronts, UserChange, Who};
use domain::board::{Limit, Refusal};
use domain::event::Fact;
use domain::ids::*;
use store::auth::{LinkKind, SignedIn};
use store::{Ctx, Error};

on_both![
    a_password_opens_and_a_wrong_one_does_not,
    sessions_end_by_themselves,
    an_invitation_works_once,
    of_two_who_accept_at_once_one_wins,
    a_forgotten_password_ends_what_was_open,
    an_entrance_is_made_on_the_command_line_only,
    signing_out_everywhere_is_everywhere,
    a_new_password_ends_the_other_sessions,
    a_removed_colleague_is_out,
    rights_are_read_anew_each_time,
    tokens_open_what_they_say_until_they_end,
    tokens_are_listed_with_their_own_storefronts,
    nobody_hands_out_more_than_they_have,
    there_are_no_more_tokens_than_are_listed,
    preferences_are_ones_own,
];

fn limit(limit: Limit) -> Refusal {
    Refusal::Limit { limit }
}

async fn session(db: &TestDb, token: &str, now: Millis) -> Option<store::auth::Session> {
    db.store.session(token, now).await.expect("read")
}

async fn ctx_of(db: &TestDb, signed_in: &SignedIn) -> Ctx {
    let session = session(db, &signed_in.token, NOW).await.expect("signed in");
    Ctx { actor: session.actor, now: NOW }
}

/// A colleague who has set a password, with their session.
async fn joined(db: &TestDb, email: &str, role: Role, storefronts: &[StorefrontId]) -> SignedIn {
    let invite = Invite { name: "Ніна".into(), email: email.into(), role, storefronts: storefronts.to_vec() };
    let (_, link) = db.store.invite(&system(), id(), invite).await.expect("invited");
    db.store.accept_invite(&link, PASSWORD, NOW).await.expect("in")
}

async fn a_password_opens_and_a_wrong_one_does_not(db: TestDb) {
    db.store.set_up(first_run("Олена", "Olena@Example.com"), NOW).await.expect("set up");
    let signed_in = db.store.sign_in(" OLENA@example.com", PASSWORD, NOW).await.expect("read").expect("in");
    assert!(session(&db, &signed_in.token, NOW).await.is_some());
    let owner = ctx_of(&db, &signed_in).await;
    let invite =
        Invite { name: "Ніна".into(), email: "n@example.com".into(), role: Role::Head, storefronts: vec![] };
    db.store.invite(&owner, id(), invite).await.expect("invited");
    db.untouched(async {
        for (email, password) in [
            ("olena@example.com", "дуже довгий парол"),
            ("olena@example.com", ""),
            ("nobody@example.com", PASSWORD),
            ("n@example.com", ""),
            ("olena@example.com\0", "x"),
            ("' OR 1=1 --", PASSWORD),
        ] {
            assert!(db.store.sign_in(email, password, NOW).await.expect("read").is_none(), "{email} {password}");
        }
        assert!(db.store.sign_in("olena@example.com", &"x".repeat(1_000_000), NOW).await.expect("read").is_none());
    })
    .await;
    db.store.sign_out(&owner, &signed_in.token).await.expect("out");
    assert!(session(&db, &signed_in.token, NOW).await.is_none());
    let text = db.everything().await;
    assert!(!text.contains(PASSWORD) && !text.contains(&signed_in.token), "secrets are kept as hashes");
    db.sound().await;
}

async fn sessions_end_by_themselves(db: TestDb) {
    let signed_in = db.store.set_up(first_run("Олена", "olena@example.com"), NOW).await.expect("set up");
    let token = &signed_in.token;
    assert!(session(&db, token, NOW + 15 * DAY).await.is_none(), "two idle weeks");
    for day in (0..60).step_by(10) {
        assert!(session(&db, token, NOW + day * DAY).await.is_some(), "used, it lasts: day {day}");
    }
    assert!(session(&db, token, NOW + 61 * DAY).await.is_none(), "but not for ever");
    assert!(session(&db, "", NOW).await.is_none());
    assert!(session(&db, &token[1..], NOW).await.is_none());
    db.sound().await;
}

async fn an_invitation_works_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let invite = Invite {
        name: "Ніна".into(),
        email: "nina@example.com".into(),
        role: Role::Manager,
        storefronts: vec![shop.one],
    };
    let (nina, first) = db.store.invite(&shop.admin, id(), invite.clone()).await.expect("invited");
    assert!(nina.invited);
    let again = Invite { name: "Інша".into(), ..invite };
    let taken = db.untouched(async { refusal(db.store.invite(&shop.admin, id(), again).await) }).await;
    assert_eq!(taken, limit(Limit::NameTaken));
    let link = db.store.invite_again(&shop.admin, id(), nina.id).await.expect("a newer link");
    let spent = limit(Limit::LinkSpent);
    db.untouched(async {
        assert_eq!(refusal(db.store.accept_invite(&first, PASSWORD, NOW).await), spent, "the older link has ended");
        assert_eq!(refusal(db.store.accept_invite(&link, PASSWORD, NOW + 8 * DAY).await), spent, "expired");
        assert_eq!(refusal(db.store.accept_invite(&link, "коротко", NOW).await), limit(Limit::WeakPassword));
        assert_eq!(refusal(db.store.enter(&link, NOW).await), spent, "an invitation is no entrance");
        let owner = db.store.link_owner(LinkKind::Invite, &link, NOW).await.expect("read").expect("an owner");
        assert_eq!((owner.user, owner.email.as_str()), (nina.id, "nina@example.com"), "looking does not spend it");
    })
    .await;
    let signed_in = db.store.accept_invite(&link, PASSWORD, NOW).await.expect("in");
    let actor = ctx_of(&db, &signed_in).await.actor;
    assert_eq!((actor.who, actor.role), (Who::User(nina.id), Role::Manager));
    assert_eq!(actor.storefronts, Storefronts::Some(vec![shop.one]));
    db.untouched(async {
        assert_eq!(refusal(db.store.accept_invite(&link, "інший довгий пароль", NOW).await), spent);
    })
    .await;
    let events = db.store.raw_events(Seq(0)).await.expect("events");
    let joined = events.iter().find(|event| event.fact == Fact::UserJoined { user: nina.id }).expect("told");
    assert_eq!(joined.actor, Who::User(nina.id), "by herself");
    db.sound().await;
}

async fn of_two_who_accept_at_once_one_wins(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let invite =
        Invite { name: "Ніна".into(), email: "n@example.com".into(), role: Role::Head, storefronts: vec![] };
    let (_, link) = db.store.invite(&shop.owner, id(), invite).await.expect("invited");
    let (one, two) = tokio::join!(
        db.store.accept_invite(&link, PASSWORD, NOW),
        db.store.accept_invite(&link, "пароль когось іншого", NOW),
    );
    assert_ne!(one.is_ok(), two.is_ok());
    let (password, other) = if one.is_ok() {
        (PASSWORD, "пароль когось іншого")
    } else {
        ("пароль когось іншого", PASSWORD)
    };
    assert!(db.store.sign_in("n@example.com", password, NOW).await.expect("read").is_some());
    assert!(db.store.sign_in("n@example.com", other, NOW).await.expect("read").is_none());
    db.sound().await;
}

async fn a_forgotten_password_ends_what_was_open(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let before = joined(&db, "n@example.com", Role::Head, &[shop.one]).await;
    let link = db.store.invite_again(&shop.admin, id(), before.user).await.expect("a link");
    let after = db.store.accept_invite(&link, "пароль удруге довгий", NOW).await.expect("in");
    assert!(session(&db, &before.token, NOW).await.is_none());
    assert!(session(&db, &after.token, NOW).await.is_some());
    let end = db.store.log_end().await.expect("the end");
    let told = db.store.raw_events(Seq(end.0 - 2)).await.expect("events");
    assert!(
        told.iter().any(|event| event.fact.touches_access_of() == Some(before.user)),
        "open sockets hear of it: {told:?}"
    );
    db.sound().await;
}

async fn an_entrance_is_made_on_the_command_line_only(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    db.untouched(async {
        for ctx in [&shop.owner, &shop.admin, &shop.manager] {
            let made = db.store.make_entrance(ctx, user(&shop.owner)).await;
            assert_eq!(refusal(made), Refusal::NotAllowed);
        }
        assert_eq!(refusal(db.store.make_entrance(&system(), UserId(999)).await), Refusal::NotFound);
    })
    .await;
    let link = db.store.make_entrance(&system(), user(&shop.head)).await.expect("made");
    let spent = limit(Limit::LinkSpent);
    assert_eq!(refusal(db.store.enter(&link, NOW + 25 * HOUR).await), spent);
    assert_eq!(refusal(db.store.accept_invite(&link, PASSWORD, NOW).await), spent, "an entrance sets no password");
    let (one, two) = tokio::join!(db.store.enter(&link, NOW), db.store.enter(&link, NOW));
    assert_ne!(one.is_ok(), two.is_ok(), "once");
    let signed_in = one.or(two).unwrap_or_else(|_| unreachable!("one of them is in"));
    assert_eq!(signed_in.user, user(&shop.head));
    // Without a password yet, the first one is set without another.
    let ctx = ctx_of(&db, &signed_in).await;
    db.store.change_password(&ctx, "", PASSWORD).await.expect("set");
    db.sound().await;
}

async fn signing_out_everywhere_is_everywhere(db: TestDb) {
    let first = joined(&db, "n@example.com", Role::Head, &[]).await;
    let other = joined(&db, "m@example.com", Role::Head, &[]).await;
    let second = db.store.sign_in("n@example.com", PASSWORD, NOW).await.expect("read").expect("in");
    let ctx = ctx_of(&db, &first).await;
    // Somebody else's session is not one's own to end.
    db.store.sign_out(&ctx, &other.token).await.expect("nothing to end");
    assert!(session(&db, &other.token, NOW).await.is_some());
    db.store.sign_out_everywhere(&ctx).await.expect("out");
    assert!(session(&db, &first.token, NOW).await.is_none());
    assert!(session(&db, &second.token, NOW).await.is_none());
    assert!(session(&db, &other.token, NOW).await.is_some());
    db.sound().await;
}

async fn a_new_password_ends_the_other_sessions(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let first = joined(&db, "n@example.com", Role::Head, &[]).await;
    let second = db.store.sign_in("n@example.com", PASSWORD, NOW).await.expect("read").expect("in");
    let link = db.store.invite_again(&shop.owner, id(), first.user).await.expect("an open link");
    let ctx = ctx_of(&db, &first).await;
    db.untouched(async {
        let wrong = db.store.change_password(&ctx, "не той пароль", "новий довгий пароль").await;
        assert_eq!(refusal(wrong), limit(Limit::WrongPassword));
        let weak = db.store.change_password(&ctx, PASSWORD, "коротко").await;
        assert_eq!(refusal(weak), limit(Limit::WeakPassword));
    })
    .await;
    let here = db.store.change_password(&ctx, PASSWORD, "новий довгий пароль").await.expect("changed");
    assert!(session(&db, &here.token, NOW).await.is_some());
    for old in [&first, &second] {
        assert!(session(&db, &old.token, NOW).await.is_none());
    }
    assert!(db.store.sign_in("n@example.com", PASSWORD, NOW).await.expect("read").is_none());
    let late = db.store.accept_invite(&link, PASSWORD, NOW).await;
    assert_eq!(refusal(late), limit(Limit::LinkSpent), "a link from before is no way in");
    db.sound().await;
}

async fn a_removed_colleague_is_out(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let nina = joined(&db, "n@example.com", Role::Manager, &[shop.one]).await;
    let link = db.store.invite_again(&shop.admin, id(), nina.user).await.expect("a link");
    let entrance = db.store.make_entrance(&system(), nina.user).await.expect("a link");
    db.store.change_user(&shop.admin, id(), nina.user, UserChange::Remove).await.expect("removed");
    assert!(session(&db, &nina.token, NOW).await.is_none());
    assert!(db.store.sign_in("n@example.com", PASSWORD, NOW).await.expect("read").is_none());
    db.untouched(async {
        assert_eq!(refusal(db.store.accept_invite(&link, PASSWORD, NOW).await), limit(Limit::LinkSpent));
        assert_eq!(refusal(db.store.enter(&entrance, NOW).await), limit(Limit::LinkSpent));
        for change in [UserChange::Remove, UserChange::Role(Role::Viewer), UserChange::Storefronts(vec![])] {
            assert_eq!(refusal(db.store.change_user(&shop.owner, id(), nina.user, change).await), Refusal::NotFound);
        }
        assert_eq!(refusal(db.store.invite_again(&shop.owner, id(), nina.user).await), Refusal::NotFound);
        assert_eq!(refusal(db.store.make_entrance(&system(), nina.user).await), Refusal::NotFound);
    })
    .await;
    let people = db.store.people().await.expect("people");
    assert!(people.iter().any(|person| person.id == nina.user && person.removed), "her name stays in histories");
    // The address is free for somebody new.
    let anew = joined(&db, "n@example.com", Role::Viewer, &[]).await;
    assert_ne!(anew.user, nina.user);
    db.sound().await;
}

async fn rights_are_read_anew_each_time(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let nina = joined(&db, "n@example.com", Role::Manager, &[shop.one]).await;
    db.store.change_user(&shop.admin, id(), nina.user, UserChange::Role(Role::Viewer)).await.expect("changed");
    db.store.change_user(&shop.admin, id(), nina.user, UserChange::Storefronts(vec![shop.two])).await.expect("changed");
    let actor = ctx_of(&db, &nina).await.actor;
    assert_eq!((actor.role, actor.storefronts), (Role::Viewer, Storefronts::Some(vec![shop.two])));
    db.store.change_user(&shop.owner, id(), nina.user, UserChange::Role(Role::Admin)).await.expect("changed");
    assert_eq!(ctx_of(&db, &nina).await.actor.storefronts, Storefronts::All);
    db.sound().await;
}

async fn tokens_open_what_they_say_until_they_end(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let new =
        |expires_at| NewToken {
            name: " Звіт ".into(), role: Role::Viewer, storefronts: vec![shop.one], expires_at
        };
    let (info, token) = db.store.create_token(&shop.admin, id(), new(Some(NOW + DAY))).await.expect("made");
    assert_eq!(info.name, "Звіт");
    assert_eq!(
        db.store.tokens(&shop.admin).await.expect("tokens"),
        std::slice::from_ref(&info),
        "the list says what was answered"
    );
    assert_eq!((info.storefronts.as_slice(), info.created_at), (&[shop.one][..], NOW));
    assert_eq!((info.created_by.as_deref(), info.used_at), (Some("Андрій"), None));
    assert!(!info.expired(NOW) && info.expired(NOW + DAY));
    let actor = db.store.actor_of_token(&token, NOW).await.expect("read").expect("an actor");
    assert_eq!((actor.who, actor.role), (Who::Token(info.id), Role::Viewer));
    assert_eq!(actor.storefronts, Storefronts::Some(vec![shop.one]));
    assert!(db.store.actor_of_token(&token, NOW + DAY).await.expect("read").is_none(), "expired");
    assert!(db.store.actor_of_token("vk_unknown", NOW).await.expect("read").is_none());
    db.untouched(async {
        for ctx in [&shop.head, &shop.manager, &shop.viewer] {
            assert_eq!(refusal(db.store.revoke_token(ctx, id(), info.id).await), Refusal::NotAllowed);
            assert_eq!(refusal(db.store.create_token(ctx, id(), new(None)).await), Refusal::NotAllowed);
            assert_eq!(refusal(db.store.tokens(ctx).await), Refusal::NotAllowed);
        }
    })
    .await;
    db.store.revoke_token(&shop.admin, id(), info.id).await.expect("revoked");
    assert!(db.store.actor_of_token(&token, NOW).await.expect("read").is_none());
    assert!(db.store.tokens(&shop.admin).await.expect("tokens").is_empty());
    assert_eq!(refusal(db.store.revoke_token(&shop.admin, id(), info.id).await), Refusal::NotFound);
    db.sound().await;
}

async fn there_are_no_more_tokens_than_are_listed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    db.tamper(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO tokens \
         (name, token_hash, role, created_at) SELECT 'Скрипт', 'hash ' || CAST(i AS TEXT), 'viewer', 0 FROM n",
    )
    .await;
    let new = NewToken { name: "Зайвий".into(), role: Role::Admin, storefronts: vec![], expires_at: None };
    let many = db.untouched(db.store.create_token(&shop.admin, id(), new.clone())).await;
    assert_eq!(refusal(many), limit(Limit::TooMany));
    let listed = db.store.tokens(&shop.admin).await.expect("tokens");
    assert_eq!(listed.len(), 500);
    db.store.revoke_token(&shop.admin, id(), listed[0].id).await.expect("revoked");
    db.store.create_token(&shop.admin, id(), new).await.expect("made");
    db.sound().await;
}

async fn tokens_are_listed_with_their_own_storefronts(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let new = |name: &str, role, storefronts: &[StorefrontId]| NewToken {
        name: name.into(),
        role,
        storefronts: storefronts.to_vec(),
        expires_at: None,
    };
    for (name, role, storefronts) in [
        ("Усі", Role::Admin, vec![]),
        ("Обидві", Role::Viewer, vec![shop.two, shop.one, shop.two]),
        ("Одна", Role::Manager, vec![shop.two]),
    ] {
        db.store.create_token(&shop.owner, id(), new(name, role, &storefronts)).await.expect("made");
    }
    db.store.create_token(&system(), id(), new("Машина", Role::Viewer, &[shop.one])).await.expect("made");
    let tokens = db.store.tokens(&shop.admin).await.expect("tokens");
    let seen: Vec<_> = tokens.iter().map(|token| (token.name.as_str(), token.storefronts.as_slice())).collect();
    let (all, one, two, both): ([StorefrontId; 0], _, _, _) = ([], [shop.one], [shop.two], [shop.one, shop.two]);
    assert_eq!(seen, [("Усі", &all[..]), ("Обидві", &both[..]), ("Одна", &two[..]), ("Машина", &one[..])]);
    let makers: Vec<_> = tokens.iter().map(|token| token.created_by.as_deref()).collect();
    assert_eq!(makers, [Some("Олена"), Some("Олена"), Some("Олена"), None]);
    db.store.revoke_token(&shop.admin, id(), tokens[1].id).await.expect("revoked");
    let left = db.store.tokens(&shop.admin).await.expect("tokens");
    assert_eq!(left.iter().map(|token| token.storefronts.len()).collect::<Vec<_>>(), [0, 1, 1]);
    db.sound().await;
}

async fn nobody_hands_out_more_than_they_have(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let new = |role, storefronts: &[StorefrontId]| NewToken {
        name: "Скрипт".into(),
        role,
        storefronts: storefronts.to_vec(),
        expires_at: None,
    };
    let (_, token) = db.store.create_token(&shop.owner, id(), new(Role::Admin, &[shop.one])).await.expect("made");
    let actor = db.store.actor_of_token(&token, NOW).await.expect("read").expect("an actor");
    let bounded = Ctx { actor, now: NOW };
    let invite =
        Invite { name: "Хтось".into(), email: "x@example.com".into(), role: Role::Admin, storefronts: vec![] };
    db.untouched(async {
        let store = &db.store;
        for token in [new(Role::Admin, &[]), new(Role::Admin, &[shop.two]), new(Role::Viewer, &[shop.one])] {
            assert_eq!(refusal(store.create_token(&bounded, id(), token).await), Refusal::NotAllowed);
        }
        assert_eq!(refusal(store.invite(&bounded, id(), invite).await), Refusal::NotAllowed);
        let change = UserChange::Storefronts(vec![shop.two]);
        let change = store.change_user(&bounded, id(), user(&shop.manager), change).await;
        assert_eq!(refusal(change), Refusal::NotAllowed);
        let above = store.create_token(&shop.admin, id(), new(Role::Owner, &[])).await;
        assert_eq!(refusal(above), Refusal::NotAllowed);
        let everywhere = store.create_token(&shop.admin, id(), new(Role::Manager, &[])).await;
        assert_eq!(refusal(everywhere), Refusal::NotFound, "a manager belongs somewhere");
        let nowhere = store.create_token(&shop.admin, id(), new(Role::Manager, &[StorefrontId(999)])).await;
        assert_eq!(refusal(nowhere), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn preferences_are_ones_own(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let nina = joined(&db, "n@example.com", Role::Viewer, &[shop.one]).await;
    let ctx = ctx_of(&db, &nina).await;
    let chosen = Preferences { lang: Some("uk".into()), theme: Some("x".repeat(99)), density: None };
    db.store.set_preferences(&ctx, chosen).await.expect("set");
    let now = session(&db, &nina.token, NOW).await.expect("signed in").preferences;
    assert_eq!(now, Preferences { lang: Some("uk".into()), theme: None, density: None }, "no choice is that long");
    let nobody = db.store.set_preferences(&system(), Preferences::default()).await;
    assert!(matches!(nobody, Err(Error::SignedOut)));
    db.sound().await;
}
