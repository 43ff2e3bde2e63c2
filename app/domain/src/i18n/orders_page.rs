//! An order's page, the list of orders, and what a change of status asks for.

super::messages! {
    orders => "Замовлення", "Orders", "Заказы";
    to_orders => "До списку замовлень", "To the list of orders", "К списку заказов";
    order_no_status => "Ще без статусу", "No status yet", "Ещё без статуса";
    order_time_here(time: &str) => "У статусі {time}", "In this status for {time}", "В статусе {time}";
    order_next => "Далі", "Next", "Далее";
    order_other_status => "Інший статус", "Another status", "Другой статус";
    order_end => "Далі переходити нікуди.", "Nothing follows from here.", "Дальше переходить некуда.";
    order_past_rules => "Поза правилами", "Past the rules", "Вне правил";
    order_changed_to(status: &str) => "Статус: «{status}»", "Status: “{status}”", "Статус: «{status}»";
    order_changed_by(who: &str, what: &str) => "{who} тим часом: {what}. Введене лишилося; перевірте й збережіть ще раз.", "{who} meanwhile: {what}. What you typed is still here; look again and save.", "{who} тем временем: {what}. Введённое осталось; проверьте и сохраните ещё раз.";
    order_may_go(names: &str) => "Звідси можна лише до: {names}.", "From here it may go to: {names}.", "Отсюда можно только в: {names}.";
    order_may_go_nowhere => "Звідси перейти нікуди не можна.", "From here it may go nowhere.", "Отсюда никуда перейти нельзя.";

    ask_title(status: &str) => "Перевести до «{status}»", "Take it to “{status}”", "Перевести в «{status}»";
    ask_deal(customer: &str, status: &str) => "{customer}: «{status}»", "{customer}: “{status}”", "{customer}: «{status}»";
    ask_carrier => "Служба доставки", "Carrier", "Служба доставки";
    ask_number => "Номер посилки", "Parcel number", "Номер посылки";
    ask_number_hint(carrier: &str) => "Не схоже на номер служби «{carrier}». Перевірте; якщо все правильно, зберігайте.", "This does not look like a number of {carrier}. Check it; if it is right, save it.", "Не похоже на номер службы «{carrier}». Проверьте; если всё верно, сохраняйте.";
    ask_delay_reason => "Чому затримка", "Why the delay", "Почему задержка";
    ask_until => "До якого дня", "Until which day", "До какого дня";
    ask_cancelled_by => "Хто скасував", "Who cancelled it", "Кто отменил";
    ask_cancel_reason => "Чому скасовано", "Why it was cancelled", "Почему отменён";
    ask_return_reason => "Чому повернули", "Why it came back", "Почему вернули";
    ask_condition => "Стан товару", "Condition of the goods", "Состояние товара";
    ask_override => "Чому поза правилами", "Why past the rules", "Почему вне правил";

    line_sum => "Разом", "Total", "Итого";
    total_goods => "Товари", "Goods", "Товары";
    total_discount => "Знижка", "Discount", "Скидка";
    total_shipping => "Доставка", "Shipping", "Доставка";
    total_all => "До сплати", "Total", "К оплате";
    payment => "Оплата", "Payment", "Оплата";
    paid_yes => "Оплачено", "Paid", "Оплачено";
    paid_no => "Не оплачено", "Not paid", "Не оплачено";
    order_placed => "Оформлено", "Placed", "Оформлен";
    order_note => "Примітка покупця", "Customer's note", "Примечание покупателя";
    parcels => "Посилки", "Parcels", "Посылки";
    parcels_none => "Номера посилки ще немає.", "There is no parcel number yet.", "Номера посылки ещё нет.";
    parcel_follow => "Відстежити", "Follow", "Отследить";
    other_orders => "Інші замовлення", "Other orders", "Другие заказы";
    other_deals => "Інші угоди", "Other deals", "Другие сделки";
    others_none => "Це перше звернення покупця.", "Nothing else of this customer yet.", "Это первое обращение покупателя.";
    stays => "Шлях замовлення", "The order's way", "Путь заказа";
    stays_none => "Статус ще не змінювали.", "The status has not been changed yet.", "Статус ещё не меняли.";
    stay_now(time: &str) => "{time}, досі тут", "{time}, still here", "{time}, всё ещё здесь";
    stay_delay(until: &str, reason: &str) => "До {until}: {reason}", "Until {until}: {reason}", "До {until}: {reason}";
    stay_told(what: &str, reason: &str) => "{what}: {reason}", "{what}: {reason}", "{what}: {reason}";
    open_deal => "Відкрити угоду", "Open the deal", "Открыть сделку";
    open_order => "Відкрити замовлення", "Open the order", "Открыть заказ";
    make_deal => "Створити угоду", "Create the deal", "Создать сделку";
    make_order => "Створити замовлення", "Create an order", "Создать заказ";
    deal_made => "Угоду створено", "Deal created", "Сделка создана";
    order_made => "Замовлення створено", "Order created", "Заказ создан";
    make_order_payment => "Спосіб оплати", "Way of payment", "Способ оплаты";

    list_search => "Номер замовлення, посилки, ім'я або телефон", "Order or parcel number, name or phone", "Номер заказа, посылки, имя или телефон";
    list_number => "Номер", "Number", "Номер";
    list_status => "Статус", "Status", "Статус";
    list_kind => "Вид статусу", "Kind of status", "Вид статуса";
    list_flag => "Увага", "Attention", "Внимание";
    list_any => "Усі", "All", "Все";
    list_none => "Замовлень ще немає. Вони прийдуть сюди самі, щойно магазин під'єднано.", "There are no orders yet. They come by themselves once a shop is connected.", "Заказов ещё нет. Они придут сюда сами, как только магазин подключён.";
    list_none_found => "За цим фільтром нічого немає.", "Nothing matches this filter.", "По этому фильтру ничего нет.";
    list_more => "Показати ще", "Show more", "Показать ещё";
    list_columns => "Стовпці", "Columns", "Столбцы";
    list_sort => "Порядок", "Order by", "Порядок";
    list_select(number: &str) => "Вибрати замовлення № {number}", "Select order no. {number}", "Выбрать заказ № {number}";
    list_select_all => "Вибрати всі на сторінці", "Select all shown", "Выбрать все показанные";
    sort_placed => "Нові спочатку", "Newest first", "Новые сначала";
    sort_placed_up => "Давні спочатку", "Oldest first", "Старые сначала";
    sort_sum => "Дорожчі спочатку", "Largest first", "Дорогие сначала";
    sort_sum_up => "Дешевші спочатку", "Smallest first", "Дешёвые сначала";
    sort_since => "Недавно змінені", "Changed lately", "Недавно изменённые";
    sort_since_up => "Найдовше без змін", "Longest unchanged", "Дольше всего без изменений";

    bulk_to => "Перевести до статусу", "Take to status", "Перевести в статус";
    bulk_many_storefronts => "Виберіть замовлення однієї вітрини: у кожної свої статуси.", "Choose orders of one storefront: each has statuses of its own.", "Выберите заказы одной витрины: у каждой свои статусы.";
    bulk_progress(done: &str, all: &str) => "Готово {done} з {all}", "{done} of {all} done", "Готово {done} из {all}";
    bulk_stop => "Зупинити", "Stop", "Остановить";
    bulk_changed(orders: &str) => "Переведено: {orders}.", "Taken there: {orders}.", "Переведено: {orders}.";
    bulk_refused(orders: &str) => "Не переведено: {orders}.", "Not taken there: {orders}.", "Не переведено: {orders}.";
    bulk_report => "Завантажити список (CSV)", "Download the list (CSV)", "Скачать список (CSV)";
    bulk_why => "Причина", "Reason", "Причина";
}

/// How a list stands in order.
pub fn orders_sort_name(lang: super::Lang, order: crate::orders::OrdersOrder) -> &'static str {
    use crate::orders::OrdersSort;
    match (order.by, order.ascending) {
        (OrdersSort::Placed, false) => sort_placed(lang),
        (OrdersSort::Placed, true) => sort_placed_up(lang),
        (OrdersSort::Sum, false) => sort_sum(lang),
        (OrdersSort::Sum, true) => sort_sum_up(lang),
        (OrdersSort::Since, false) => sort_since(lang),
        (OrdersSort::Since, true) => sort_since_up(lang),
    }
}
