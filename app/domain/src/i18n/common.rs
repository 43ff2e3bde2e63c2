//! Words that every page uses.

super::messages! {
    voronka => "Воронка", "Voronka", "Воронка";
    save => "Зберегти", "Save", "Сохранить";
    saved => "Збережено", "Saved", "Сохранено";
    cancel => "Скасувати", "Cancel", "Отмена";
    close => "Закрити", "Close", "Закрыть";
    add => "Додати", "Add", "Добавить";
    remove => "Видалити", "Remove", "Удалить";
    rename => "Перейменувати", "Rename", "Переименовать";
    undo => "Скасувати дію", "Undo", "Отменить действие";
    copy => "Копіювати", "Copy", "Копировать";
    copied => "Скопійовано", "Copied", "Скопировано";
    name => "Назва", "Name", "Название";
    person_name => "Ім'я", "Name", "Имя";
    settings => "Налаштування", "Settings", "Настройки";
    language => "Мова", "Language", "Язык";
    theme => "Тема", "Theme", "Тема";
    theme_auto => "Як у системі", "As the system", "Как в системе";
    theme_light => "Світла", "Light", "Светлая";
    theme_dark => "Темна", "Dark", "Тёмная";
    loading => "Завантаження…", "Loading…", "Загрузка…";
    try_again => "Спробувати ще раз", "Try again", "Попробовать ещё раз";
    skip_to_content => "До вмісту", "Skip to content", "К содержимому";
    menu => "Меню", "Menu", "Меню";
    to_board => "До дошки", "To the board", "К доске";

    error_network => "Немає зв'язку з сервером. Введене збережено тут, спробуйте ще раз.", "The server can't be reached. What you typed is still here; try again.", "Нет связи с сервером. Введённое сохранено здесь, попробуйте ещё раз.";
    error_internal(trace: &str) => "Щось зламалося на нашому боці. Нічого не змінено. Код для підтримки: {trace}", "Something broke on our side. Nothing was changed. Code for support: {trace}", "Что-то сломалось на нашей стороне. Ничего не изменено. Код для поддержки: {trace}";
    error_full => "На диску сервера немає місця. Нічого не змінено; введене збережено тут.", "The server's disk is full. Nothing was changed; what you typed is still here.", "На диске сервера нет места. Ничего не изменено; введённое сохранено здесь.";
    error_not_found => "Цього немає або воно вам не видно.", "There is no such thing, or it is not yours to see.", "Этого нет или оно вам не видно.";
    error_not_allowed => "Ваша роль цього не дозволяє.", "Your role does not allow this.", "Ваша роль этого не позволяет.";
    error_signed_out => "Сеанс завершено. Увійдіть знову.", "Your session has ended. Sign in again.", "Сеанс завершён. Войдите снова.";
    error_busy => "Забагато запитів. Зачекайте трохи.", "Too many requests. Wait a little.", "Слишком много запросов. Подождите немного.";
    page_not_found => "Такої сторінки немає", "There is no such page", "Такой страницы нет";

    minutes_short(n: i64) => "{n} хв", "{n} min", "{n} мин";
    hours_short(n: i64) => "{n} год", "{n} h", "{n} ч";
    days_short(n: i64) => "{n} дн", "{n} d", "{n} дн";
    just_now => "щойно", "just now", "только что";

    fault_missing => "Заповніть це поле", "Fill this in", "Заполните это поле";
    fault_too_long => "Задовго", "Too long", "Слишком длинно";
    fault_too_many => "Забагато", "Too many", "Слишком много";
    fault_not_a_number => "Тут має бути число", "A number is needed here", "Здесь нужно число";
    fault_not_a_phone => "Це не схоже на номер телефону", "This does not look like a phone number", "Это не похоже на номер телефона";
    fault_not_an_email => "Це не схоже на електронну адресу", "This does not look like an email address", "Это не похоже на электронный адрес";
    fault_taken => "Це вже дані іншого клієнта", "This is another customer's", "Это уже данные другого клиента";
    fault_unknown => "Виберіть зі списку", "Choose from the list", "Выберите из списка";

    limit_stages_full => "У воронці вже 50 етапів, більше не можна.", "The funnel has 50 stages already, that is the most.", "В воронке уже 50 этапов, больше нельзя.";
    limit_last_stage => "У воронці має лишитися хоча б один етап.", "A funnel needs at least one stage.", "В воронке должен остаться хотя бы один этап.";
    limit_name_missing => "Дайте назву.", "Give it a name.", "Дайте название.";
    limit_name_too_long => "Назва задовга.", "The name is too long.", "Название слишком длинное.";
    limit_name_taken => "Така назва або адреса вже є.", "That name or address is taken.", "Такое название или адрес уже есть.";
    limit_stage_has_deals => "На етапі є угоди: скажіть, куди їх перенести.", "The stage has deals: say where they go.", "На этапе есть сделки: скажите, куда их перенести.";
    limit_too_many => "Забагато за один раз.", "Too many at once.", "Слишком много за один раз.";
    limit_last_owner => "Має лишитися хоча б один власник.", "At least one owner must remain.", "Должен остаться хотя бы один владелец.";
    limit_unknown_currency => "Такої валюти немає: потрібен код з трьох літер, наприклад UAH.", "No such currency: a three-letter code is needed, such as UAH.", "Такой валюты нет: нужен код из трёх букв, например UAH.";
    limit_yourself => "Із собою цього зробити не можна.", "You can't do this to yourself.", "С собой этого сделать нельзя.";
    command_reused => "Ця дія вже виконана з іншим вмістом.", "This action was already carried out with another content.", "Это действие уже выполнено с другим содержимым.";
}
