//! A deal's drawer and form.

super::messages! {
    sum_hint => "Порожньо: сума товарів", "Blank: what the goods come to", "Пусто: сумма товаров";
    deal => "Угода", "Deal", "Сделка";
    deal_number(number: &str) => "Замовлення № {number}", "Order no. {number}", "Заказ № {number}";
    customer => "Клієнт", "Customer", "Клиент";
    customer_name => "Ім'я клієнта", "Customer's name", "Имя клиента";
    phone => "Телефон", "Phone", "Телефон";
    source => "Джерело", "Source", "Источник";
    responsible => "Відповідальна особа", "Responsible", "Ответственный";
    comment => "Коментар", "Comment", "Комментарий";
    goods => "Товари", "Goods", "Товары";
    line_name => "Товар", "Product", "Товар";
    line_sku => "Артикул", "SKU", "Артикул";
    line_quantity => "Кількість", "Quantity", "Количество";
    line_price => "Ціна", "Price", "Цена";
    line_add => "Додати товар", "Add a product", "Добавить товар";
    line_remove => "Прибрати рядок", "Remove the line", "Убрать строку";
    sum => "Сума", "Sum", "Сумма";
    stage => "Етап", "Stage", "Этап";
    order => "Замовлення", "Order", "Заказ";
    order_status_shop(status: &str) => "Статус у магазині: {status}", "Status in the shop: {status}", "Статус в магазине: {status}";
    order_awaiting_payment => "Очікує на оплату", "Awaiting payment", "Ожидает оплаты";
    order_awaiting_confirmation => "Очікує на підтвердження", "Awaiting confirmation", "Ожидает подтверждения";
    order_processing => "В обробці", "Processing", "В обработке";
    order_completed => "Виконано", "Completed", "Выполнен";
    order_cancelled => "Скасовано", "Cancelled", "Отменён";
    order_returned => "Повернуто", "Returned", "Возвращён";
    order_failed => "Не вдалося", "Failed", "Не удался";
    order_draft => "Чернетка", "Draft", "Черновик";
    order_lines => "Товари замовлення", "Goods of the order", "Товары заказа";
    history => "Історія", "History", "История";
    history_empty => "Ще нічого не сталося", "Nothing has happened yet", "Ещё ничего не произошло";
    storefront => "Вітрина", "Storefront", "Витрина";
    deal_saved => "Угоду збережено", "Deal saved", "Сделка сохранена";
    deal_created => "Угоду створено", "Deal created", "Сделка создана";
    deal_deleted => "Угоду видалено", "Deal deleted", "Сделка удалена";
    deal_delete => "Видалити угоду", "Delete the deal", "Удалить сделку";
    deal_delete_open => "Видалити угоду…", "Delete deal…", "Удалить сделку…";
    deal_delete_ask => "Угода зникне з дошки разом із товарами, коментарем і посиланням для покупця. Клієнт, замовлення магазину та записи в журналі залишаться. Повернути угоду не можна.", "The deal goes from the board with its goods, comment and customer's link. The customer, the shop's order and the log stay. This can't be undone.", "Сделка исчезнет с доски вместе с товарами, комментарием и ссылкой для покупателя. Клиент, заказ магазина и записи в журнале останутся. Вернуть сделку нельзя.";
    deal_gone => "Цю угоду видалено.", "This deal was deleted.", "Эта сделка удалена.";
    unsaved_title => "Не збережено", "Not saved", "Не сохранено";
    unsaved_ask => "Закрити й утратити введене?", "Close and lose what you typed?", "Закрыть и потерять введённое?";
    unsaved_drop => "Закрити без збереження", "Close without saving", "Закрыть без сохранения";
    unsaved_keep => "Повернутися", "Go back", "Вернуться";

    source_site => "Сайт", "Site", "Сайт";
    source_landing => "Лендинг", "Landing page", "Лендинг";
    source_messenger => "Месенджер", "Messenger", "Мессенджер";
    source_call => "Дзвінок", "Call", "Звонок";
    source_ads => "Реклама", "Ads", "Реклама";
    source_seo => "Пошук", "Search", "Поиск";
    source_social => "Соцмережі", "Social networks", "Соцсети";
    source_email => "Пошта", "Email", "Почта";
    source_affiliate => "Партнери", "Affiliates", "Партнёры";
    source_referral => "Рекомендації", "Referrals", "Рекомендации";
    source_other => "Інше", "Other", "Другое";
}

/// A source in words.
pub fn source_name(lang: super::Lang, source: crate::deals::Source) -> &'static str {
    use crate::deals::Source;
    match source {
        Source::Site => source_site(lang),
        Source::Landing => source_landing(lang),
        Source::Messenger => source_messenger(lang),
        Source::Call => source_call(lang),
        Source::Ads => source_ads(lang),
        Source::Seo => source_seo(lang),
        Source::Social => source_social(lang),
        Source::Email => source_email(lang),
        Source::Affiliate => source_affiliate(lang),
        Source::Referral => source_referral(lang),
        Source::Other => source_other(lang),
    }
}

/// An order's status in words; one we do not know, as the shop calls it.
pub fn order_status_name(lang: super::Lang, status: crate::orders::ShopStatus, of_shop: &str) -> String {
    use crate::orders::ShopStatus;
    match status {
        ShopStatus::AwaitingPayment => order_awaiting_payment(lang),
        ShopStatus::AwaitingConfirmation => order_awaiting_confirmation(lang),
        ShopStatus::Processing => order_processing(lang),
        ShopStatus::Completed => order_completed(lang),
        ShopStatus::Cancelled => order_cancelled(lang),
        ShopStatus::Returned => order_returned(lang),
        ShopStatus::Failed => order_failed(lang),
        ShopStatus::Draft => order_draft(lang),
        ShopStatus::Unknown => of_shop,
    }
    .to_owned()
}
