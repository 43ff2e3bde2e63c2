//! The log in words: what happened.

super::messages! {
    author_shop => "Сайт магазину", "The shop's site", "Сайт магазина";
    author_script => "Скрипт", "A script", "Скрипт";
    author_system => "Система", "The system", "Система";
    former_colleague => "колишній співробітник", "a former colleague", "бывший сотрудник";

    fact_deal_created => "Створено угоду", "Deal created", "Создана сделка";
    fact_deal_deleted => "Угоду видалено", "Deal deleted", "Сделка удалена";
    fact_deal_reordered(stage: &str) => "Змінено порядок на етапі «{stage}»", "Reordered within “{stage}”", "Изменён порядок на этапе «{stage}»";
    fact_deal_moved(from: &str, to: &str) => "Етап «{from}» → «{to}»", "Moved from “{from}” to “{to}”", "Этап «{from}» → «{to}»";
    fact_deal_moved_because(from: &str, to: &str, reason: &str) => "Етап «{from}» → «{to}», причина: {reason}", "Moved from “{from}” to “{to}”, reason: {reason}", "Этап «{from}» → «{to}», причина: {reason}";
    fact_deal_edited(parts: &str) => "Змінено: {parts}", "Changed: {parts}", "Изменено: {parts}";
    fact_deal_edited_sum(parts: &str, before: &str, after: &str) => "Змінено: {parts}; сума {before} → {after}", "Changed: {parts}; sum {before} → {after}", "Изменено: {parts}; сумма {before} → {after}";
    fact_deal_assigned(person: &str) => "Відповідальна особа: {person}", "Responsible: {person}", "Ответственный: {person}";
    fact_deal_unassigned => "Без відповідальної особи", "No one is responsible now", "Без ответственного";
    fact_order_received(number: &str, total: &str) => "Надійшло замовлення № {number} на {total}", "Order no. {number} for {total} came in", "Поступил заказ № {number} на {total}";
    fact_order_updated(number: &str, status: &str) => "Магазин оновив замовлення № {number}: {status}", "The shop updated order no. {number}: {status}", "Магазин обновил заказ № {number}: {status}";
    fact_order_deleted(number: &str) => "Магазин видалив замовлення № {number}", "The shop deleted order no. {number}", "Магазин удалил заказ № {number}";
    fact_order_restored(number: &str) => "Магазин відновив замовлення № {number}", "The shop restored order no. {number}", "Магазин восстановил заказ № {number}";
    fact_customer_created => "Новий клієнт", "New customer", "Новый клиент";
    fact_customer_changed => "Змінено дані клієнта", "Customer's details changed", "Изменены данные клиента";
    fact_funnel_created(name: &str) => "Створено воронку «{name}»", "Funnel “{name}” created", "Создана воронка «{name}»";
    fact_funnel_renamed(name: &str) => "Воронку перейменовано на «{name}»", "Funnel renamed to “{name}”", "Воронка переименована в «{name}»";
    fact_funnel_archived(name: &str) => "Воронку «{name}» прибрано в архів", "Funnel “{name}” archived", "Воронка «{name}» убрана в архив";
    fact_stage_added(name: &str) => "Додано етап «{name}»", "Stage “{name}” added", "Добавлен этап «{name}»";
    fact_stage_changed(name: &str) => "Змінено етап «{name}»", "Stage “{name}” changed", "Изменён этап «{name}»";
    fact_stages_reordered => "Змінено порядок етапів", "Stages reordered", "Изменён порядок этапов";
    fact_stage_removed(name: &str) => "Видалено етап «{name}»", "Stage “{name}” removed", "Удалён этап «{name}»";
    fact_lost_reason_added(name: &str) => "Додано причину втрати «{name}»", "Lost reason “{name}” added", "Добавлена причина потери «{name}»";
    fact_lost_reason_renamed(name: &str) => "Причину втрати перейменовано на «{name}»", "Lost reason renamed to “{name}”", "Причина потери переименована в «{name}»";
    fact_lost_reason_retired(name: &str) => "Прибрано причину втрати «{name}»", "Lost reason “{name}” retired", "Убрана причина потери «{name}»";
    fact_storefront_created(name: &str) => "Створено вітрину «{name}»", "Storefront “{name}” created", "Создана витрина «{name}»";
    fact_storefront_changed(name: &str) => "Змінено вітрину «{name}»", "Storefront “{name}” changed", "Изменена витрина «{name}»";
    fact_secret_changed(name: &str) => "Змінено секрет вітрини «{name}»", "The secret of storefront “{name}” changed", "Изменён секрет витрины «{name}»";
    fact_user_invited(name: &str, role: &str) => "Запрошено: {name} ({role})", "Invited: {name} ({role})", "Приглашён: {name} ({role})";
    fact_link_renewed => "Створено нове посилання для покупця", "The customer's link was made anew", "Создана новая ссылка для покупателя";
    fact_link_ended => "Посилання покупця закрито", "The customer's link was ended", "Ссылка покупателя закрыта";
    fact_screen_paired(name: &str) => "Підключено екран «{name}»", "The screen “{name}” was connected", "Подключён экран «{name}»";
    fact_screen_unpaired(name: &str) => "Від'єднано екран «{name}»", "The screen “{name}” was disconnected", "Отключён экран «{name}»";
    fact_link_made(person: &str) => "Створено посилання для входу: {person}", "A link to get in was made for {person}", "Создана ссылка для входа: {person}";
    fact_user_joined(person: &str) => "{person} у команді", "{person} joined", "{person} в команде";
    fact_user_role_changed(person: &str, from: &str, to: &str) => "{person}: роль «{from}» → «{to}»", "{person}: role “{from}” → “{to}”", "{person}: роль «{from}» → «{to}»";
    fact_user_storefronts_changed(person: &str) => "{person}: змінено вітрини", "{person}: storefronts changed", "{person}: изменены витрины";
    fact_user_removed(person: &str) => "{person} більше не в команді", "{person} left the team", "{person} больше не в команде";
    fact_password_changed(person: &str) => "{person}: новий пароль", "{person}: new password", "{person}: новый пароль";
    fact_signed_in(person: &str) => "{person}: вхід", "{person} signed in", "{person}: вход";
    fact_signed_out(person: &str) => "{person}: вихід", "{person} signed out", "{person}: выход";
    fact_signed_out_everywhere(person: &str) => "{person}: вихід на всіх пристроях", "{person} signed out everywhere", "{person}: выход на всех устройствах";
    fact_token_created(name: &str) => "Створено ключ API «{name}»", "API token “{name}” created", "Создан ключ API «{name}»";
    fact_token_revoked(name: &str) => "Відкликано ключ API «{name}»", "API token “{name}” revoked", "Отозван ключ API «{name}»";
    fact_intake_refused => "Надійшло те, що не вдалося прочитати", "Something came in that could not be read", "Поступило то, что не удалось прочитать";
    fact_intake_replayed => "Оброблено повторно", "Processed again", "Обработано повторно";
    fact_demo_on => "Демо-покупця ввімкнено", "The demo customer was switched on", "Демо-покупатель включён";
    fact_demo_off => "Демо-покупця вимкнено", "The demo customer was switched off", "Демо-покупатель выключен";

    part_customer => "клієнт", "customer", "клиент";
    part_contacts => "контакти", "contacts", "контакты";
    part_lines => "товари", "goods", "товары";
    part_sum => "сума", "sum", "сумма";
    part_source => "джерело", "source", "источник";
    part_responsible => "відповідальна особа", "responsible person", "ответственный";
    part_comment => "коментар", "comment", "комментарий";
}
