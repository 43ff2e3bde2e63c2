//! Products, variants, warehouses, suppliers: how they are made and changed, by whom, and what is refused.

use crate::common::catalog::{form, lying, product, receive, warehouse};
use crate::common::shop::{Shop, id};
use crate::common::{TestDb, on_both, refusal};
use domain::board::Refusal;
use domain::catalog::{
    CatalogFault, CatalogField, CatalogWrong, FieldFault, ProductChange, ProductFilter, ProductForm, StockSettings,
    StockSettingsPatch, SupplierChange, SupplierForm, SupplierPatch, VariantForm, VariantPatch, WarehouseChange,
};
use domain::event::Fact;
use domain::ids::*;
use domain::orders::StatusKind;
use store::Ctx;

on_both![
    a_product_is_made_changed_and_put_away,
    a_sku_is_one_variant_s_in_a_storefront,
    what_it_costs_the_shop_managers_never_see,
    whoever_may_not_changes_nothing,
    products_are_found,
    what_has_stock_is_not_put_away,
    suppliers_come_and_go,
    how_stock_is_kept_is_set,
];

fn fault<T>(result: store::Result<T>) -> CatalogFault {
    match refusal(result) {
        Refusal::Catalog { fault } => fault,
        other => panic!("{other:?}"),
    }
}

fn of_field(field: CatalogField, wrong: CatalogWrong) -> CatalogFault {
    FieldFault::of(field, wrong).into()
}

async fn a_product_is_made_changed_and_put_away(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = product(&db.store, &shop, &["A-1", "A-2"]).await;
    assert_eq!(made.variants.iter().map(|one| one.sku.as_str()).collect::<Vec<_>>(), ["A-1", "A-2"]);
    let first = made.variants[0].id;
    let change = async |change: ProductChange| db.store.change_product(&shop.head, id(), made.id, change).await;
    let named = change(ProductChange::Rename { name: " Чай чорний ".into() }).await.expect("renamed");
    assert_eq!((named.name.as_str(), &named.variants), ("Чай чорний", &made.variants));
    let barcode = Some("4006381333931".to_owned());
    let form = VariantForm { name: "100 г".into(), barcode: barcode.clone(), ..form("A-3") };
    let added = change(ProductChange::AddVariant { form }).await.expect("added");
    assert_eq!((added.variants.len(), &added.variants[2].barcode), (3, &barcode));
    let patch = VariantPatch { price: Some(50_000), cost: Some(None), ..VariantPatch::default() };
    let patched = change(ProductChange::PatchVariant { variant: first, patch }).await.expect("patched");
    assert_eq!((patched.variants[0].price, patched.variants[0].cost), (50_000, None));
    let fewer = change(ProductChange::RetireVariant { variant: first }).await.expect("put away");
    assert_eq!(fewer.variants.len(), 2);
    // Nothing new is no news.
    let before = db.store.log_end().await.expect("the log");
    change(ProductChange::Rename { name: "Чай чорний".into() }).await.expect("the same");
    assert_eq!(db.store.log_end().await.expect("the log"), before);
    change(ProductChange::Retire).await.expect("put away");
    assert_eq!(refusal(db.store.product(&shop.head, made.id).await), Refusal::NotFound);
    assert_eq!(refusal(change(ProductChange::Retire).await), Refusal::NotFound);
    let events = db.store.raw_events(Seq(0)).await.expect("events");
    let told = events.iter().filter(|event| matches!(event.fact, Fact::ProductChanged { .. })).count();
    assert_eq!(told, 4);
    db.sound().await;
}

async fn a_sku_is_one_variant_s_in_a_storefront(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = product(&db.store, &shop, &["A-1", "A-2"]).await;
    let twice = ProductForm { name: "Інший".into(), variants: vec![form("B-1"), form(" A-2 ")] };
    let refused = db.untouched(db.store.create_product(&shop.head, id(), shop.one, twice.clone())).await;
    let taken = FieldFault::of(CatalogField::Sku, CatalogWrong::Taken);
    assert_eq!(fault(refused), CatalogFault::from(FieldFault { variant: Some(1), ..taken }));
    let patch = VariantPatch { sku: Some("A-2".into()), ..VariantPatch::default() };
    let patch = ProductChange::PatchVariant { variant: made.variants[0].id, patch };
    let refused = db.untouched(db.store.change_product(&shop.head, id(), made.id, patch)).await;
    assert_eq!(fault(refused), CatalogFault::from(taken));
    // Another shop counts by itself; and what is put away is free again.
    db.store.create_product(&shop.owner, id(), shop.two, twice.clone()).await.expect("another shop's");
    let gone = ProductChange::RetireVariant { variant: made.variants[1].id };
    db.store.change_product(&shop.head, id(), made.id, gone).await.expect("put away");
    db.store.create_product(&shop.head, id(), shop.one, twice).await.expect("free again");
    db.sound().await;
}

async fn what_it_costs_the_shop_managers_never_see(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = product(&db.store, &shop, &["A-1"]).await;
    for (ctx, sees) in [(&shop.owner, true), (&shop.head, true), (&shop.manager, false), (&shop.viewer, false)] {
        let one = db.store.product(ctx, made.id).await.expect("a product");
        let page = db.store.products_page(ctx, &ProductFilter::default(), (ProductId(0), 10)).await.expect("a page");
        for product in [&one, &page[0]] {
            assert_eq!(product.variants[0].cost.is_some(), sees);
            let words = serde_json::to_string(product).expect("JSON");
            assert_eq!(words.contains("30000") && words.contains("\"cost\""), sees, "{words}");
        }
    }
    let log = serde_json::to_string(&db.store.raw_events(Seq(0)).await.expect("events")).expect("JSON");
    assert!(!log.contains("30000"), "the log tells managers too");
    db.sound().await;
}

async fn whoever_may_not_changes_nothing(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = product(&db.store, &shop, &["A-1"]).await;
    let house = warehouse(&db.store, &shop, "Склад").await;
    let new = || ProductForm { name: "Кава".into(), variants: vec![form("K-1")] };
    let cases: [(&Ctx, Refusal); 3] = [
        (&shop.manager, Refusal::NotAllowed),
        (&shop.viewer, Refusal::NotAllowed),
        (&shop.stranger, Refusal::NotFound),
    ];
    for (ctx, no) in cases {
        let refused = db.untouched(db.store.create_product(ctx, id(), shop.one, new())).await;
        assert_eq!(refusal(refused), no);
        let refused = db.untouched(db.store.change_product(ctx, id(), made.id, ProductChange::Retire)).await;
        assert_eq!(refusal(refused), no);
        let rename = WarehouseChange::Rename { warehouse: house, name: "Мій".into() };
        assert_eq!(refusal(db.untouched(db.store.change_warehouse(ctx, id(), rename)).await), no);
        let form = SupplierForm { name: "Постачальник".into(), email: None };
        let add = SupplierChange::Add { storefront: shop.one, form };
        assert_eq!(refusal(db.untouched(db.store.change_supplier(ctx, id(), add)).await), no);
        let patch = StockSettingsPatch { preorder: Some(true), ..StockSettingsPatch::default() };
        assert_eq!(
            refusal(db.untouched(db.store.patch_stock_settings(ctx, id(), shop.one, (patch, store::Seen::Any))).await),
            no
        );
    }
    assert_eq!(refusal(db.store.product(&shop.stranger, made.id).await), Refusal::NotFound);
    assert_eq!(refusal(db.store.warehouse(&shop.stranger, house).await), Refusal::NotFound);
    assert_eq!(db.store.warehouses(&shop.stranger, None).await.expect("a list"), []);
    let nowhere = db.store.create_product(&shop.owner, id(), StorefrontId(999), new()).await;
    assert_eq!(refusal(nowhere), Refusal::NotFound);
    db.sound().await;
}

async fn products_are_found(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let variants = vec![VariantForm { barcode: Some("96385074".into()), ..form("З-100%") }, form("B_2")];
    let tea = ProductForm { name: "Чай ЗЕЛЕНИЙ".into(), variants };
    let tea = db.store.create_product(&shop.head, id(), shop.one, tea).await.expect("a product").id;
    let other = product(&db.store, &shop, &["A-1"]).await.id;
    let foreign = ProductForm { name: "Чужий чай".into(), variants: vec![form("A-1")] };
    db.store.create_product(&shop.owner, id(), shop.two, foreign).await.expect("a product");
    let text = |text: &str| ProductFilter { text: text.into(), ..ProductFilter::default() };
    let sku = |sku: &str| ProductFilter { sku: Some(sku.into()), ..ProductFilter::default() };
    for (filter, found) in [
        (ProductFilter::default(), vec![tea, other]),
        (text("зелений"), vec![tea]),
        (text("963850"), vec![tea]),
        (text("100%"), vec![tea]),
        (text("b_2"), vec![tea]),
        (text("bx2"), vec![]),
        (text("%"), vec![tea]),
        (text("' OR 1=1 --"), vec![]),
        (sku(" A-1 "), vec![other]),
        (sku("A"), vec![]),
        (ProductFilter { storefront: Some(shop.two), ..ProductFilter::default() }, vec![]),
        (ProductFilter { supplier: Some(SupplierId(1)), ..ProductFilter::default() }, vec![]),
    ] {
        let page = db.store.products_page(&shop.viewer, &filter, (ProductId(0), 10)).await.expect("a page");
        assert_eq!(page.iter().map(|one| one.id).collect::<Vec<_>>(), found, "{filter:?}");
    }
    let rest = db.store.products_page(&shop.viewer, &ProductFilter::default(), (tea, 1)).await.expect("a page");
    assert_eq!(rest.iter().map(|one| one.id).collect::<Vec<_>>(), [other]);
    db.sound().await;
}

async fn what_has_stock_is_not_put_away(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let made = product(&db.store, &shop, &["A-1", "A-2"]).await;
    let house = warehouse(&db.store, &shop, "Склад").await;
    let place = (made.variants[0].id, house);
    receive(&db.store, &shop, place, 3).await;
    for change in [ProductChange::RetireVariant { variant: place.0 }, ProductChange::Retire] {
        let refused = db.untouched(db.store.change_product(&shop.head, id(), made.id, change)).await;
        assert_eq!(fault(refused), CatalogFault::HasStock);
    }
    let gone = WarehouseChange::Retire { warehouse: house };
    assert_eq!(
        fault(db.untouched(db.store.change_warehouse(&shop.head, id(), gone.clone())).await),
        CatalogFault::HasStock
    );
    let empty = ProductChange::RetireVariant { variant: made.variants[1].id };
    db.store.change_product(&shop.head, id(), made.id, empty).await.expect("there is none of it");
    let last = ProductChange::RetireVariant { variant: place.0 };
    assert_eq!(fault(db.store.change_product(&shop.head, id(), made.id, last).await), CatalogFault::LastVariant);
    assert_eq!(lying(&db.store, &shop, place).await, (3, 0));
    let same = WarehouseChange::Add { storefront: shop.one, name: " Склад ".into() };
    let refused = db.untouched(db.store.change_warehouse(&shop.head, id(), same)).await;
    assert_eq!(fault(refused), of_field(CatalogField::Name, CatalogWrong::Taken));
    let spare = warehouse(&db.store, &shop, "Запасний").await;
    let spare = WarehouseChange::Retire { warehouse: spare };
    db.store.change_warehouse(&shop.head, id(), spare).await.expect("nothing lies there");
    assert_eq!(db.store.warehouses(&shop.viewer, Some(shop.one)).await.expect("a list").len(), 1);
    db.sound().await;
}

async fn suppliers_come_and_go(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let form_of = |email: &str| SupplierForm { name: "Плантація".into(), email: Some(email.into()) };
    let add = |email: &str| SupplierChange::Add { storefront: shop.one, form: form_of(email) };
    let wrong = db.untouched(db.store.change_supplier(&shop.head, id(), add("не адреса"))).await;
    assert_eq!(fault(wrong), of_field(CatalogField::Email, CatalogWrong::NotAnEmail));
    let made = db.store.change_supplier(&shop.head, id(), add("Tea@Example.com")).await.expect("a supplier");
    assert_eq!(made.email.as_deref(), Some("tea@example.com"));
    let taken = db.untouched(db.store.change_supplier(&shop.head, id(), add(""))).await;
    assert_eq!(fault(taken), of_field(CatalogField::Name, CatalogWrong::Taken));
    let from = |supplier| ProductForm {
        name: "Чай".into(),
        variants: vec![VariantForm { supplier: Some(supplier), ..form("A-1") }],
    };
    let unknown = db.untouched(db.store.create_product(&shop.head, id(), shop.one, from(SupplierId(999)))).await;
    let of_supplier = FieldFault::of(CatalogField::Supplier, CatalogWrong::Unknown);
    let of_first = CatalogFault::from(FieldFault { variant: Some(0), ..of_supplier });
    assert_eq!(fault(unknown), of_first);
    let foreign = db.store.create_product(&shop.owner, id(), shop.two, from(made.id)).await;
    assert_eq!(fault(foreign), of_first);
    let tea = db.store.create_product(&shop.head, id(), shop.one, from(made.id)).await.expect("a product");
    let patch = SupplierPatch { email: Some(None), ..SupplierPatch::default() };
    let patch = SupplierChange::Patch { supplier: made.id, patch };
    assert_eq!(db.store.change_supplier(&shop.head, id(), patch).await.expect("patched").email, None);
    db.store.change_supplier(&shop.head, id(), SupplierChange::Retire { supplier: made.id }).await.expect("gone");
    assert_eq!(refusal(db.store.supplier(&shop.head, made.id).await), Refusal::NotFound);
    // Its goods say still where they came from, and other things about them change.
    let patch = VariantPatch { price: Some(1), ..VariantPatch::default() };
    let patch = ProductChange::PatchVariant { variant: tea.variants[0].id, patch };
    let now = db.store.change_product(&shop.head, id(), tea.id, patch).await.expect("patched");
    assert_eq!(now.variants[0].supplier, Some(made.id));
    let page = db.store.suppliers_page(&shop.viewer, None, (SupplierId(0), 10)).await.expect("a page");
    assert_eq!(page, []);
    db.sound().await;
}

async fn how_stock_is_kept_is_set(db: TestDb) {
    let shop = Shop::open(&db.store).await;
    let usual = StockSettings { storefront: shop.one, reserve_at: StatusKind::Processing, preorder: false };
    assert_eq!(db.store.stock_settings(&shop.viewer, shop.one).await.expect("settings"), usual);
    let patch = StockSettingsPatch { reserve_at: Some(StatusKind::New), preorder: Some(true) };
    let now = db.store.patch_stock_settings(&shop.head, id(), shop.one, (patch, store::Seen::Any)).await.expect("set");
    assert_eq!(now, StockSettings { reserve_at: StatusKind::New, preorder: true, ..usual });
    assert_eq!(db.store.stock_settings(&shop.viewer, shop.one).await.expect("settings"), now);
    let late = StockSettingsPatch { reserve_at: Some(StatusKind::Shipped), preorder: None };
    let refused =
        db.untouched(db.store.patch_stock_settings(&shop.head, id(), shop.one, (late, store::Seen::Any))).await;
    assert_eq!(fault(refused), of_field(CatalogField::ReserveAt, CatalogWrong::OutOfRange));
    assert_eq!(refusal(db.store.stock_settings(&shop.stranger, shop.one).await), Refusal::NotFound);
    db.sound().await;
}
