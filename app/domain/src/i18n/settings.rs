//! Settings.

super::messages! {
    settings_funnels => "Воронки", "Funnels", "Воронки";
    settings_team => "Команда", "Team", "Команда";
    settings_storefronts => "Вітрини", "Storefronts", "Витрины";
    settings_intake => "Надходження", "Intake", "Поступления";
    settings_lost_reasons => "Причини втрати", "Lost reasons", "Причины потери";
    settings_profile => "Мій профіль", "My profile", "Мой профиль";

    funnel_new => "Нова воронка", "New funnel", "Новая воронка";
    funnel_name => "Назва воронки", "Name of the funnel", "Название воронки";
    funnel_preset => "Зразок", "Preset", "Образец";
    funnel_empty => "Порожня", "Empty", "Пустая";
    funnel_shared => "Усі вітрини", "Every storefront", "Все витрины";
    funnel_create => "Створити воронку", "Create the funnel", "Создать воронку";
    funnel_archive => "Прибрати в архів", "Archive", "Убрать в архив";
    funnel_archive_ask(name: &str, deals: &str) => "Воронка «{name}» зникне з дошок. {deals} лишаться в базі та історії.", "The funnel “{name}” leaves the boards. {deals} stay in the database and in the history.", "Воронка «{name}» исчезнет с досок. {deals} останутся в базе и истории.";
    stage_add => "Додати етап", "Add a stage", "Добавить этап";
    stage_name => "Назва етапу", "Name of the stage", "Название этапа";
    stage_colour => "Колір", "Colour", "Цвет";
    stage_kind => "Значення", "Meaning", "Значение";
    stage_limit => "Ліміт, годин", "Limit, hours", "Лимит, часов";
    stage_up => "Вище", "Up", "Выше";
    stage_down => "Нижче", "Down", "Ниже";
    stage_remove_title(name: &str) => "Видалити етап «{name}»?", "Remove the stage “{name}”?", "Удалить этап «{name}»?";
    stage_remove_where(deals: &str) => "На ньому {deals}. Куди їх перенести?", "It has {deals}. Where do they go?", "На нём {deals}. Куда их перенести?";
    stage_remove_empty => "На ньому немає угод.", "It has no deals.", "На нём нет сделок.";
    stage_suggestions => "Простіші назви", "Plainer names", "Названия попроще";
    kind_open => "У роботі", "Open", "В работе";
    kind_won => "Виграно", "Won", "Выиграно";
    kind_lost => "Втрачено", "Lost", "Потеряно";
    lost_reason_new => "Нова причина", "New reason", "Новая причина";
    lost_reasons_hint => "Перенос на етап «втрачено» питає причину з цього списку. Порожній список — не питає.", "A move to a lost stage asks for a reason from this list. With an empty list it does not ask.", "Перенос на этап «потеряно» спрашивает причину из этого списка. Пустой список — не спрашивает.";

    team_invite => "Запросити", "Invite", "Пригласить";
    team_role => "Роль", "Role", "Роль";
    team_storefronts => "Вітрини", "Storefronts", "Витрины";
    team_all_storefronts => "усі вітрини", "every storefront", "все витрины";
    team_invited => "запрошено, ще не увійшов", "invited, not signed in yet", "приглашён, ещё не вошёл";
    team_link => "Посилання-запрошення", "Invitation link", "Ссылка-приглашение";
    team_link_hint => "Передайте його особисто. Діє 7 днів, спрацює один раз.", "Hand it over in person. It lasts 7 days and works once.", "Передайте её лично. Действует 7 дней, сработает один раз.";
    team_link_new => "Нове посилання", "New link", "Новая ссылка";
    team_remove_ask(name: &str) => "{name} більше не зможе увійти, усі сеанси завершаться. Угоди й історія лишаться.", "{name} can no longer sign in, and every session ends. Deals and history stay.", "{name} больше не сможет войти, все сеансы завершатся. Сделки и история останутся.";

    storefront_new => "Нова вітрина", "New storefront", "Новая витрина";
    storefront_currency => "Валюта", "Currency", "Валюта";
    storefront_hook => "Адреса для WooCommerce", "Address for WooCommerce", "Адрес для WooCommerce";
    storefront_hook_hint => "WooCommerce → Налаштування → Додатково → Вебхуки: створіть три вебхуки (замовлення створено, оновлено, видалено) з цією адресою й цим секретом.", "WooCommerce → Settings → Advanced → Webhooks: make three webhooks (order created, updated, deleted) with this address and this secret.", "WooCommerce → Настройки → Дополнительно → Вебхуки: создайте три вебхука (заказ создан, обновлён, удалён) с этим адресом и этим секретом.";
    storefront_secret => "Секрет", "Secret", "Секрет";
    storefront_secret_new => "Новий секрет", "New secret", "Новый секрет";
    storefront_secret_once => "Секрет показано один раз. Збережіть його в магазині зараз.", "The secret is shown once. Save it in the shop now.", "Секрет показан один раз. Сохраните его в магазине сейчас.";
    storefront_secret_ask => "Старий секрет перестане діяти одразу.", "The old secret stops working at once.", "Старый секрет перестанет действовать сразу.";

    intake_empty => "Усе, що надходило, прочитано", "Everything that came in was understood", "Всё, что поступало, прочитано";
    intake_hint => "Тут те, що магазин надіслав із правильним підписом, але прочитати не вдалося. Нічого не втрачено: виправте причину й обробіть повторно.", "What a shop sent with a right signature but could not be understood. Nothing is lost: mend the cause and process it again.", "Здесь то, что магазин прислал с верной подписью, но прочитать не удалось. Ничего не потеряно: исправьте причину и обработайте повторно.";
    intake_reason => "Причина", "Reason", "Причина";
    intake_body => "Що надійшло", "What came", "Что поступило";
    intake_replay => "Обробити повторно", "Process again", "Обработать повторно";
    intake_replayed => "Прочитано", "Understood", "Прочитано";
    intake_still => "І цього разу не вдалося прочитати.", "It could not be understood this time either.", "И на этот раз не удалось прочитать.";
}
