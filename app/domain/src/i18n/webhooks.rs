//! Webhooks: what is sent to other systems.

use crate::webhooks::{DeliveryState, NoAnswer, Off, Topic, UrlFault};

super::messages! {
    settings_webhooks => "Вебхуки", "Webhooks", "Вебхуки";
    webhooks_hint => "Про події тут одразу дізнаються інші системи: бухгалтерія, склад, чат. Кожне повідомлення підписане за Standard Webhooks.", "Other systems hear at once of what happens here: accounting, the warehouse, a chat. Every message is signed as Standard Webhooks says.", "О событиях здесь сразу узнают другие системы: бухгалтерия, склад, чат. Каждое сообщение подписано по Standard Webhooks.";
    webhooks_past => "Про те, що створюють або змінюють імпорт і перенесення замовлень, не повідомляємо: це минуле, а не подія.", "What an import, or bringing in the orders that a shop already has, makes or changes is not sent: it is the past, not news.", "О том, что создают или меняют импорт и перенос заказов, не сообщаем: это прошлое, а не событие.";
    webhooks_none => "Вебхуків ще немає. Додайте перший — потрібна адреса, яку дасть ваша система.", "There are no webhooks yet. Add the first one: you need an address that your system gives you.", "Вебхуков ещё нет. Добавьте первый — нужен адрес, который даст ваша система.";
    webhooks_all => "Усі вебхуки", "All webhooks", "Все вебхуки";
    webhook_new => "Новий вебхук", "New webhook", "Новый вебхук";
    webhook_create => "Додати вебхук", "Add the webhook", "Добавить вебхук";
    webhook_created => "Вебхук додано", "Webhook added", "Вебхук добавлен";
    webhook_url => "Куди надсилати", "Where to send", "Куда отправлять";
    webhook_url_hint => "Адреса з https:// у відкритому інтернеті.", "An https:// address on the open internet.", "Адрес с https:// в открытом интернете.";
    webhook_topics => "Про що повідомляти", "What to tell of", "О чём сообщать";
    webhook_storefronts => "З яких вітрин", "Of which storefronts", "С каких витрин";
    webhook_secret => "Секрет для перевірки підпису", "Secret to check the signature with", "Секрет для проверки подписи";
    webhook_secret_once => "Секрет показано один раз. Збережіть його у своїй системі зараз.", "The secret is shown once. Save it in your system now.", "Секрет показан один раз. Сохраните его в своей системе сейчас.";
    webhook_open(host: &str) => "Відкрити вебхук на {host}", "Open the webhook to {host}", "Открыть вебхук на {host}";

    webhook_on => "працює", "works", "работает";
    webhook_paused => "на паузі", "paused", "на паузе";
    webhook_failing => "не доходить", "not arriving", "не доходит";
    webhook_off_gone => "Вимкнено: приймач відповів, що його більше немає (410).", "Switched off: the receiver said that it is gone (410).", "Выключен: получатель ответил, что его больше нет (410).";
    webhook_off_failing => "Вимкнено: 5 днів нічого не доходило.", "Switched off: nothing has arrived for 5 days.", "Выключен: 5 дней ничего не доходило.";
    webhook_off_overflowing => "Вимкнено: приймач відстав більше ніж на 10 000 повідомлень. Ті, що чекали, можна надіслати знову.", "Switched off: the receiver is more than 10,000 messages behind. Those that waited can be sent again.", "Выключен: получатель отстал больше чем на 10 000 сообщений. Те, что ждали, можно отправить снова.";
    webhook_pause => "Поставити на паузу", "Pause", "Поставить на паузу";
    webhook_resume => "Увімкнути", "Switch on", "Включить";
    webhook_pause_hint => "Поки вебхук на паузі, події не збираються й потім не надсилаються.", "While it is paused, events are not collected and not sent later.", "Пока вебхук на паузе, события не собираются и потом не отправляются.";
    webhook_paused_done => "Вебхук на паузі", "Webhook paused", "Вебхук на паузе";
    webhook_resumed => "Вебхук увімкнено", "Webhook switched on", "Вебхук включён";
    webhook_paused_no => "Вебхук на паузі. Спершу ввімкніть його.", "The webhook is paused. Switch it on first.", "Вебхук на паузе. Сначала включите его.";
    webhook_changes => "Що й куди", "What and where", "Что и куда";
    webhook_state => "Робота", "At work", "Работа";

    webhook_rotate => "Новий секрет", "New secret", "Новый секрет";
    webhook_rotate_title(host: &str) => "Новий секрет для {host}?", "A new secret for {host}?", "Новый секрет для {host}?";
    webhook_rotate_ask => "24 години підписують обидва секрети, старий і новий. Далі — лише новий.", "For 24 hours both secrets sign, the old and the new one. After that, the new one alone.", "24 часа подписывают оба секрета, старый и новый. Дальше — только новый.";
    webhook_both_until(time: &str) => "Старий секрет теж підписує до {time}.", "The old secret signs too until {time}.", "Старый секрет тоже подписывает до {time}.";
    webhook_test => "Надіслати тест", "Send a test", "Отправить тест";
    webhook_test_hint => "Надсилає повідомлення webhook.test просто зараз і показує відповідь.", "Sends a webhook.test message now and shows the answer.", "Отправляет сообщение webhook.test прямо сейчас и показывает ответ.";
    webhook_test_arrived => "Тест дійшов", "The test has arrived", "Тест дошёл";
    webhook_test_failed => "Тест не дійшов", "The test did not arrive", "Тест не дошёл";
    webhook_delete => "Видалити вебхук", "Delete the webhook", "Удалить вебхук";
    webhook_delete_title(host: &str) => "Видалити вебхук на {host}?", "Delete the webhook to {host}?", "Удалить вебхук на {host}?";
    webhook_delete_ask => "Надсилання припиниться одразу; те, що ще чекає, не надійде.", "Sending stops at once; what still waits will not arrive.", "Отправка прекратится сразу; то, что ещё ждёт, не придёт.";
    webhook_deleted => "Вебхук видалено", "Webhook deleted", "Вебхук удалён";
}

super::messages! {
    deliveries => "Надсилання", "Deliveries", "Отправки";
    deliveries_none => "Ще нічого не надсилали", "Nothing has been sent yet", "Ещё ничего не отправляли";
    deliveries_more => "Показати давніші", "Show older ones", "Показать более старые";
    deliveries_renew => "Оновити", "Refresh", "Обновить";
    delivery_waiting => "чекає", "waits", "ждёт";
    delivery_delivered => "доставлено", "delivered", "доставлено";
    delivery_failed => "не вийшло, спробуємо ще", "failed, will be tried again", "не вышло, попробуем ещё";
    delivery_given_up => "не доставлено", "given up", "не доставлено";
    delivery_next(time: &str) => "наступна спроба {time}", "next try {time}", "следующая попытка {time}";
    delivery_body => "Що надіслано", "What was sent", "Что отправлено";
    delivery_body_gone => "Вміст стерто: минуло понад 30 днів.", "The content is forgotten: it is over 30 days old.", "Содержимое стёрто: прошло больше 30 дней.";
    delivery_headers => "Заголовки", "Headers", "Заголовки";
    delivery_answer => "Відповідь", "Answer", "Ответ";
    delivery_answer_empty => "Порожня", "Empty", "Пустой";
    delivery_tries => "Спроби", "Tries", "Попытки";
    delivery_tries_none => "Спроб ще не було", "Not tried yet", "Попыток ещё не было";
    delivery_took(ms: i64) => "{ms} мс", "{ms} ms", "{ms} мс";
    delivery_status(code: i64) => "відповідь {code}", "answer {code}", "ответ {code}";
    delivery_again => "Надіслати знову", "Send again", "Отправить снова";
    delivery_again_done => "Надсилаємо знову", "Being sent again", "Отправляем снова";
}

super::messages! {
    webhook_nothing_chosen => "Виберіть хоча б одну подію та одну вітрину.", "Choose at least one event and one storefront.", "Выберите хотя бы одно событие и одну витрину.";
    webhook_forgotten => "Вміст уже стерто, надіслати знову нічого.", "Its content is forgotten: there is nothing to send again.", "Содержимое уже стёрто, отправить снова нечего.";
    url_malformed => "Це не схоже на адресу. Приклад: https://example.com/hook", "This does not look like an address. Example: https://example.com/hook", "Это не похоже на адрес. Пример: https://example.com/hook";
    url_too_long => "Адреса задовга.", "The address is too long.", "Адрес слишком длинный.";
    url_not_https => "Адреса має починатися з https://", "The address must begin with https://", "Адрес должен начинаться с https://";
    url_has_password => "Приберіть з адреси ім'я та пароль: повідомлення захищає підпис.", "Take the name and password out of the address: the signature protects messages.", "Уберите из адреса имя и пароль: сообщения защищает подпись.";
    url_private => "Ця адреса веде в закриту мережу. Потрібна адреса у відкритому інтернеті.", "This address leads into a private network. It must be on the open internet.", "Этот адрес ведёт в закрытую сеть. Нужен адрес в открытом интернете.";
    url_unknown_host => "Такого сайту не знайдено. Перевірте адресу.", "There is no such site. Check the address.", "Такой сайт не найден. Проверьте адрес.";

    no_answer_forbidden => "адреса веде в закриту мережу, нічого не надіслано", "the address leads into a private network, nothing was sent", "адрес ведёт в закрытую сеть, ничего не отправлено";
    no_answer_unknown_host => "такого сайту не знайдено", "there is no such site", "такой сайт не найден";
    no_answer_unreachable => "не вдалося з'єднатися", "could not connect", "не удалось соединиться";
    no_answer_tls => "немає захищеного з'єднання: перевірте сертифікат", "no secure connection: check the certificate", "нет защищённого соединения: проверьте сертификат";
    no_answer_too_slow => "не відповів вчасно", "did not answer in time", "не ответил вовремя";
    no_answer_cut_off => "з'єднання обірвалося", "the connection broke off", "соединение оборвалось";
}

super::messages! {
    topic_deal_created => "Нова угода", "New deal", "Новая сделка";
    topic_deal_moved => "Угоду перенесено на інший етап", "Deal moved to another stage", "Сделка перенесена на другой этап";
    topic_deal_edited => "Угоду змінено", "Deal edited", "Сделка изменена";
    topic_deal_assigned => "Змінено відповідальну особу", "Responsible person changed", "Изменён ответственный";
    topic_deal_deleted => "Угоду видалено", "Deal deleted", "Сделка удалена";
    topic_order_received => "Надійшло замовлення", "Order came in", "Поступил заказ";
    topic_order_updated => "Магазин оновив замовлення", "The shop updated an order", "Магазин обновил заказ";
    topic_order_deleted => "Магазин видалив замовлення", "The shop deleted an order", "Магазин удалил заказ";
    topic_order_restored => "Магазин відновив замовлення", "The shop restored an order", "Магазин восстановил заказ";
    topic_order_status_changed => "Змінено статус замовлення", "Order's status changed", "Изменён статус заказа";
    topic_customer_created => "Новий клієнт", "New customer", "Новый клиент";
    topic_customer_changed => "Змінено дані клієнта", "Customer's details changed", "Изменены данные клиента";
    topic_test => "Тест", "Test", "Тест";
    plural topics => ["{n} подія", "{n} події", "{n} подій"], ["{n} event", "{n} events"], ["{n} событие", "{n} события", "{n} событий"];

    fact_webhook_created(host: &str) => "Додано вебхук на {host}", "Webhook to {host} added", "Добавлен вебхук на {host}";
    fact_webhook_changed(host: &str) => "Змінено вебхук на {host}", "Webhook to {host} changed", "Изменён вебхук на {host}";
    fact_webhook_removed(host: &str) => "Видалено вебхук на {host}", "Webhook to {host} deleted", "Удалён вебхук на {host}";
    fact_webhook_disabled(host: &str) => "Вебхук на {host} вимкнено: нічого не доходить", "Webhook to {host} switched off: nothing arrives", "Вебхук на {host} выключен: ничего не доходит";
}

pub fn url_fault(lang: super::Lang, fault: UrlFault) -> &'static str {
    match fault {
        UrlFault::Malformed => url_malformed(lang),
        UrlFault::TooLong => url_too_long(lang),
        UrlFault::NotHttps => url_not_https(lang),
        UrlFault::HasPassword => url_has_password(lang),
        UrlFault::Private => url_private(lang),
        UrlFault::UnknownHost => url_unknown_host(lang),
    }
}

pub fn topic_name(lang: super::Lang, topic: Topic) -> &'static str {
    match topic {
        Topic::DealCreated => topic_deal_created(lang),
        Topic::DealMoved => topic_deal_moved(lang),
        Topic::DealEdited => topic_deal_edited(lang),
        Topic::DealAssigned => topic_deal_assigned(lang),
        Topic::DealDeleted => topic_deal_deleted(lang),
        Topic::OrderReceived => topic_order_received(lang),
        Topic::OrderUpdated => topic_order_updated(lang),
        Topic::OrderDeleted => topic_order_deleted(lang),
        Topic::OrderRestored => topic_order_restored(lang),
        Topic::OrderStatusChanged => topic_order_status_changed(lang),
        Topic::CustomerCreated => topic_customer_created(lang),
        Topic::CustomerChanged => topic_customer_changed(lang),
    }
}

pub fn delivery_state(lang: super::Lang, state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Waiting => delivery_waiting(lang),
        DeliveryState::Delivered => delivery_delivered(lang),
        DeliveryState::Failed => delivery_failed(lang),
        DeliveryState::GivenUp => delivery_given_up(lang),
    }
}

pub fn no_answer(lang: super::Lang, why: NoAnswer) -> &'static str {
    match why {
        NoAnswer::Forbidden => no_answer_forbidden(lang),
        NoAnswer::UnknownHost => no_answer_unknown_host(lang),
        NoAnswer::Unreachable => no_answer_unreachable(lang),
        NoAnswer::Tls => no_answer_tls(lang),
        NoAnswer::TooSlow => no_answer_too_slow(lang),
        NoAnswer::CutOff => no_answer_cut_off(lang),
    }
}

pub fn webhook_off(lang: super::Lang, off: Off) -> &'static str {
    match off {
        Off::Gone => webhook_off_gone(lang),
        Off::Failing => webhook_off_failing(lang),
        Off::Overflowing => webhook_off_overflowing(lang),
    }
}
