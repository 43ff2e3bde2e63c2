use super::{table, texts};
use crate::import::*;

fn guessed(kind: Kind, headings: &[&str], sample: &[&[&str]]) -> (Preset, Vec<Option<Field>>) {
    let guess = guess(kind, &texts(headings), &table(sample));
    (guess.mapping.preset, guess.mapping.columns)
}

#[test]
fn headings_of_three_languages_are_known() {
    use Field::*;
    let wanted = vec![Some(Name), Some(Phone), Some(Email), Some(ProductName), Some(Quantity), Some(Price), Some(Sum)];
    for headings in [
        ["ПІБ", "Номер телефону", "Ел. пошта", "Назва товару", "К-сть", "Ціна", "Загальна сума"],
        ["Full name", "Phone number", "E-mail", "Product", "Qty", "Unit price", "Grand total"],
        ["ФИО", "Телефон", "Почта", "Наименование", "Кол-во", "Цена", "Итого"],
    ] {
        assert_eq!(guessed(Kind::Deals, &headings, &[]), (Preset::Plain, wanted.clone()), "{headings:?}");
    }
    let parts = guessed(Kind::Customers, &["Прізвище", "Ім’я", "По батькові", "Сума"], &[]);
    assert_eq!(parts.1, [Some(Name), Some(Name), Some(Name), None], "a customer has no sum");
    let row_numbers = guessed(Kind::Orders, &["№", "Клієнт"], &[]);
    assert_eq!(row_numbers.1, [None, Some(Name)], "the rows' numbers are no orders'");
}

#[test]
fn exports_of_five_systems_are_known() {
    use Field::*;
    let shopify = guessed(
        Kind::Orders,
        &[
            "Name",
            "Email",
            "Financial Status",
            "Paid at",
            "Fulfillment Status",
            "Subtotal",
            "Shipping",
            "Total",
            "Discount Amount",
            "Created at",
            "Lineitem quantity",
            "Lineitem name",
            "Lineitem price",
            "Lineitem sku",
            "Billing Name",
            "Billing Phone",
            "Shipping Name",
            "Notes",
            "Payment Method",
            "Id",
            "Source",
        ],
        &[],
    );
    assert_eq!(shopify.0, Preset::Shopify);
    assert_eq!(
        shopify.1,
        [
            Some(OrderNumber),
            Some(Email),
            Some(Paid),
            None,
            Some(Status),
            None,
            Some(ShippingTotal),
            Some(Sum),
            Some(DiscountTotal),
            Some(CreatedAt),
            Some(Quantity),
            Some(ProductName),
            Some(Price),
            Some(Sku),
            Some(Name),
            Some(Phone),
            None,
            Some(Comment),
            Some(PaymentMethod),
            Some(ExternalId),
            None
        ]
    );
    let woo = guessed(
        Kind::Orders,
        &[
            "Order Number",
            "Order Status",
            "Order Date",
            "Customer Note",
            "First Name (Billing)",
            "Last Name (Billing)",
            "Email (Billing)",
            "Phone (Billing)",
            "Payment Method Title",
            "Cart Discount Amount",
            "Order Shipping Amount",
            "Order Total Amount",
            "SKU",
            "Item #",
            "Item Name",
            "Quantity",
            "Item Cost",
        ],
        &[],
    );
    assert_eq!(woo.0, Preset::WooCommerce);
    assert_eq!(
        woo.1,
        [
            Some(OrderNumber),
            Some(Status),
            Some(CreatedAt),
            Some(Comment),
            Some(Name),
            Some(Name),
            Some(Email),
            Some(Phone),
            Some(PaymentMethod),
            Some(DiscountTotal),
            Some(ShippingTotal),
            Some(Sum),
            Some(Sku),
            None,
            Some(ProductName),
            Some(Quantity),
            Some(Price)
        ]
    );
    let pipedrive = guessed(
        Kind::Deals,
        &[
            "Deal - ID",
            "Deal - Title",
            "Deal - Value",
            "Deal - Stage",
            "Deal - Status",
            "Deal - Owner",
            "Deal - Lost reason",
            "Deal - Deal created",
            "Deal - Contact person",
            "Person - Phone - Work",
            "Person - Email - Work",
        ],
        &[],
    );
    assert_eq!(pipedrive.0, Preset::Pipedrive);
    assert_eq!(
        pipedrive.1,
        [
            Some(ExternalId),
            Some(Comment),
            Some(Sum),
            Some(Stage),
            Some(Status),
            Some(Responsible),
            Some(LostReason),
            Some(CreatedAt),
            Some(Name),
            Some(Phone),
            Some(Email)
        ]
    );
    let keycrm = guessed(
        Kind::Orders,
        &[
            "ID",
            "Джерело",
            "Статус замовлення",
            "Покупець",
            "Телефон покупця",
            "Email покупця",
            "Менеджер",
            "Дата створення",
            "Сума замовлення",
            "Статус оплати",
            "Спосіб оплати",
            "Назва товару",
            "Артикул",
            "Кількість",
        ],
        &[],
    );
    assert_eq!(keycrm.0, Preset::KeyCrm);
    assert_eq!(
        keycrm.1,
        [
            Some(ExternalId),
            Some(Source),
            Some(Status),
            Some(Name),
            Some(Phone),
            Some(Email),
            Some(Responsible),
            Some(CreatedAt),
            Some(Sum),
            Some(Paid),
            Some(PaymentMethod),
            Some(ProductName),
            Some(Sku),
            Some(Quantity)
        ]
    );
    let lpcrm = guessed(
        Kind::Orders,
        &[
            "ID",
            "Дата",
            "ФИО",
            "Телефон",
            "Товар",
            "Количество",
            "Цена",
            "Сумма",
            "Статус",
            "Комментарий",
            "Сайт",
            "Оплата",
        ],
        &[],
    );
    assert_eq!(lpcrm.0, Preset::LpCrm);
    assert_eq!(
        lpcrm.1,
        [
            Some(ExternalId),
            Some(CreatedAt),
            Some(Name),
            Some(Phone),
            Some(ProductName),
            Some(Quantity),
            Some(Price),
            Some(Sum),
            Some(Status),
            Some(Comment),
            None,
            Some(PaymentMethod)
        ]
    );
}

#[test]
fn values_say_what_headings_do_not() {
    use Field::*;
    let rows: &[&[&str]] = &[
        &["Олена", "050 123 45 67", "olena@example.com", "24.11.2026", "1"],
        &["Марко", "+380671234567", "", "23.11.2026 10:00", "2"],
    ];
    let found = guessed(Kind::Customers, &["А", "Б", "В", "Г", "Ґ"], rows);
    assert_eq!(found.1, [None, Some(Phone), Some(Email), Some(CreatedAt), None]);
}

#[test]
fn a_column_decides_how_its_numbers_and_dates_are_written() {
    let of = |rows: &[&[&str]]| {
        let guess = guess(Kind::Deals, &texts(&["Клієнт", "Сума", "Дата"]), &table(rows));
        (guess.mapping.decimal, guess.ask_decimal, guess.mapping.dates, guess.ask_dates)
    };
    assert_eq!(of(&[&["О", "1,234", "03/04/2026"]]), (None, true, None, true));
    let decided: &[&[&str]] = &[&["О", "1,234", "03/04/2026"], &["О", "12,5", "24/04/2026"]];
    assert_eq!(of(decided), (Some(Decimal::Comma), false, Some(DateOrder::DayFirst), false));
    let american: &[&[&str]] = &[&["О", "1,234.50", "03/04/2026"], &["О", "12.5", "04/24/2026"]];
    assert_eq!(of(american), (Some(Decimal::Dot), false, Some(DateOrder::MonthFirst), false));
    let mixed: &[&[&str]] = &[&["О", "1,5", "24/04/2026"], &["О", "1.5", "04/24/2026"], &["О", "1,234", "03/04/2026"]];
    assert_eq!(of(mixed), (None, true, None, true), "two hands wrote it");
    assert_eq!(of(&[&["О", "1234", "2026-04-03"]]), (None, false, None, false));
}
