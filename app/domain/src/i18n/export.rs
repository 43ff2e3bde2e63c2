//! What is taken out as a file: the words around it, and the headings in it. Whoever reads such a file back knows the
//! same headings.

super::messages! {
    settings_export => "Експорт", "Export", "Экспорт";
    export => "Експорт", "Export", "Экспорт";
    export_hint => "Файл містить лише те, що ви бачите самі. Хто й що вивантажив, записано в історії.", "A file holds only what you see yourself. The history says who took out what.", "Файл содержит только то, что видите вы сами. Кто и что выгрузил, записано в истории.";
    export_deals_hint => "З дошки можна вивантажити й угоди, що відповідають її фільтру.", "From a board you can also export the deals that its filter shows.", "С доски можно выгрузить и сделки, подходящие под её фильтр.";
    export_since => "З дня", "From the day", "Со дня";
    export_until => "По день", "To the day", "По день";
    export_deals => "Угоди", "Deals", "Сделки";
    export_customers => "Клієнти", "Customers", "Клиенты";
    export_orders => "Замовлення", "Orders", "Заказы";
    export_products => "Товари", "Products", "Товары";
    export_events => "Історія змін", "History", "История изменений";
    export_csv => "CSV", "CSV", "CSV";
    export_xlsx => "Excel (XLSX)", "Excel (XLSX)", "Excel (XLSX)";
    export_as(form: &str) => "Завантажити {form}", "Download {form}", "Скачать {form}";
    export_all_funnels => "Усі воронки", "All funnels", "Все воронки";
    export_shown => "Показані угоди", "The deals shown", "Показанные сделки";
    export_too_many => "Два ваші файли вже готуються. Дочекайтеся їх і спробуйте знову.", "Two of your files are being made already. Wait for them and try again.", "Два ваших файла уже готовятся. Дождитесь их и попробуйте снова.";
    export_unreadable(key: &str) => "Не вдалося прочитати значення «{key}» в адресі. Нічого не вивантажено.", "The value of “{key}” in the address can't be read. Nothing was exported.", "Не удалось прочитать значение «{key}» в адресе. Ничего не выгружено.";
    fact_exported(list: &str) => "Вивантажено файлом: {list}", "Exported as a file: {list}", "Выгружено файлом: {list}";
}

super::messages! {
    yes => "так", "yes", "да";
    no => "ні", "no", "нет";
    col_number => "Номер", "Number", "Номер";
    col_created => "Створено", "Created", "Создано";
    col_funnel => "Воронка", "Funnel", "Воронка";
    col_stage => "Етап", "Stage", "Этап";
    col_stage_since => "На етапі з", "On the stage since", "На этапе с";
    col_storefront => "Вітрина", "Storefront", "Витрина";
    col_responsible => "Відповідальний", "Responsible", "Ответственный";
    col_source => "Джерело", "Source", "Источник";
    col_customer => "Клієнт", "Customer", "Клиент";
    col_phone => "Телефон", "Phone", "Телефон";
    col_email => "Email", "Email", "Email";
    col_order => "Номер замовлення", "Order number", "Номер заказа";
    col_goods => "Товари", "Goods", "Товары";
    col_sum => "Сума", "Sum", "Сумма";
    col_currency => "Валюта", "Currency", "Валюта";
    col_comment => "Коментар", "Comment", "Комментарий";
    col_lost_reason => "Причина втрати", "Lost reason", "Причина потери";
    col_deals => "Угод", "Deals", "Сделок";
    col_customer_since => "Клієнт з", "Customer since", "Клиент с";
    col_last_deal => "Остання угода", "Last deal", "Последняя сделка";
    col_placed => "Дата", "Date", "Дата";
    col_status => "Статус", "Status", "Статус";
    col_shop_status => "Статус у магазині", "Status in the shop", "Статус в магазине";
    col_shipping => "Вартість доставки", "Shipping cost", "Стоимость доставки";
    col_discount => "Знижка", "Discount", "Скидка";
    col_payment => "Оплата", "Payment", "Оплата";
    col_paid => "Оплачено", "Paid", "Оплачено";
    col_deleted => "Видалено в магазині", "Deleted in the shop", "Удалено в магазине";
    col_order_status => "Статус у CRM", "Status in the CRM", "Статус в CRM";
    col_status_since => "У статусі з", "In the status since", "В статусе с";
    col_carrier => "Служба доставки", "Carrier", "Служба доставки";
    col_parcel => "Номер посилки", "Tracking number", "Номер посылки";
    col_deal => "Угода", "Deal", "Сделка";
    col_when => "Коли", "When", "Когда";
    col_who => "Хто", "Who", "Кто";
    col_what => "Що сталося", "What happened", "Что произошло";
    col_customer_number => "Номер клієнта", "Customer number", "Номер клиента";
}

/// A list's name, as a page and a sheet call it.
pub fn export_list(lang: super::Lang, list: crate::export::List) -> &'static str {
    use crate::export::List;
    match list {
        List::Deals => export_deals(lang),
        List::Customers => export_customers(lang),
        List::Orders => export_orders(lang),
        List::Products => export_products(lang),
        List::Events => export_events(lang),
    }
}

/// A form's name.
pub fn export_form(lang: super::Lang, form: crate::export::Form) -> &'static str {
    use crate::export::Form;
    match form {
        Form::Csv => export_csv(lang),
        Form::Xlsx => export_xlsx(lang),
    }
}
