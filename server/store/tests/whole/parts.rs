//! Customers, stages and storefronts changed by parts, and funnels made of stages.

use crate::common::shop::{Shop, create, form, id};
use crate::common::watcher::Watcher;
use crate::common::{TestDb, on_both, refusal};
use domain::board::{Limit, Refusal};
use domain::customers::CustomerPatch;
use domain::deals::{Fault, Field};
use domain::event::Fact;
use domain::funnels::presets::Preset;
use domain::i18n::Lang;
use domain::ids::*;
use domain::storefronts::StorefrontPatch;
use store::funnels::{FunnelChange, NewFunnel, StageForm, StagePatch};
use store::{Ctx, Seen};

on_both![
    a_customer_is_patched_for_every_shop_that_knows_them,
    a_funnel_is_made_of_stages_and_a_stage_changed_by_parts,
    a_storefront_is_changed_by_parts,
];

/// Whatever is there.
fn any<T>(patch: T) -> (T, Seen) {
    (patch, Seen::Any)
}

async fn a_customer_is_patched_for_every_shop_that_knows_them(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let mut watcher = Watcher::start(&db.store, &shop.viewer, shop.orders.id).await;
    let ours =
        db.store.create_deal(&shop.admin, create(&shop.orders, form("Ірина", "0501234567", &[]))).await.expect("made");
    db.store.create_deal(&shop.admin, create(&shop.second, form("Ірина", "0501234567", &[]))).await.expect("made");
    let named = |text: &str| serde_json::from_str::<CustomerPatch>(text).expect("a patch");
    let command = id();
    let patched =
        async |text: &str| db.store.patch_customer(&shop.manager, command, ours.customer, any(named(text))).await;
    let first = patched(r#"{"name":" Ірина Нова ","phone":null}"#).await.expect("patched");
    assert_eq!((first.customer.name.as_str(), first.customer.phone.as_deref()), ("Ірина Нова", None));
    let mut told: Vec<_> = db
        .store
        .raw_events(Seq(0))
        .await
        .expect("the log")
        .into_iter()
        .filter(|event| matches!(event.fact, Fact::CustomerChanged))
        .filter_map(|event| event.scope.storefront)
        .collect();
    told.sort();
    assert_eq!(told, [shop.one, shop.two]);
    watcher.agrees(&db.store).await;
    let neighbour = shop.deal(&db.store, "Оксана").await;
    let by_phone = named(r#"{"phone":"0671112233"}"#);
    db.store.patch_customer(&shop.manager, id(), neighbour.customer, any(by_phone)).await.expect("patched");
    db.untouched(async {
        assert_eq!(patched(r#"{"name":" Ірина Нова ","phone":null}"#).await.expect("as before"), first);
        assert_eq!(refusal(patched(r#"{"name":"Інша"}"#).await), Refusal::CommandReused);
        for (text, fault) in [
            (r#"{"phone":"067 111 22 33"}"#, (Field::Phone, Fault::Taken)),
            (r#"{"name":null}"#, (Field::CustomerName, Fault::Missing)),
            (r#"{"email":"nobody"}"#, (Field::Email, Fault::NotAnEmail)),
            (r#"{"phone":"1111111"}"#, (Field::Phone, Fault::NotAPhone)),
        ] {
            let refused = refusal(db.store.patch_customer(&shop.manager, id(), ours.customer, any(named(text))).await);
            assert_eq!(refused, Refusal::Faults { faults: vec![fault] }, "{text}");
        }
        let name = || named(r#"{"name":"Ні"}"#);
        let viewer = db.store.patch_customer(&shop.viewer, id(), ours.customer, any(name())).await;
        assert_eq!(refusal(viewer), Refusal::NotAllowed);
        let stranger = db.store.patch_customer(&shop.stranger, id(), neighbour.customer, any(name())).await;
        assert_eq!(refusal(stranger), Refusal::NotFound);
    })
    .await;
    db.sound().await;
}

async fn a_funnel_is_made_of_stages_and_a_stage_changed_by_parts(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let known = &shop.orders.stages[1];
    let stage = |name: &str| StageForm {
        name: name.into(),
        colour: known.colour,
        kind: known.kind,
        limit_hours: Some(3),
        public_name: None,
    };
    let new = NewFunnel { name: "Своя".into(), storefront: Some(shop.one), preset: None, lang: Lang::Uk };
    let make =
        async |ctx: &Ctx, stages: Vec<StageForm>| db.store.create_funnel_of(ctx, id(), new.clone(), stages).await;
    let funnel = make(&shop.head, vec![stage("Один"), stage(" Два ")]).await.expect("made");
    assert_eq!(funnel.stages.iter().map(|stage| stage.name.as_str()).collect::<Vec<_>>(), ["Один", "Два"]);
    assert_eq!(db.store.funnel(&shop.viewer, funnel.id).await.expect("there"), funnel);
    let named = |text: &str| serde_json::from_str::<StagePatch>(text).expect("a patch");
    let of = (funnel.id, funnel.stages[1].id);
    let patched = db.store.patch_stage(&shop.head, id(), of, any(named(r#"{"public_name":"","kind":"won"}"#))).await;
    let patched = patched.expect("patched").stages.remove(1);
    assert_eq!((patched.public_name.as_deref(), patched.limit_hours), (Some("Два"), Some(3)));
    let patched =
        db.store.patch_stage(&shop.head, id(), of, any(named(r#"{"limit_hours":null}"#))).await.expect("patched");
    assert_eq!(patched.stages[1].limit_hours, None);
    db.untouched(async {
        let limit = |limit| Refusal::Limit { limit };
        assert_eq!(refusal(make(&shop.head, vec![]).await), limit(Limit::LastStage));
        assert_eq!(refusal(make(&shop.head, vec![stage("Етап"); 51]).await), limit(Limit::StagesFull));
        assert_eq!(refusal(make(&shop.head, vec![stage(" ")]).await), limit(Limit::NameMissing));
        assert_eq!(refusal(make(&shop.manager, vec![stage("Етап")]).await), Refusal::NotAllowed);
        assert_eq!(refusal(make(&shop.stranger, vec![stage("Етап")]).await), Refusal::NotFound);
        let patch = async |ctx: &Ctx, of| db.store.patch_stage(ctx, id(), of, any(named(r#"{"name":"Ні"}"#))).await;
        let elsewhere = (funnel.id, shop.orders.stages[0].id);
        assert_eq!(refusal(patch(&shop.head, elsewhere).await), Refusal::NotFound);
        assert_eq!(refusal(patch(&shop.manager, of).await), Refusal::NotAllowed);
        assert_eq!(refusal(patch(&shop.stranger, of).await), Refusal::NotFound);
        assert_eq!(refusal(db.store.funnel(&shop.stranger, funnel.id).await), Refusal::NotFound);
    })
    .await;
    // A preset's stages are as they were.
    let preset = NewFunnel { preset: Some(Preset::Orders), name: "Ще".into(), ..new.clone() };
    let preset = db.store.create_funnel(&shop.head, id(), preset).await.expect("made");
    let parts = |funnel: &domain::funnels::Funnel| {
        funnel
            .stages
            .iter()
            .map(|stage| (stage.name.clone(), stage.public_name.clone(), stage.limit_hours))
            .collect::<Vec<_>>()
    };
    assert_eq!(parts(&preset), parts(&shop.orders));
    db.store.change_funnel(&shop.head, id(), funnel.id, FunnelChange::Archive).await.expect("archived");
    assert_eq!(refusal(db.store.funnel(&shop.owner, funnel.id).await), Refusal::NotFound);
    db.sound().await;
}

async fn a_storefront_is_changed_by_parts(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let named = |text: &str| serde_json::from_str::<StorefrontPatch>(text).expect("a patch");
    let patch = async |ctx: &Ctx, of, text: &str| db.store.patch_storefront(ctx, id(), of, any(named(text))).await;
    let before = db.store.storefronts(&shop.owner).await.expect("storefronts").remove(0);
    let after = patch(&shop.admin, shop.one, r#"{"colour":"teal"}"#).await.expect("changed");
    assert_eq!((&after.name, &after.hook_key), (&before.name, &before.hook_key));
    assert_ne!(after.colour, before.colour);
    db.untouched(async {
        assert_eq!(refusal(patch(&shop.head, shop.one, r#"{"name":"Ні"}"#).await), Refusal::NotAllowed);
        assert_eq!(refusal(patch(&shop.head, shop.two, r#"{"name":"Ні"}"#).await), Refusal::NotFound);
        assert_eq!(refusal(patch(&shop.admin, StorefrontId(99), r#"{"name":"Ні"}"#).await), Refusal::NotFound);
        let taken = refusal(patch(&shop.admin, shop.one, r#"{"name":"Посуд"}"#).await);
        assert_eq!(taken, Refusal::Limit { limit: Limit::NameTaken });
    })
    .await;
    let end = db.store.log_end().await.expect("the end");
    patch(&shop.admin, shop.one, "{}").await.expect("as it is");
    assert_eq!(db.store.log_end().await.expect("the end"), end, "nothing changed, nothing is told");
    db.sound().await;
}
