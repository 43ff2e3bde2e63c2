use crate::catalog::*;
use crate::money::MINOR_MAX;
use crate::orders::StatusKind;

fn variant(sku: &str) -> VariantForm {
    VariantForm {
        name: String::new(),
        sku: sku.into(),
        barcode: None,
        price: 45_000,
        cost: Some(30_000),
        low_stock: Some(3),
        supplier: None,
    }
}

#[test]
fn a_barcode_that_looks_like_one_has_its_check_digit() {
    // EAN-8, UPC-A, EAN-13, GTIN-14, and a shop's own.
    for code in
        ["96385074", "036000291452", "4006381333931", "4820024700016", "00012345600012", "КОД", "ABC-123", "12345"]
    {
        let fits = code.is_ascii();
        assert_eq!(checked_barcode(code).is_some(), fits, "{code}");
    }
    assert_eq!(checked_barcode(" 4006 3813 33931 ").as_deref(), Some("4006381333931"));
    for code in ["96385075", "036000291453", "4006381333932", "", "  ", &"1".repeat(41), "a\u{7}b"] {
        assert_eq!(checked_barcode(code), None, "{code:?}");
    }
}

#[test]
fn every_wrong_digit_is_found() {
    let right = "4006381333931";
    for place in 0..right.len() {
        for digit in b'0'..=b'9' {
            let mut typed = right.as_bytes().to_vec();
            let same = typed[place] == digit;
            typed[place] = digit;
            let typed = String::from_utf8(typed).expect("digits");
            assert_eq!(checked_barcode(&typed).is_some(), same, "{typed}");
        }
    }
}

#[test]
fn a_product_s_faults_are_all_named_with_their_places() {
    let fault = |variant, field, wrong| FieldFault { variant, field, wrong };
    let form = ProductForm {
        name: " \u{0} ".into(),
        variants: vec![
            variant(" A-1 "),
            variant("A-1"),
            VariantForm { barcode: Some("4006381333932".into()), price: -1, ..variant(" ") },
            VariantForm { cost: Some(MINOR_MAX + 1), low_stock: Some(-1), ..variant(&"я".repeat(SKU_CHARS_MAX + 1)) },
        ],
    };
    let faults = form.checked().expect_err("faults");
    assert_eq!(
        faults,
        [
            fault(None, CatalogField::Name, CatalogWrong::Missing),
            fault(Some(1), CatalogField::Sku, CatalogWrong::Taken),
            fault(Some(2), CatalogField::Sku, CatalogWrong::Missing),
            fault(Some(2), CatalogField::Barcode, CatalogWrong::NotABarcode),
            fault(Some(2), CatalogField::Price, CatalogWrong::OutOfRange),
            fault(Some(3), CatalogField::Sku, CatalogWrong::TooLong),
            fault(Some(3), CatalogField::Cost, CatalogWrong::OutOfRange),
            fault(Some(3), CatalogField::LowStock, CatalogWrong::OutOfRange),
        ]
    );
    let form = |variants| ProductForm { name: "Кава".into(), variants };
    let none = form(vec![]).checked().expect_err("a product without a variant");
    assert_eq!(none, [fault(None, CatalogField::Variants, CatalogWrong::Missing)]);
    let many = (0..=VARIANTS_MAX).map(|n| variant(&n.to_string())).collect();
    let many = form(many).checked().expect_err("too many");
    assert_eq!(many, [fault(None, CatalogField::Variants, CatalogWrong::TooMany)]);
    let right = form(vec![VariantForm { barcode: Some(" ".into()), ..variant(" A-1\n") }]).checked().expect("right");
    assert_eq!((right.variants[0].sku.as_str(), &right.variants[0].barcode), ("A-1", &None));
}

#[test]
fn a_patch_changes_what_it_names() {
    let known = Variant {
        id: VariantId(1),
        name: "Зерно".into(),
        sku: "A-1".into(),
        barcode: Some("96385074".into()),
        price: 45_000,
        cost: Some(30_000),
        low_stock: Some(3),
        supplier: Some(SupplierId(2)),
    };
    let patch = |text: &str| serde_json::from_str::<VariantPatch>(text);
    let now = patch(r#"{"price": 5, "cost": null, "name": null}"#).expect("a patch").upon(&known);
    let barcode = known.barcode.clone();
    assert_eq!(now, VariantForm { barcode, price: 5, cost: None, supplier: Some(SupplierId(2)), ..variant("A-1") });
    for text in [r#"{"sku": null}"#, r#"{"price": null}"#, r#"{"id": 2}"#, r#"{"colour": 1}"#] {
        assert!(patch(text).is_err(), "{text}");
    }
}

#[test]
fn a_supplier_s_letter_can_arrive() {
    let form = |email: Option<&str>| SupplierForm { name: " Склад ".into(), email: email.map(str::to_owned) }.checked();
    assert_eq!(form(Some(" A@B.ua ")).expect("right").email.as_deref(), Some("a@b.ua"));
    assert_eq!(form(Some("")).expect("right").email, None);
    let wrong = form(Some("не адреса")).expect_err("no address");
    assert_eq!(wrong, [FieldFault::of(CatalogField::Email, CatalogWrong::NotAnEmail)]);
}

#[test]
fn goods_are_put_aside_before_they_leave() {
    let before = StockSettings { storefront: StorefrontId(1), reserve_at: StatusKind::Processing, preorder: false };
    for kind in StatusKind::ALL {
        let patch = StockSettingsPatch { reserve_at: Some(kind), preorder: None };
        let possible = kind.rank() < StatusKind::Shipped.rank();
        assert_eq!(patch.upon(before).map(|now| now.reserve_at), possible.then_some(kind), "{kind:?}");
    }
    let patch = StockSettingsPatch { reserve_at: None, preorder: Some(true) };
    assert_eq!(patch.upon(before), Some(StockSettings { preorder: true, ..before }));
}
