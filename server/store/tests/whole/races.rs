//! Two at once: what each would be refused after the other, one of them is refused, and nothing is lost between them.

use crate::common::shop::{NOW, PASSWORD, Shop, colleague, first_run, id, user};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{NewToken, Role, UserChange};
use domain::board::{Limit, Refusal};
use store::auth::LinkKind;
use store::{Ctx, Error};

on_both![
    of_two_new_passwords_one_is_set,
    of_two_links_one_opens,
    whoever_leaves_takes_no_token_along,
    the_last_token_is_made_once,
];

const ROUNDS: usize = 10;

fn limit(limit: Limit) -> Refusal {
    Refusal::Limit { limit }
}

fn token(name: &str) -> NewToken {
    NewToken { name: name.into(), role: Role::Admin, storefronts: vec![], expires_at: None }
}

/// Hashing takes long: both have proven the old password before either writes a new one.
async fn of_two_new_passwords_one_is_set(db: TestDb) {
    let owner = db.store.set_up(first_run("Олена", "olena@example.com"), NOW).await.expect("set up");
    let session = db.store.session(&owner.token, NOW).await.expect("read").expect("in");
    let ctx = Ctx { actor: session.actor, now: NOW };
    let mut current = PASSWORD.to_owned();
    for round in 0..3 {
        let (mine, theirs) = (format!("мій новий пароль {round}"), format!("чужий новий пароль {round}"));
        let (one, two) = tokio::join!(
            db.store.change_password(&ctx, &current, &mine),
            db.store.change_password(&ctx, &current, &theirs),
        );
        assert_ne!(one.is_ok(), two.is_ok());
        let (set, other, refused) = if one.is_ok() { (mine, theirs, two) } else { (theirs, mine, one) };
        assert_eq!(refusal(refused), limit(Limit::WrongPassword));
        assert!(db.store.sign_in("olena@example.com", &set, NOW).await.expect("read").is_some());
        assert!(db.store.sign_in("olena@example.com", &other, NOW).await.expect("read").is_none());
        current = set;
    }
    db.sound().await;
}

async fn of_two_links_one_opens(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for _ in 0..ROUNDS {
        let (one, two) = tokio::join!(
            db.store.invite_again(&shop.owner, id(), user(&shop.head)),
            db.store.invite_again(&shop.admin, id(), user(&shop.head)),
        );
        let mut open = 0;
        for link in [one.expect("a link"), two.expect("a link")] {
            let owner = db.store.link_owner(LinkKind::Invite, &link, NOW).await.expect("read");
            open += usize::from(owner.is_some());
        }
        assert_eq!(open, 1, "a newer link ends the older one");
    }
    db.sound().await;
}

async fn whoever_leaves_takes_no_token_along(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for round in 0..ROUNDS {
        let leaving = colleague(&db.store, "Богдан", Role::Admin, &[]).await;
        let make = db.store.create_token(&leaving, id(), token("Скрипт"));
        let remove = db.store.change_user(&shop.owner, id(), user(&leaving), UserChange::Remove);
        // Whichever is first.
        let (made, removed) =
            if round % 2 == 0 { tokio::join!(make, remove) } else { swap(tokio::join!(remove, make)) };
        removed.expect("removed");
        match made {
            Ok((_, text)) => {
                let opens = db.store.actor_of_token(&text, NOW).await.expect("read");
                assert_eq!(opens, None, "it was revoked with the others");
            }
            Err(Error::SignedOut) => {}
            Err(error) => panic!("it failed: {error}"),
        }
        assert!(db.store.tokens(&shop.owner).await.expect("tokens").is_empty());
    }
    db.sound().await;
}

fn swap<A, B>((one, two): (A, B)) -> (B, A) {
    (two, one)
}

async fn the_last_token_is_made_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    db.tamper(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 499) INSERT INTO tokens \
         (name, token_hash, role, created_at) SELECT 'Скрипт', 'hash ' || CAST(i AS TEXT), 'viewer', 0 FROM n",
    )
    .await;
    for _ in 0..ROUNDS {
        let (one, two) = tokio::join!(
            db.store.create_token(&shop.owner, id(), token("Один")),
            db.store.create_token(&shop.admin, id(), token("Два")),
        );
        assert_ne!(one.is_ok(), two.is_ok());
        let (made, refused) = if one.is_ok() { (one, two) } else { (two, one) };
        assert_eq!(refusal(refused), limit(Limit::TooMany));
        let (made, _) = made.unwrap_or_else(|error| panic!("{error}"));
        db.store.revoke_token(&shop.owner, id(), made.id).await.expect("revoked");
    }
    db.sound().await;
}
