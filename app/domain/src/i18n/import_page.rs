//! The page of imports, the files that it takes, the report of refused rows.

super::messages! {
    settings_import => "Імпорт", "Import", "Импорт";

    import_file_empty => "У файлі немає рядків під заголовками.", "There are no rows below the headings in this file.", "В файле нет строк под заголовками.";
    import_file_not_a_table => "Це не схоже на таблицю. Потрібен файл CSV або XLSX: відкрийте свій у Excel чи Google Таблицях і збережіть так.", "This does not look like a table. A CSV or XLSX file is needed: open yours in Excel or Google Sheets and save it so.", "Это не похоже на таблицу. Нужен файл CSV или XLSX: откройте свой в Excel или Google Таблицах и сохраните так.";
    import_file_other_workbook => "Це книга старого зразка або з паролем. Збережіть її як XLSX без пароля або як CSV.", "This is a workbook of an older kind, or one with a password. Save it as XLSX without a password, or as CSV.", "Это книга старого образца или с паролем. Сохраните её как XLSX без пароля или как CSV.";
    import_file_too_large => "Файл завеликий: найбільше 50 МБ. Поділіть його на кілька.", "The file is too large: 50 MB is the most. Split it into several.", "Файл слишком большой: не больше 50 МБ. Разделите его на несколько.";
    import_file_too_many_rows => "У файлі понад 200 000 рядків. Поділіть його на кілька.", "The file has more than 200,000 rows. Split it into several.", "В файле больше 200 000 строк. Разделите его на несколько.";
    import_file_too_many_columns => "У файлі понад 100 колонок. Приберіть зайві.", "The file has more than 100 columns. Remove those you don't need.", "В файле больше 100 колонок. Уберите лишние.";
    import_file_cell_too_long(row: i64) => "У рядку {row} є клітинка, довша за 10 000 знаків. Можливо, десь не закрито лапки.", "A cell in row {row} is longer than 10,000 characters. Perhaps a quote is not closed somewhere.", "В строке {row} есть ячейка длиннее 10 000 знаков. Возможно, где-то не закрыты кавычки.";
    import_file_broken_off => "Файл не дійшов до кінця. Спробуйте ще раз.", "The file did not arrive whole. Try again.", "Файл не дошёл до конца. Попробуйте ещё раз.";
    import_two_coming => "Два ваші файли вже надсилаються. Дочекайтеся їх і спробуйте знову.", "Two of your files are on their way already. Wait for them and try again.", "Два ваших файла уже отправляются. Дождитесь их и попробуйте снова.";
    import_door_unclear => "Не вказано, що це за файл і якої вітрини.", "It was not said what this file is and which storefront it belongs to.", "Не указано, что это за файл и какой витрины.";

    import_report_row => "Рядок", "Row", "Строка";
    import_report_column => "Колонка", "Column", "Колонка";
    import_report_reason => "Причина", "Reason", "Причина";
}

super::messages! {
    import_new => "Новий імпорт", "New import", "Новый импорт";
    import_what => "Що у файлі", "What is in the file", "Что в файле";
    import_funnel_default => "Куди приходять замовлення вітрини", "Where the storefront's orders arrive", "Куда приходят заказы витрины";
    import_pick => "Файл CSV або XLSX", "A CSV or XLSX file", "Файл CSV или XLSX";
    import_pick_hint => "До 50 МБ і 200 000 рядків. Файл можна перетягнути сюди. Далі ви перевірите, що означає кожна колонка: до того нічого не зміниться.", "Up to 50 MB and 200,000 rows. You can drop the file here. Next you check what each column means: until then nothing changes.", "До 50 МБ и 200 000 строк. Файл можно перетащить сюда. Дальше вы проверите, что значит каждая колонка: до этого ничего не изменится.";
    import_pick_first => "Виберіть файл.", "Choose a file.", "Выберите файл.";
    import_send => "Завантажити файл", "Upload the file", "Загрузить файл";
    import_sending => "Файл завантажується", "The file is being uploaded", "Файл загружается";
    import_reading => "Файл читається…", "The file is being read…", "Файл читается…";

    import_earlier => "Попередні імпорти", "Earlier imports", "Предыдущие импорты";
    import_none => "Ще нічого не імпортували. Перенесіть клієнтів, угоди чи замовлення з таблиці або з іншої CRM.", "Nothing has been imported yet. Bring customers, deals or orders along from a table or another CRM.", "Ещё ничего не импортировали. Перенесите клиентов, сделки или заказы из таблицы или другой CRM.";
    import_all => "Усі імпорти", "All imports", "Все импорты";

    import_columns => "Що означають колонки", "What the columns mean", "Что значат колонки";
    import_columns_hint => "Здогад зроблено за назвами та значеннями. Колонки, позначені *, потрібні.", "Guessed by the headings and the values. Columns marked with * are needed.", "Догадка сделана по названиям и значениям. Колонки со знаком * нужны.";
    import_remembered => "Колонки вибрано так, як минулого разу для такого самого файлу.", "The columns are chosen as last time for such a file.", "Колонки выбраны так, как в прошлый раз для такого же файла.";
    import_preset(system: &str) => "Схоже на експорт із {system}.", "This looks like an export from {system}.", "Похоже на экспорт из {system}.";
    import_column(letter: &str) => "Колонка {letter}", "Column {letter}", "Колонка {letter}";
    import_column_skip => "Не імпортувати", "Leave out", "Не импортировать";
    import_column_blank => "порожньо", "blank", "пусто";
    import_column_again => "Це поле вже вибрано для іншої колонки.", "This field is chosen for another column too.", "Это поле уже выбрано для другой колонки.";
    import_decimal => "Дробова частина", "Decimal mark", "Дробная часть";
    import_decimal_dot => "після крапки: 12.50", "a dot: 12.50", "после точки: 12.50";
    import_decimal_comma => "після коми: 12,50", "a comma: 12,50", "после запятой: 12,50";
    import_dates => "Порядок у датах", "Order in dates", "Порядок в датах";
    import_dates_day => "день, місяць, рік", "day, month, year", "день, месяц, год";
    import_dates_month => "місяць, день, рік", "month, day, year", "месяц, день, год";
    import_dates_year => "рік, місяць, день", "year, month, day", "год, месяц, день";
    import_automatic => "Визначати за значеннями", "Tell by the values", "Определять по значениям";
    import_ask => "З файлу цього не видно: виберіть самі.", "The file does not tell: choose yourself.", "Из файла этого не видно: выберите сами.";
    import_check => "Перевірити, не імпортуючи", "Check without importing", "Проверить, не импортируя";
    plural import_start => ["Імпортувати {n} рядок", "Імпортувати {n} рядки", "Імпортувати {n} рядків"], ["Import {n} row", "Import {n} rows"], ["Импортировать {n} строку", "Импортировать {n} строки", "Импортировать {n} строк"];
}

super::messages! {
    import_how_far => "Скільки зроблено", "How far it is", "Сколько сделано";
    import_done_of(done: &str, total: &str) => "{done} із {total}", "{done} of {total}", "{done} из {total}";
    import_leave => "Сторінку можна закрити: робота йде на сервері.", "You may close this page: the work goes on on the server.", "Страницу можно закрыть: работа идёт на сервере.";
    import_stop => "Зупинити", "Stop", "Остановить";
    import_resumed => "Після зупинки сервера робота продовжилася з того самого місця.", "The server was stopped; the work went on from the same place.", "После остановки сервера работа продолжилась с того же места.";
    import_rows_all => "Рядків", "Rows", "Строк";
    import_made => "Створено", "Made", "Создано";
    import_would_make => "Буде створено", "To be made", "Будет создано";
    import_changed => "Доповнено клієнтів", "Customers completed", "Дополнено клиентов";
    import_would_change => "Буде доповнено клієнтів", "Customers to be completed", "Будет дополнено клиентов";
    import_left => "Уже були", "Here already", "Уже были";
    import_refused => "Не прийнято рядків", "Rows refused", "Не принято строк";
    import_taken_back => "Скасовано", "Taken back", "Отменено";
    import_spared => "Лишено, бо з ними працювали", "Kept, because somebody worked on them", "Оставлено, потому что с ними работали";
    import_by => "Хто", "By", "Кто";
    import_when => "Коли", "When", "Когда";

    import_refused_rows => "Не прийняті рядки", "Refused rows", "Не принятые строки";
    import_refused_hint => "Завантажте їх файлом, виправте й імпортуйте цей файл: решта рядків уже на місці.", "Download them as a file, mend it and import it: the other rows are in place already.", "Скачайте их файлом, исправьте и импортируйте этот файл: остальные строки уже на месте.";
    import_download => "Завантажити не прийняті рядки (CSV)", "Download the refused rows (CSV)", "Скачать не принятые строки (CSV)";
    import_value => "Значення", "Value", "Значение";
    import_more => "Показати ще", "Show more", "Показать ещё";

    import_delete => "Видалити", "Delete", "Удалить";
    import_delete_title(file: &str) => "Видалити файл «{file}»?", "Delete the file “{file}”?", "Удалить файл «{file}»?";
    import_delete_ask => "Файл і його рядки зникнуть назавжди. З них ще нічого не створено, тож угоди, замовлення й клієнти лишаться як є.", "The file and its rows will be gone for good. Nothing has been made of them, so your deals, orders and customers stay as they are.", "Файл и его строки исчезнут навсегда. Из них ещё ничего не создано, поэтому сделки, заказы и клиенты останутся как есть.";
    import_deleted => "Файл видалено", "The file is deleted", "Файл удалён";

    import_undo => "Скасувати імпорт", "Undo the import", "Отменить импорт";
    import_undo_title(file: &str) => "Скасувати імпорт «{file}»?", "Undo the import of “{file}”?", "Отменить импорт «{file}»?";
    import_undo_deals(n: &str) => "Зникнуть угоди, які він створив: {n}. Ті, які потім змінювали, лишаться.", "The deals that it made will go: {n}. Those that were changed since will stay.", "Исчезнут сделки, которые он создал: {n}. Те, которые потом меняли, останутся.";
    import_undo_orders(n: &str) => "Зникнуть замовлення, які він створив, разом з їхніми угодами: {n}. Ті, які потім змінювали, лишаться.", "The orders that it made will go, with their deals: {n}. Those that were changed since will stay.", "Исчезнут заказы, которые он создал, вместе с их сделками: {n}. Те, которые потом меняли, останутся.";
    import_undo_customers(n: &str, changed: &str) => "Зникнуть клієнти, яких він створив: {n}; доповнені стануть такими, як були: {changed}. Ті, з якими вже працювали, лишаться.", "The customers that it made will go: {n}; those that it completed will be as before: {changed}. Those that somebody has worked with will stay.", "Исчезнут клиенты, которых он создал: {n}; дополненные станут такими, как были: {changed}. Те, с которыми уже работали, останутся.";
}
