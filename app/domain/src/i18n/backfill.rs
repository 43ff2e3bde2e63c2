//! Bringing in the orders that a shop already has.

super::messages! {
    backfill_title => "Перенести наявні замовлення", "Bring in existing orders", "Перенести имеющиеся заказы";
    backfill_hint => "Історія магазину стане угодами: виконані — на успішному етапі, скасовані — на втраченому, решта чекатиме на початку воронки.", "The shop's history becomes deals: completed orders on the won stage, cancelled ones on the lost stage, the rest at the beginning of the funnel.", "История магазина станет сделками: выполненные — на успешном этапе, отменённые — на потерянном, остальные будут ждать в начале воронки.";
    backfill_shop => "Магазин працює на", "The shop runs on", "Магазин работает на";
    backfill_address => "Адреса магазину", "Address of the shop", "Адрес магазина";
    backfill_key => "Ключ (Consumer key)", "Consumer key", "Ключ (Consumer key)";
    backfill_secret => "Секрет (Consumer secret)", "Consumer secret", "Секрет (Consumer secret)";
    backfill_token => "Токен доступу (Admin API access token)", "Admin API access token", "Токен доступа (Admin API access token)";
    backfill_woo_hint => "WooCommerce → Налаштування → Додатково → REST API → Додати ключ. Вистачить права на читання.", "WooCommerce → Settings → Advanced → REST API → Add key. The right to read is enough.", "WooCommerce → Настройки → Дополнительно → REST API → Добавить ключ. Хватит права на чтение.";
    backfill_shopify_hint => "Shopify → Налаштування → Застосунки → Розробка застосунків: вистачить права read_orders; щоб отримати замовлення, старші за 60 днів, додайте read_all_orders.", "Shopify → Settings → Apps → Develop apps: the scope read_orders is enough; for orders older than 60 days add read_all_orders.", "Shopify → Настройки → Приложения → Разработка приложений: хватит права read_orders; чтобы получить заказы старше 60 дней, добавьте read_all_orders.";
    backfill_forgets => "Ключі зберігаються, лише поки триває перенесення.", "The keys are kept only until all orders are here.", "Ключи хранятся, только пока идёт перенос.";
    backfill_start => "Перенести замовлення", "Bring the orders in", "Перенести заказы";
    backfill_again => "Спробувати ще раз", "Try again", "Попробовать ещё раз";
    backfill_goes_on => "Уже перенесене лишається: перенесення піде далі з того самого місця.", "What is here stays: it goes on from the same place.", "Уже перенесённое остаётся: перенос пойдёт дальше с того же места.";
    backfill_pause => "Призупинити", "Pause", "Приостановить";
    backfill_resume => "Продовжити", "Go on", "Продолжить";
    backfill_stop => "Зупинити", "Stop", "Остановить";
    backfill_stop_title => "Зупинити перенесення?", "Stop bringing orders in?", "Остановить перенос?";
    backfill_stop_ask => "Перенесені замовлення лишаться, ключі буде забуто. Потім можна продовжити з того самого місця.", "The orders that are here stay, the keys are forgotten. You can go on from the same place later.", "Перенесённые заказы останутся, ключи будут забыты. Потом можно продолжить с того же места.";

    backfill_running => "Переносимо", "Bringing them in", "Переносим";
    backfill_paused => "Призупинено", "Paused", "Приостановлено";
    backfill_done => "Усе перенесено", "Everything is here", "Всё перенесено";
    backfill_failed => "Не вдалося", "It did not work", "Не удалось";
    backfill_stopped => "Зупинено", "Stopped", "Остановлено";
    backfill_counting => "Рахуємо замовлення…", "Counting the orders…", "Считаем заказы…";
    backfill_of(done: &str, total: &str) => "{done} з {total}", "{done} of {total}", "{done} из {total}";
    backfill_made(n: &str) => "Нових або оновлених: {n}", "New or updated: {n}", "Новых или обновлённых: {n}";
    backfill_unchanged(n: &str) => "Вже були тут: {n}", "Here already: {n}", "Уже были здесь: {n}";
    backfill_kept(n: &str) => "Не вдалося прочитати: {n}", "Not understood: {n}", "Не удалось прочитать: {n}";
    backfill_look => "Переглянути в надходженнях", "See them in the intake", "Посмотреть в поступлениях";
    backfill_waits(why: &str) => "{why} Скоро спробуємо ще раз.", "{why} We try again soon.", "{why} Скоро попробуем ещё раз.";
    plural backfill_orders => ["{n} замовлення", "{n} замовлення", "{n} замовлень"], ["{n} order", "{n} orders"], ["{n} заказ", "{n} заказа", "{n} заказов"];

    backfill_wrong_keys => "Магазин не приймає цих ключів. Перевірте, чи скопійовано їх повністю.", "The shop does not accept these keys. Check that they were copied whole.", "Магазин не принимает эти ключи. Проверьте, скопированы ли они полностью.";
    backfill_not_allowed => "Ці ключі не мають права читати замовлення.", "These keys may not read orders.", "У этих ключей нет права читать заказы.";
    backfill_no_shop => "За цією адресою немає такого магазину.", "There is no such shop at this address.", "По этому адресу нет такого магазина.";
    backfill_redirects => "Магазин перенаправляє на іншу адресу. Вкажіть ту, що зрештою відкривається в браузері.", "The shop redirects to another address. Enter the one that the browser ends up at.", "Магазин перенаправляет на другой адрес. Укажите тот, что в итоге открывается в браузере.";
    backfill_forbidden => "Ця адреса веде у внутрішню мережу: туди запити не надсилаються.", "This address leads into an internal network: nothing is sent there.", "Этот адрес ведёт во внутреннюю сеть: туда запросы не отправляются.";
    backfill_unreachable => "Магазин не відповідає.", "The shop can't be reached.", "Магазин не отвечает.";
    backfill_too_often => "Магазин просить зачекати.", "The shop asks us to wait.", "Магазин просит подождать.";
    backfill_shop_fails => "У магазині сталася помилка.", "The shop has an error.", "В магазине произошла ошибка.";
    backfill_no_orders => "Магазин відповів не замовленнями. Перевірте адресу.", "The shop answered with something other than orders. Check the address.", "Магазин ответил не заказами. Проверьте адрес.";

    backfill_address_wrong => "Це не адреса такого магазину. Потрібна адреса з https://, без пароля.", "This is no address of such a shop. It takes one with https:// and without a password.", "Это не адрес такого магазина. Нужен адрес с https://, без пароля.";
    backfill_keys_missing => "Вставте ключі магазину: латинські літери й цифри без пропусків.", "Paste the shop's keys: Latin letters and digits without spaces.", "Вставьте ключи магазина: латинские буквы и цифры без пробелов.";
    backfill_going => "Замовлення цієї вітрини вже переносяться.", "Orders of this storefront are being brought in already.", "Заказы этой витрины уже переносятся.";

    fact_backfill_running(shop: &str) => "Почато перенесення замовлень із {shop}", "Began to bring in orders from {shop}", "Начат перенос заказов из {shop}";
    fact_backfill_paused(shop: &str) => "Призупинено перенесення замовлень із {shop}", "Paused bringing in orders from {shop}", "Приостановлен перенос заказов из {shop}";
    fact_backfill_done(shop: &str, orders: &str) => "Перенесено з {shop}: {orders}", "Brought in from {shop}: {orders}", "Перенесено из {shop}: {orders}";
    fact_backfill_failed(shop: &str) => "Перенести замовлення з {shop} не вдалося", "Orders from {shop} could not be brought in", "Перенести заказы из {shop} не удалось";
    fact_backfill_stopped(shop: &str) => "Зупинено перенесення замовлень із {shop}", "Stopped bringing in orders from {shop}", "Остановлен перенос заказов из {shop}";
    lost_in_shop => "Скасовано в магазині", "Cancelled in the shop", "Отменено в магазине";
}
