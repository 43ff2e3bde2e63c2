//! Settings.

super::messages! {
    settings_funnels => "Воронки", "Funnels", "Воронки";
    settings_team => "Команда", "Team", "Команда";
    settings_storefronts => "Вітрини", "Storefronts", "Витрины";
    settings_screens => "Екрани", "Screens", "Экраны";
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
    door_open => "приймає замовлення", "takes orders", "принимает заказы";
    door_shut => "ще зачинено", "not open yet", "ещё закрыто";
    shopify_hook => "Адреса для Shopify", "Address for Shopify", "Адрес для Shopify";
    shopify_hint => "Shopify → Налаштування → Сповіщення → Вебхуки: створіть вебхуки замовлень (створено, оновлено, скасовано, видалено) і кошиків з цією адресою. Секрет Shopify показує під списком вебхуків.", "Shopify → Settings → Notifications → Webhooks: make webhooks of orders (creation, update, cancellation, deletion) and of checkouts with this address. Shopify shows the secret below the list of webhooks.", "Shopify → Настройки → Уведомления → Вебхуки: создайте вебхуки заказов (создан, обновлён, отменён, удалён) и корзин с этим адресом. Секрет Shopify показывает под списком вебхуков.";
    shopify_secret => "Секрет від Shopify", "Shopify's secret", "Секрет от Shopify";
    shopify_secret_set => "Секрет задано: вебхуки Shopify приймаються. Порожній секрет зачинить ці двері.", "A secret is set: Shopify's webhooks are accepted. A blank one shuts this door.", "Секрет задан: вебхуки Shopify принимаются. Пустой секрет закроет эту дверь.";
    landing_pages => "Лендинги", "Landing pages", "Лендинги";
    landing_address => "Адреса для лендингів (як у LP-CRM)", "Address for landing pages (as of LP-CRM)", "Адрес для лендингов (как в LP-CRM)";
    landing_key => "Ключ (key)", "Key", "Ключ (key)";
    landing_hint => "Лендинг, що надсилав замовлення до LP-CRM, переїде, якщо замінити в ньому адресу й ключ.", "A landing page that posted to LP-CRM moves over by changing the address and the key.", "Лендинг, который слал заказы в LP-CRM, переедет, если заменить в нём адрес и ключ.";
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

super::messages! {
    profile_look => "Вигляд", "Appearance", "Вид";
    profile_sessions => "Сеанси", "Sessions", "Сеансы";
    copy_of(what: &str) => "Копіювати: {what}", "Copy: {what}", "Копировать: {what}";
    copy_by_hand => "Виділено — скопіюйте клавішами Ctrl+C.", "It is selected: copy it with Ctrl+C.", "Выделено — скопируйте клавишами Ctrl+C.";

    funnels_none => "Воронок ще немає. Створіть першу — за зразком або порожню.", "There are no funnels yet. Create the first one, from a preset or empty.", "Воронок ещё нет. Создайте первую — по образцу или пустую.";
    funnel_board(name: &str) => "Дошка воронки «{name}»", "Board of “{name}”", "Доска воронки «{name}»";
    funnel_preview => "Етапи, з якими почнете", "Stages you begin with", "Этапы, с которыми начнёте";
    funnel_created => "Воронку створено", "Funnel created", "Воронка создана";
    funnel_renamed => "Воронку перейменовано", "Funnel renamed", "Воронка переименована";
    funnel_archive_title(name: &str) => "Прибрати «{name}» в архів?", "Archive “{name}”?", "Убрать «{name}» в архив?";
    funnel_archive_hint => "Воронка зникне з дошок; угоди та їхня історія лишаться в базі.", "The funnel leaves the boards; its deals and their history stay in the database.", "Воронка исчезнет с досок; сделки и их история останутся в базе.";
    funnel_archived => "Воронку прибрано в архів", "Funnel archived", "Воронка убрана в архив";
    funnel_not_yours => "Ця воронка спільна для всіх вітрин: змінює її той, хто бачить їх усі.", "This funnel belongs to every storefront: it is changed by those who see them all.", "Эта воронка общая для всех витрин: меняет её тот, кто видит их все.";
    funnel_all => "Усі воронки", "All funnels", "Все воронки";
    plural stages => ["{n} етап", "{n} етапи", "{n} етапів"], ["{n} stage", "{n} stages"], ["{n} этап", "{n} этапа", "{n} этапов"];
    funnel_stages => "Етапи", "Stages", "Этапы";
    stages_hint => "Порядок змінюють стрілки біля етапу або Alt + ↑ і Alt + ↓.", "Change the order with the arrows beside a stage, or with Alt + ↑ and Alt + ↓.", "Порядок меняют стрелки возле этапа или Alt + ↑ и Alt + ↓.";
    stage_place => "Місце", "Place", "Место";
    stage_first => "На початку", "At the beginning", "В начале";
    stage_after(name: &str) => "Після «{name}»", "After “{name}”", "После «{name}»";
    stage_up_of(name: &str) => "Підняти «{name}»", "Move “{name}” up", "Поднять «{name}»";
    stage_down_of(name: &str) => "Опустити «{name}»", "Move “{name}” down", "Опустить «{name}»";
    stage_edit => "Змінити", "Edit", "Изменить";
    stage_edit_of(name: &str) => "Змінити «{name}»", "Edit “{name}”", "Изменить «{name}»";
    stage_remove_of(name: &str) => "Видалити «{name}»", "Remove “{name}”", "Удалить «{name}»";
    stage_added(name: &str) => "Етап «{name}» додано", "Stage “{name}” added", "Этап «{name}» добавлен";
    stage_removed(name: &str) => "Етап «{name}» видалено", "Stage “{name}” removed", "Этап «{name}» удалён";
    stage_deals_to => "Перенести до", "Move them to", "Перенести в";
    stage_deals_choose => "Виберіть етап…", "Choose a stage…", "Выберите этап…";
    stage_limit_hint => "Угода, що стоїть довше, стає простроченою. Порожньо — без ліміту.", "A deal that stands here longer is overdue. Empty: no limit.", "Сделка, которая стоит дольше, становится просроченной. Пусто — без лимита.";
    stage_limit_wrong => "Потрібне ціле число годин, від 1 до 87600.", "A whole number of hours is needed, from 1 to 87600.", "Нужно целое число часов, от 1 до 87600.";
    stage_limit_is(hours: &str) => "ліміт {hours}", "limit {hours}", "лимит {hours}";

    colour_blue => "Синій", "Blue", "Синий";
    colour_sky => "Блакитний", "Light blue", "Голубой";
    colour_indigo => "Індиго", "Indigo", "Индиго";
    colour_violet => "Фіолетовий", "Violet", "Фиолетовый";
    colour_pink => "Рожевий", "Pink", "Розовый";
    colour_red => "Червоний", "Red", "Красный";
    colour_orange => "Помаранчевий", "Orange", "Оранжевый";
    colour_brown => "Коричневий", "Brown", "Коричневый";
    colour_yellow => "Жовтий", "Yellow", "Жёлтый";
    colour_green => "Зелений", "Green", "Зелёный";
    colour_teal => "Бірюзовий", "Teal", "Бирюзовый";
    colour_grey => "Сірий", "Grey", "Серый";
}

super::messages! {
    lost_reasons_none => "Причин ще немає: угоди втрачають без пояснень.", "There are no reasons yet: deals are lost without one.", "Причин ещё нет: сделки теряют без объяснений.";
    lost_reason => "Причина", "Reason", "Причина";
    lost_reason_rename(name: &str) => "Перейменувати «{name}»", "Rename “{name}”", "Переименовать «{name}»";
    lost_reason_retire => "Прибрати зі списку", "Take off the list", "Убрать из списка";
    lost_reason_retire_of(name: &str) => "Прибрати «{name}»", "Take off “{name}”", "Убрать «{name}»";
    lost_reason_retire_title(name: &str) => "Прибрати «{name}» зі списку?", "Take “{name}” off the list?", "Убрать «{name}» из списка?";
    lost_reason_retire_ask => "Її більше не пропонуватимуть. Угоди, втрачені з цієї причини, її збережуть.", "It is offered no more. Deals that were lost for it keep it.", "Её больше не будут предлагать. Сделки, потерянные по этой причине, её сохранят.";
    lost_reason_added(name: &str) => "Причину «{name}» додано", "Reason “{name}” added", "Причина «{name}» добавлена";
    lost_reason_retired(name: &str) => "Причину «{name}» прибрано", "Reason “{name}” taken off", "Причина «{name}» убрана";

    team_people => "Люди", "People", "Люди";
    team_invite_title => "Запросити людину", "Invite somebody", "Пригласить человека";
    team_you => "це ви", "this is you", "это вы";
    team_no_storefronts => "жодної вітрини", "no storefronts", "ни одной витрины";
    team_storefronts_hint => "Людина бачить угоди лише цих вітрин.", "They see the deals of these storefronts only.", "Человек видит сделки только этих витрин.";
    team_edit => "Змінити", "Edit", "Изменить";
    team_edit_of(name: &str) => "Змінити: {name}", "Edit {name}", "Изменить: {name}";
    team_link_new_of(name: &str) => "Нове посилання: {name}", "New link for {name}", "Новая ссылка: {name}";
    team_link_new_hint => "Нове посилання скасовує попереднє. Ним же задають новий пароль.", "A new link ends the earlier one. It is also how a new password is set.", "Новая ссылка отменяет прежнюю. Ею же задают новый пароль.";
    team_remove => "Видалити з команди", "Remove from the team", "Удалить из команды";
    team_remove_title(name: &str) => "Видалити з команди: {name}?", "Remove {name} from the team?", "Удалить из команды: {name}?";
    team_removed(name: &str) => "{name} більше не в команді", "{name} left the team", "{name} больше не в команде";
    team_none => "У команді ще нікого немає.", "There is nobody on the team yet.", "В команде ещё никого нет.";

    storefronts_none => "Вітрин ще немає. Додайте свій перший магазин.", "There are no storefronts yet. Add your first shop.", "Витрин ещё нет. Добавьте свой первый магазин.";
    storefront_create => "Створити вітрину", "Create the storefront", "Создать витрину";
    storefront_created(name: &str) => "Вітрину «{name}» створено", "Storefront “{name}” created", "Витрина «{name}» создана";
    storefront_renamed => "Вітрину перейменовано", "Storefront renamed", "Витрина переименована";
    storefront_rename_of(name: &str) => "Перейменувати «{name}»", "Rename “{name}”", "Переименовать «{name}»";
    storefront_secret_set => "Секрет задано: підписані вебхуки приймаються.", "A secret is set: signed webhooks are accepted.", "Секрет задан: подписанные вебхуки принимаются.";
    storefront_secret_none => "Секрету ще немає: вебхуки не приймаються.", "There is no secret yet: webhooks are not accepted.", "Секрета ещё нет: вебхуки не принимаются.";
    storefront_secret_title(name: &str) => "Новий секрет для «{name}»?", "A new secret for “{name}”?", "Новый секрет для «{name}»?";

    intake_topic => "Подія", "Topic", "Событие";
    intake_when => "Коли", "When", "Когда";
    intake_still_because(reason: &str) => "І цього разу не вдалося: {reason}", "Not this time either: {reason}", "И на этот раз не удалось: {reason}";
}

super::messages! {
    screens_none(address: &str) => "Екранів ще немає. Відкрийте {address} у браузері телевізора: він покаже код, який треба ввести тут.", "There are no screens yet. Open {address} in the browser of a TV: it shows a code to enter here.", "Экранов ещё нет. Откройте {address} в браузере телевизора: он покажет код, который нужно ввести здесь.";
    screen_new => "Підключити екран", "Pair a screen", "Подключить экран";
    screen_code => "Код на екрані", "Code on the screen", "Код на экране";
    screen_code_hint(address: &str) => "Телевізор показує його на сторінці {address}.", "The TV shows it on the page {address}.", "Телевизор показывает его на странице {address}.";
    screen_name => "Який це екран", "Which screen is it", "Какой это экран";
    screen_name_example => "Телевізор у залі", "TV in the hall", "Телевизор в зале";
    screen_pair => "Підключити", "Pair", "Подключить";
    screen_paired(name: &str) => "Екран «{name}» підключено", "Screen “{name}” paired", "Экран «{name}» подключён";
    screen_not_seen => "ще не виходив на зв'язок", "not seen yet", "ещё не выходил на связь";
    screen_seen_now => "на зв'язку щойно", "seen just now", "на связи только что";
    screen_seen(span: &str) => "був на зв'язку {span} тому", "seen {span} ago", "был на связи {span} назад";
    screen_unpair => "Відключити", "Disconnect", "Отключить";
    screen_unpair_of(name: &str) => "Відключити «{name}»", "Disconnect “{name}”", "Отключить «{name}»";
    screen_unpair_title(name: &str) => "Відключити екран «{name}»?", "Disconnect the screen “{name}”?", "Отключить экран «{name}»?";
    screen_unpair_ask => "Екран одразу знову покаже код, а воронки на ньому не стане. Угод це не змінить.", "The screen shows a code again at once, and the funnel no more. No deal changes.", "Экран сразу снова покажет код, а воронки на нём не станет. Сделок это не изменит.";
    screen_unpaired(name: &str) => "Екран «{name}» відключено", "Screen “{name}” disconnected", "Экран «{name}» отключён";
}

/// A colour in words: it is never the only sign.
pub fn colour_name(lang: super::Lang, colour: crate::funnels::Colour) -> &'static str {
    use crate::funnels::Colour;
    match colour {
        Colour::Blue => colour_blue(lang),
        Colour::Sky => colour_sky(lang),
        Colour::Indigo => colour_indigo(lang),
        Colour::Violet => colour_violet(lang),
        Colour::Pink => colour_pink(lang),
        Colour::Red => colour_red(lang),
        Colour::Orange => colour_orange(lang),
        Colour::Brown => colour_brown(lang),
        Colour::Yellow => colour_yellow(lang),
        Colour::Green => colour_green(lang),
        Colour::Teal => colour_teal(lang),
        Colour::Grey => colour_grey(lang),
    }
}

/// What a stage means, in words.
pub fn kind_name(lang: super::Lang, kind: crate::funnels::StageKind) -> &'static str {
    use crate::funnels::StageKind;
    match kind {
        StageKind::Open => kind_open(lang),
        StageKind::Won => kind_won(lang),
        StageKind::Lost => kind_lost(lang),
    }
}
