//! What the columns of other systems are called, in Ukrainian, English and Russian. A heading is compared as
//! [`normal`] writes it.

use super::{Field, Preset};

/// Small letters and digits with single spaces: "First Name (Billing)" and "first_name-billing" are one heading.
pub fn normal(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    for c in heading.chars().flat_map(char::to_lowercase) {
        // An apostrophe is part of "ім'я"; people type several signs for it.
        if matches!(c, '\'' | '’' | 'ʼ' | '`' | '"') {
            continue;
        }
        let c = if c == '№' { '#' } else { c };
        if c.is_alphanumeric() || c == '#' {
            out.push(if c == 'ё' { 'е' } else { c });
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

// Names are apart by a bar, the surest first.

/// Of a whole name, of a first, a middle and a last one.
pub(super) const WHOLE_NAME: &str = "\
    імя клієнта|піб|піб клієнта|піб покупця|піб замовника|імя покупця|покупець|клієнт|замовник|контактна особа|\
    отримувач|піб отримувача|імя|імя та прізвище|прізвище та імя|customer name|client name|full name|\
    contact name|person name|deal contact person|contact person|billing name|customer|client|buyer|bayer name|\
    buyer name|person|contact|recipient|shipping name|name|имя клиента|фио|ф и о|фио клиента|фио покупателя|\
    имя покупателя|покупатель|клиент|заказчик|контактное лицо|получатель|имя|имя и фамилия|фамилия и имя|\
    фамилия имя отчество|прізвище імя по батькові";
pub(super) const FIRST_NAME: &str = "\
    billing first name|first name billing|customer first name|person first name|first name|firstname|імя|имя|\
    shipping first name|first name shipping";
pub(super) const MIDDLE_NAME: &str = "middle name|по батькові|отчество";
pub(super) const LAST_NAME: &str = "\
    billing last name|last name billing|customer last name|person last name|last name|lastname|surname|прізвище|\
    фамилия|shipping last name|last name shipping";

const PHONE: &str = "\
    телефон|номер телефону|телефон клієнта|телефон покупця|телефон замовника|моб телефон|мобільний телефон|\
    мобільний|тел|телефон отримувача|phone|phone number|billing phone|phone billing|customer phone|client phone|\
    person phone|person phone work|person phone mobile|contact phone|mobile|mobile phone|telephone|tel|\
    default address phone|shipping phone|phone shipping|номер телефона|телефон клиента|телефон покупателя|\
    телефон заказчика|мобильный телефон|мобильный|телефон получателя|phone work|phone mobile";
const EMAIL: &str = "\
    email|e mail|mail|email address|billing email|email billing|customer email|client email|person email|\
    person email work|contact email|електронна пошта|ел пошта|пошта|імейл|email клієнта|email покупця|\
    электронная почта|эл почта|почта|имейл|email клиента|email покупателя|email work|customer user email";
const ORDER_NUMBER: &str = "\
    номер замовлення|# замовлення|замовлення #|номер заказа|# заказа|заказ #|order number|order #|order no|\
    order name|номер|замовлення|number|order|заказ|deal number";
const EXTERNAL_ID: &str = "\
    id замовлення|id угоди|зовнішній id|код в іншій системі|order id|deal id|external id|source uuid|uuid|id|\
    id заказа|id сделки|внешний id|код в другой системе";
const STAGE: &str = "\
    етап|етап угоди|етап воронки|стадія|стадія угоди|stage|deal stage|pipeline stage|этап|этап сделки|\
    этап воронки|стадия|стадия сделки";
const STATUS: &str = "\
    статус|статус замовлення|стан|стан замовлення|order status|status|deal status|fulfillment status|\
    статус заказа|состояние|состояние заказа";
const SUM: &str = "\
    сума|сума замовлення|загальна сума|сума угоди|разом|всього|до сплати|вартість замовлення|order total|\
    order total amount|total|total amount|grand total|amount|sum|value|deal value|total price|n revenue|\
    net sales|сумма|сумма заказа|общая сумма|сумма сделки|итого|всего|к оплате|стоимость заказа|бюджет|budget";
const PRODUCT: &str = "\
    товар|назва товару|товари|найменування|найменування товару|продукт|product|product name|item name|goods|\
    lineitem name|line item name|item|products|product s|название товара|товары|наименование|\
    наименование товара|line item 1 name";
const SKU: &str = "\
    артикул|артикул товару|код товару|sku|sku товару|product sku|item sku|lineitem sku|артикул товара|\
    код товара|vendor code";
const QUANTITY: &str = "\
    кількість|к сть|кть|кількість товару|quantity|qty|item quantity|lineitem quantity|count|quantity refund|\
    количество|кол во|количество товара";
const PRICE: &str = "\
    ціна|ціна товару|ціна за одиницю|ціна за шт|price|item price|item cost|unit price|lineitem price|\
    product price|цена|цена товара|цена за единицу|цена за шт";
const SHIPPING: &str = "\
    вартість доставки|ціна доставки|доставка вартість|shipping cost|shipping total|order shipping|\
    order shipping amount|shipping amount|shipping price|shipping|стоимость доставки|цена доставки|\
    доставка стоимость";
const DISCOUNT: &str = "\
    знижка|сума знижки|discount|discount total|discount amount|order discount|cart discount amount|\
    cart discount|total discount|скидка|сумма скидки";
const PAYMENT: &str = "\
    спосіб оплати|метод оплати|тип оплати|payment method title|payment method|payment|gateway|способ оплаты|\
    метод оплаты|тип оплаты|оплата";
const PAID: &str =
    "оплачено|сплачено|статус оплати|paid|is paid|financial status|payment status|paid at|paid date|статус оплаты";
const SOURCE: &str = "\
    джерело|джерело замовлення|джерело угоди|source|source name|lead source|deal source channel|channel|\
    attribution|источник|источник заказа|источник сделки|канал";
const RESPONSIBLE: &str = "\
    відповідальний|відповідальна особа|відповідальна|менеджер|оператор|owner|deal owner|responsible|assigned to|\
    manager|employee|ответственный|ответственное лицо";
const LOST_REASON: &str = "\
    причина втрати|причина відмови|причина програшу|lost reason|deal lost reason|loss reason|reason|\
    причина потери|причина отказа|причина проигрыша";
const COMMENT: &str = "\
    коментар|коментарі|коментар менеджера|коментар покупця|коментар клієнта|примітка|примітки|нотатки|comment|\
    comments|note|notes|customer note|order notes|buyer comment|комментарий|комментарии|комментарий менеджера|\
    комментарий покупателя|комментарий клиента|примечание|примечания|заметки|deal title|title";
const CREATED: &str = "\
    дата створення|дата замовлення|створено|дата додавання|дата|дата та час|created at|created|order date|\
    deal deal created|deal created|date created|creation date|add time|date|sign up|person person created|\
    дата создания|дата заказа|создано|создан|дата добавления|дата и время|клієнт з|customer since|клиент с";

/// The names of a field in files of anybody; of [`Field::Name`] the whole ones.
pub(super) fn names(field: Field) -> &'static str {
    match field {
        Field::Name => WHOLE_NAME,
        Field::Phone => PHONE,
        Field::Email => EMAIL,
        Field::OrderNumber => ORDER_NUMBER,
        Field::ExternalId => EXTERNAL_ID,
        Field::Stage => STAGE,
        Field::Status => STATUS,
        Field::Sum => SUM,
        Field::ProductName => PRODUCT,
        Field::Sku => SKU,
        Field::Quantity => QUANTITY,
        Field::Price => PRICE,
        Field::ShippingTotal => SHIPPING,
        Field::DiscountTotal => DISCOUNT,
        Field::PaymentMethod => PAYMENT,
        Field::Paid => PAID,
        Field::Source => SOURCE,
        Field::Responsible => RESPONSIBLE,
        Field::LostReason => LOST_REASON,
        Field::Comment => COMMENT,
        Field::CreatedAt => CREATED,
    }
}

/// Where a system means something else by a heading than others do, or nothing that we keep.
pub(super) fn own_meaning(preset: Preset, orders: bool, heading: &str) -> Option<Option<Field>> {
    let field = match (preset, heading) {
        // "#1001": in a file of orders, the name is the order's.
        (Preset::Shopify, "name") if orders => Some(Field::OrderNumber),
        (Preset::Shopify, "billing name") if orders => Some(Field::Name),
        (Preset::Shopify, "order" | "source" | "device id" | "paid at") => None,
        (Preset::WooCommerce, "customer id" | "customer user" | "id") => None,
        (Preset::WooCommerce, "customer type" | "item" | "item #") => None,
        (Preset::Pipedrive, "deal title") => Some(Field::Comment),
        (Preset::Pipedrive, "deal organization" | "organization name" | "person id") => None,
        (Preset::KeyCrm, "покупець" | "покупатель" | "buyer") => Some(Field::Name),
        (Preset::LpCrm, "id" | "#") => Some(Field::ExternalId),
        (Preset::LpCrm, "оплата") => Some(Field::PaymentMethod),
        _ => return None,
    };
    Some(field)
}

/// By headings that nobody else has. Each of the lists is enough by itself where all of it is there.
const SIGNATURES: [(Preset, &[&str]); 18] = [
    (Preset::Shopify, &["lineitem name"]),
    (Preset::Shopify, &["financial status", "fulfillment status"]),
    (Preset::Shopify, &["accepts email marketing"]),
    (Preset::Shopify, &["accepts marketing", "total spent"]),
    (Preset::WooCommerce, &["first name billing"]),
    (Preset::WooCommerce, &["billing first name"]),
    (Preset::WooCommerce, &["order total amount"]),
    (Preset::WooCommerce, &["n revenue"]),
    (Preset::WooCommerce, &["aov", "total spend"]),
    (Preset::Pipedrive, &["deal title"]),
    (Preset::Pipedrive, &["deal stage"]),
    (Preset::Pipedrive, &["person name"]),
    (Preset::LpCrm, &["bayer name"]),
    (Preset::LpCrm, &["additional 1"]),
    (Preset::LpCrm, &["фио", "товар", "сайт"]),
    (Preset::LpCrm, &["піб", "товар", "сайт"]),
    (Preset::KeyCrm, &["покупець", "статус оплати"]),
    (Preset::KeyCrm, &["покупатель", "статус оплаты"]),
];

pub(super) fn preset(headings: &[String]) -> Preset {
    let has = |wanted: &&str| headings.iter().any(|heading| heading == wanted);
    let found = SIGNATURES.into_iter().find(|(_, signature)| signature.iter().all(has));
    found.map_or(Preset::Plain, |(preset, _)| preset)
}
