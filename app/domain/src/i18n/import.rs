//! Imports: what columns mean, what is wrong with a row, how far it is.

super::messages! {
    import_customers => "Клієнти", "Customers", "Клиенты";
    import_deals => "Угоди", "Deals", "Сделки";
    import_orders => "Замовлення", "Orders", "Заказы";

    import_field_name => "Ім'я клієнта", "Customer's name", "Имя клиента";
    import_field_email => "Електронна пошта", "Email", "Электронная почта";
    import_field_number => "Номер замовлення", "Order number", "Номер заказа";
    import_field_external => "Код в іншій системі", "ID in the other system", "Код в другой системе";
    import_field_status => "Статус", "Status", "Статус";
    import_field_shipping => "Доставка, вартість", "Shipping cost", "Доставка, стоимость";
    import_field_discount => "Знижка", "Discount", "Скидка";
    import_field_payment => "Спосіб оплати", "Payment method", "Способ оплаты";
    import_field_paid => "Оплачено", "Paid", "Оплачено";
    import_field_lost_reason => "Причина втрати", "Lost reason", "Причина потери";
    import_field_created => "Дата створення", "Date of creation", "Дата создания";

    import_missing => "Не заповнено", "It is empty", "Не заполнено";
    import_nobody => "Немає ні імені, ні телефону, ні пошти", "There is no name, phone or email", "Нет ни имени, ни телефона, ни почты";
    import_not_a_number => "Це не число", "This is not a number", "Это не число";
    import_ambiguous_number => "Незрозуміло, де тут дробова частина. Виберіть знак дробу над таблицею.", "It is unclear where the fraction begins. Choose the decimal mark above the table.", "Непонятно, где здесь дробная часть. Выберите знак дроби над таблицей.";
    import_not_a_quantity => "Потрібне ціле число від 1 до 1 000 000", "A whole number from 1 to 1,000,000 is needed", "Нужно целое число от 1 до 1 000 000";
    import_too_big => "Завелика сума", "The amount is too big", "Слишком большая сумма";
    import_negative => "Сума не може бути від'ємною", "The amount can't be negative", "Сумма не может быть отрицательной";
    import_other_currency => "Сума в іншій валюті, ніж у вітрини", "The amount is in another currency than the storefront's", "Сумма в другой валюте, чем у витрины";
    import_not_a_date => "Це не дата", "This is not a date", "Это не дата";
    import_ambiguous_date => "Незрозуміло, де день, а де місяць. Виберіть порядок над таблицею.", "It is unclear which is the day and which the month. Choose their order above the table.", "Непонятно, где день, а где месяц. Выберите порядок над таблицей.";
    import_in_future => "Ця дата ще не настала", "This date is still to come", "Эта дата ещё не наступила";
    import_not_a_phone => "Це не номер телефону", "This is not a phone number", "Это не номер телефона";
    import_not_an_email => "Це не адреса пошти", "This is not an email address", "Это не адрес почты";
    import_not_yes_or_no => "Потрібно «так» або «ні»", "“yes” or “no” is needed", "Нужно «да» или «нет»";
    import_too_long => "Задовго", "It is too long", "Слишком длинно";
    import_unknown_stage => "Такого етапу у воронці немає", "The funnel has no such stage", "Такого этапа в воронке нет";
    import_unknown_person => "Такої людини немає в команді цієї вітрини", "Nobody in this storefront's team is called so", "Такого человека нет в команде этой витрины";
    import_unknown_lost_reason => "Такої причини втрати немає", "There is no such lost reason", "Такой причины потери нет";
    import_reason_without_loss => "Причину вказано, а угода не втрачена", "There is a reason, but the deal is not lost", "Причина указана, а сделка не потеряна";
    import_too_many_lines => "Забагато товарів в одному замовленні", "Too many products in one order", "Слишком много товаров в одном заказе";
    import_order_refused => "Помилка в іншому рядку цього замовлення", "Another row of this order is wrong", "Ошибка в другой строке этого заказа";
    import_contradiction => "В інших рядках цього замовлення вказано інше", "Other rows of this order say something else", "В других строках этого заказа указано другое";

    import_uploaded => "Файл прийнято", "The file is in", "Файл принят";
    import_checking => "Перевіряється", "Being checked", "Проверяется";
    import_checked => "Перевірено, ще не імпортовано", "Checked, not imported yet", "Проверено, ещё не импортировано";
    import_running => "Імпортується", "Being imported", "Импортируется";
    import_done => "Імпортовано", "Imported", "Импортировано";
    import_failed => "Перервано", "Broken off", "Прервано";
    import_undoing => "Скасовується", "Being undone", "Отменяется";
    import_undone => "Скасовано", "Undone", "Отменено";

    import_stopped => "Імпорт зупинили. Створене до того лишилося.", "The import was stopped. What it had made is there.", "Импорт остановили. Созданное до того осталось.";
    import_funnel_gone => "Воронку прибрано або в ній немає етапів. Створене до того лишилося.", "The funnel is gone or has no stages. What the import had made is there.", "Воронка убрана или в ней нет этапов. Созданное до того осталось.";
    import_no_longer_allowed => "Той, хто почав імпорт, більше не має на це права. Створене до того лишилося.", "Whoever started the import may not do so any more. What it had made is there.", "Тот, кто начал импорт, больше не имеет на это права. Созданное до того осталось.";
    import_broken => "Щось зламалося на нашому боці. Створене до того лишилося.", "Something broke on our side. What the import had made is there.", "Что-то сломалось на нашей стороне. Созданное до того осталось.";

    import_row_made => "створено", "made", "создано";
    import_row_changed => "доповнено", "completed", "дополнено";
    import_row_left => "уже є", "here already", "уже есть";
    import_row_refused => "не прийнято", "refused", "не принято";
    import_row_joined => "товар замовлення вище", "a product of the order above", "товар заказа выше";

    import_needs_column(fields: &str) => "Потрібна хоча б одна колонка: {fields}", "At least one column is needed: {fields}", "Нужна хотя бы одна колонка: {fields}";
    import_column_twice(field: &str) => "«{field}» вибрано для кількох колонок", "“{field}” is chosen for several columns", "«{field}» выбрано для нескольких колонок";
    import_column_stranger(field: &str) => "«{field}» у такому файлі не має значення", "“{field}” means nothing in such a file", "«{field}» в таком файле не имеет значения";
    import_width => "Колонок у файлі інша кількість", "The file has another number of columns", "Колонок в файле другое количество";

    import_another_is_going => "У цій вітрині вже триває імпорт. Дочекайтеся його кінця або зупиніть його.", "Another import is going in this storefront. Wait for its end, or stop it.", "В этой витрине уже идёт импорт. Дождитесь его конца или остановите его.";
    import_not_now => "З цим імпортом такого вже або ще не зробити. Оновіть сторінку.", "This can't be done with the import now. Reload the page.", "С этим импортом такого уже или ещё не сделать. Обновите страницу.";
    import_emptied => "Рядки цього файлу вже не зберігаються: минуло 30 днів.", "The rows of this file are no longer kept: 30 days have passed.", "Строки этого файла уже не хранятся: прошло 30 дней.";
    import_no_rows => "У файлі немає жодного рядка під заголовками", "The file has no row under its headings", "В файле нет ни одной строки под заголовками";
    import_too_many_rows => "Забагато рядків: в одному файлі їх може бути 200 000. Поділіть файл.", "Too many rows: one file may have 200,000. Split the file.", "Слишком много строк: в одном файле их может быть 200 000. Разделите файл.";
    import_too_many_columns => "Забагато колонок: їх може бути 100", "Too many columns: there may be 100", "Слишком много колонок: их может быть 100";
    import_row_too_wide(row: i64) => "У рядку {row} більше комірок, ніж заголовків", "Row {row} has more cells than there are headings", "В строке {row} больше ячеек, чем заголовков";
    import_cell_too_long(row: i64, column: usize) => "Рядок {row}, колонка {column}: більше ніж 10 000 знаків", "Row {row}, column {column}: more than 10,000 characters", "Строка {row}, колонка {column}: больше 10 000 знаков";
    import_out_of_order => "Рядки файлу надійшли не за порядком", "The file's rows came out of order", "Строки файла пришли не по порядку";

    plural import_rows => ["{n} рядок", "{n} рядки", "{n} рядків"], ["{n} row", "{n} rows"], ["{n} строка", "{n} строки", "{n} строк"];
    fact_import_started(rows: &str) => "Почато імпорт: {rows}", "Import started: {rows}", "Начат импорт: {rows}";
    fact_import_resumed(rows: &str) => "Імпорт продовжено після зупинки сервера; зроблено {rows}", "The import went on after the server had stopped; done: {rows}", "Импорт продолжен после остановки сервера; сделано: {rows}";
    fact_import_finished(made: i64, changed: i64, left: i64, refused: i64) => "Імпорт завершено: створено {made}, доповнено {changed}, уже були {left}, не прийнято рядків {refused}", "Import finished: made {made}, completed {changed}, here already {left}, rows refused {refused}", "Импорт завершён: создано {made}, дополнено {changed}, уже были {left}, не принято строк {refused}";
    fact_import_failed(why: &str) => "Імпорт перервано. {why}", "The import broke off. {why}", "Импорт прерван. {why}";
    fact_import_undone(undone: i64, spared: i64) => "Імпорт скасовано: прибрано {undone}, лишилося змінених {spared}", "Import undone: {undone} taken back, {spared} left because they were worked on", "Импорт отменён: убрано {undone}, осталось изменённых {spared}";
    fact_customer_deleted => "Клієнта видалено", "Customer deleted", "Клиент удалён";
}
