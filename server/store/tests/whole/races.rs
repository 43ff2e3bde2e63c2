//! Two at once: what each would be refused after the other, one of them is refused, and nothing is lost between them.

use std::collections::HashSet;

use crate::common::files::{drive, through};
use crate::common::shop::{HOUR, NOW, PASSWORD, Shop, colleague, create, first_run, form, funnel, id, incoming, user};
use crate::common::{TestDb, on_both, refusal};
use domain::auth::{NewToken, Role, UserChange};
use domain::board::{Card, Limit, Refusal};
use domain::deals::{CreateDeal, DealForm, EditDeal};
use domain::event::Fact;
use domain::funnels::{Colour, FunnelChange, ReasonChange, StageForm, StageKind};
use domain::i18n::Lang;
use domain::ids::{DealId, FunnelId, Seq};
use domain::import::Kind;
use domain::orders::{IncomingCustomer, IncomingOrder};
use domain::screens::PairScreen;
use domain::storefronts::StorefrontPatch;
use store::auth::LinkKind;
use store::intake::{Kept, Reason, Why};
use store::orders::Arrival;
use store::{Ctx, Error};

on_both![
    of_two_new_passwords_one_is_set,
    of_two_links_one_opens,
    whoever_leaves_takes_no_token_along,
    the_last_token_is_made_once,
    two_parts_of_a_storefront_are_both_changed,
    a_reason_is_added_once,
    the_first_funnels_bring_one_list_of_reasons,
    the_last_screen_is_paired_once,
    a_deal_that_changes_hands_leaves_its_stage_like_the_others,
    a_shop_and_a_colleague_make_deals_of_one_person,
    an_order_gets_other_contacts_while_another_comes,
    two_deals_exchange_their_customers,
    an_order_is_taken_back_while_its_shop_speaks,
    of_two_who_replay_one_says_so,
    no_order_comes_to_a_funnel_after_its_end,
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

async fn two_parts_of_a_storefront_are_both_changed(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for round in 0..ROUNDS {
        let name = format!("Чайна {round}");
        let colour = if round % 2 == 0 { Colour::Red } else { Colour::Green };
        let renamed = StorefrontPatch { name: Some(name.clone()), ..StorefrontPatch::default() };
        let coloured = StorefrontPatch { colour: Some(colour), ..StorefrontPatch::default() };
        let (one, two) = tokio::join!(
            db.store.patch_storefront(&shop.owner, id(), shop.one, (renamed, store::Seen::Any)),
            db.store.patch_storefront(&shop.admin, id(), shop.one, (coloured, store::Seen::Any)),
        );
        one.and(two).expect("both are changed");
        let all = db.store.storefronts(&shop.owner).await.expect("storefronts");
        let one = all.iter().find(|one| one.id == shop.one).expect("there");
        assert_eq!((&one.name, one.colour), (&name, colour));
    }
    db.sound().await;
}

async fn a_reason_is_added_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for round in 0..ROUNDS {
        let add = ReasonChange::Add { name: format!("Причина {round}") };
        let (one, two) = tokio::join!(
            db.store.change_lost_reasons(&shop.owner, id(), add.clone()),
            db.store.change_lost_reasons(&shop.admin, id(), add),
        );
        assert_ne!(one.is_ok(), two.is_ok());
        assert_eq!(refusal(if one.is_ok() { two } else { one }), limit(Limit::NameTaken));
    }
    db.sound().await;
}

async fn the_first_funnels_bring_one_list_of_reasons(db: TestDb) {
    for _ in 0..ROUNDS {
        db.tamper("DELETE FROM lost_reasons").await;
        tokio::join!(funnel(&db.store, "Одна", None), funnel(&db.store, "Друга", None));
        let reasons = db.store.lost_reasons().await.expect("reasons");
        let names: HashSet<&str> = reasons.iter().map(|reason| reason.name.as_str()).collect();
        assert_eq!(names.len(), reasons.len(), "each once: {reasons:?}");
        assert!(!names.is_empty());
    }
    db.sound().await;
}

async fn the_last_screen_is_paired_once(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let many = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 199) INSERT INTO screens \
         (name, funnel_id, lang, token_hash, paired_at) SELECT 'Екран', {}, 'uk', 'hash ' || CAST(i AS TEXT), 0 FROM n",
        shop.orders.id
    );
    db.tamper(&many).await;
    for _ in 0..ROUNDS {
        let (one, two) = tokio::join!(db.store.begin_pairing(NOW), db.store.begin_pairing(NOW));
        let pair =
            |code: String| PairScreen { code, name: "Новий".into(), funnel: shop.orders.id, lang: Lang::Uk };
        let (one, two) = (pair(one.expect("a code").code), pair(two.expect("a code").code));
        let (one, two) =
            tokio::join!(db.store.pair_screen(&shop.owner, id(), one), db.store.pair_screen(&shop.admin, id(), two),);
        assert_ne!(one.is_ok(), two.is_ok());
        let (paired, refused) = if one.is_ok() { (one, two) } else { (two, one) };
        assert_eq!(refusal(refused), limit(Limit::TooMany));
        let last = paired.expect("paired").pop().expect("the new one");
        db.store.unpair_screen(&shop.owner, id(), last.id).await.expect("unpaired");
    }
    db.sound().await;
}

/// Its stage goes while it is given another customer: it goes where the stage's other deals go.
async fn a_deal_that_changes_hands_leaves_its_stage_like_the_others(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let other = create(&shop.orders, form("Ірина", "+380501112233", &[]));
    let other = db.store.create_deal(&shop.manager, other).await.expect("made").customer;
    for round in 0..ROUNDS {
        let new = StageForm {
            name: format!("Етап {round}"),
            colour: Colour::Blue,
            kind: StageKind::Open,
            limit_hours: None,
            public_name: None,
        };
        let add = FunnelChange::AddStage { stage: new, index: 1 };
        let with = db.store.change_funnel(&shop.head, id(), shop.orders.id, add).await.expect("added");
        let stage = with.stages[1].id;
        let phone = format!("+38067111223{round}");
        let new = CreateDeal { stage: Some(stage), ..create(&shop.orders, form("Петро", &phone, &[])) };
        let card = db.store.create_deal(&shop.manager, new).await.expect("made");
        let seen = db.store.deal(&shop.manager, card.id).await.expect("there").contents_version;
        let edit = EditDeal { command: id(), deal: card.id, seen, form: form("Ірина", "+380501112233", &[]) };
        let remove = FunnelChange::RemoveStage { stage, deals_to: Some(shop.stage(0)) };
        let (edited, removed) = tokio::join!(
            db.store.edit_deal(&shop.manager, edit),
            db.store.change_funnel(&shop.head, id(), shop.orders.id, remove),
        );
        edited.expect("edited");
        removed.expect("removed");
        let card = db.store.card(&shop.manager, card.id).await.expect("there");
        assert_eq!((card.stage, card.customer), (shop.stage(0), other));
    }
    db.sound().await;
}

/// Both want the same customer and the same stage; neither waits for the other in a circle.
async fn a_shop_and_a_colleague_make_deals_of_one_person(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for round in 0..ROUNDS {
        let order = incoming(&round.to_string());
        let email = order.customer.email.clone().expect("an address");
        let by_hand = create(&shop.orders, DealForm { email, ..form("Покупець", "", &[]) });
        let (order, deal) = tokio::join!(
            db.store.receive_order(shop.one, NOW, order, Arrival::Sent),
            db.store.create_deal(&shop.manager, by_hand),
        );
        let order = db.store.card(&shop.manager, order.expect("received").deal.expect("a deal")).await.expect("there");
        assert_eq!(deal.expect("made").customer, order.customer, "one person");
    }
    db.sound().await;
}

async fn an_order_gets_other_contacts_while_another_comes(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let email = Some("buyer@example.com".to_owned());
    let with = |external_id: &str, phone: Option<String>| {
        let customer = IncomingCustomer { name: "Ірина".into(), phone, email: email.clone() };
        IncomingOrder { customer, ..incoming(external_id) }
    };
    let receive = |order: IncomingOrder| db.store.receive_order(shop.one, NOW, order, Arrival::Sent);
    receive(with("first", None)).await.expect("received");
    for round in 0..ROUNDS as i64 {
        let changed_at = NOW - HOUR + 1 + round;
        let again = IncomingOrder { changed_at, ..with("first", Some(format!("+38067111223{round}"))) };
        let (changed, came) = tokio::join!(receive(again), receive(with(&round.to_string(), None)));
        assert!(!changed.expect("received").unchanged);
        came.expect("received");
    }
    db.sound().await;
}

/// By somebody who finds every customer, also one who has no deal for a moment.
async fn two_deals_exchange_their_customers(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let phones = ["+380501112233", "+380671112233"];
    let deal = |phone| db.store.create_deal(&shop.manager, create(&shop.orders, form("Покупець", phone, &[])));
    let (one, two) = (deal(phones[0]).await.expect("made"), deal(phones[1]).await.expect("made"));
    let edit = async |card: &Card, phone: &str| {
        let seen = db.store.deal(&shop.owner, card.id).await.expect("there").contents_version;
        let form = form("Покупець", phone, &[]);
        let edited = db.store.edit_deal(&shop.owner, EditDeal { command: id(), deal: card.id, seen, form }).await;
        edited.expect("edited").card.customer
    };
    for round in 1..=ROUNDS {
        let (first, second) = (phones[round % 2], phones[(round + 1) % 2]);
        let customers = tokio::join!(edit(&one, first), edit(&two, second));
        let were = if round % 2 == 0 { (one.customer, two.customer) } else { (two.customer, one.customer) };
        assert_eq!(customers, were);
    }
    db.sound().await;
}

/// Whichever is first, what the shop has said is here in the end, with its goods.
async fn an_order_is_taken_back_while_its_shop_speaks(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let headings = ["Номер замовлення", "Покупець", "Телефон", "Сума"];
    for round in 0..ROUNDS {
        let number = round.to_string();
        let rows: &[&[&str]] = &[&[number.as_str(), "Марта", "0671112233", "10"]];
        let done = through(&db.store, &shop.head, &shop, Kind::Orders, &headings, rows).await;
        db.store.undo_import(&shop.head, id(), done.id).await.expect("begun");
        let (_, received) = tokio::join!(
            drive(&db.store, &shop.head, "driver"),
            db.store.receive_order(shop.one, NOW, incoming(&number), Arrival::Sent),
        );
        let deal = received.expect("received").deal.expect("a deal");
        let order = db.store.deal(&shop.manager, deal).await.expect("there").order.expect("its order");
        assert_eq!((order.total, order.lines.len()), (50_000, 2));
    }
    db.sound().await;
}

async fn of_two_who_replay_one_says_so(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    for round in 0..ROUNDS {
        let kept = Kept {
            storefront: shop.one,
            door: "woocommerce",
            topic: "order.created".into(),
            body: format!("не JSON {round}").into_bytes(),
            reason: Reason::at("total", Why::Missing),
        };
        let intake = db.store.keep_intake(NOW, kept).await.expect("kept");
        let one = db.store.intake_to_replay(&shop.admin, intake).await.expect("waits");
        let end = db.store.log_end().await.expect("the end");
        let (first, second) =
            tokio::join!(db.store.intake_replayed(&shop.admin, &one), db.store.intake_replayed(&shop.owner, &one));
        first.and(second).expect("replayed");
        let told = db.store.raw_events(Seq(end.0)).await.expect("events");
        let said = told.iter().filter(|event| matches!(event.fact, Fact::IntakeReplayed { .. })).count();
        assert_eq!(said, 1);
    }
    db.sound().await;
}

/// The funnel that takes the orders is archived while one comes: it was there before, or it is on the next funnel.
async fn no_order_comes_to_a_funnel_after_its_end(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut goes = shop.orders.id;
    for round in 0..ROUNDS {
        let next = funnel(&db.store, &format!("Наступна {round}"), Some(shop.one)).await.id;
        let end = db.store.log_end().await.expect("the end");
        let (received, archived) = tokio::join!(
            db.store.receive_order(shop.one, NOW, incoming(&round.to_string()), Arrival::Sent),
            db.store.change_funnel(&shop.head, id(), goes, FunnelChange::Archive),
        );
        archived.expect("archived");
        let deal = received.expect("received").deal.expect("a deal");
        let (came, ended) = came_and_ended(&db, end, (deal, goes)).await;
        let came = came.expect("the log has the deal");
        assert!(came.1 == next || (came.1 == goes && came.0 < ended), "{came:?}, {goes} ended at {ended}");
        goes = next;
    }
    db.sound().await;
}

/// Where and when the deal was made, and when the funnel ended.
async fn came_and_ended(db: &TestDb, since: Seq, (deal, funnel): (DealId, FunnelId)) -> (Option<(Seq, FunnelId)>, Seq) {
    let (mut came, mut ended) = (None, Seq(0));
    for event in db.store.raw_events(since).await.expect("events") {
        if let Fact::DealCreated { card } = &event.fact
            && card.id == deal
        {
            came = event.scope.funnel.map(|on| (event.seq, on));
        }
        if matches!(event.fact, Fact::FunnelArchived { .. }) && event.scope.funnel == Some(funnel) {
            ended = event.seq;
        }
    }
    (came, ended)
}
