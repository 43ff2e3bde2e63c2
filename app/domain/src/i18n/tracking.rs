//! The customer's page, and its link on the deal.

super::messages! {
    track_order => "Ваше замовлення", "Your order", "Ваш заказ";
    track_order_number(number: &str) => "Замовлення № {number}", "Order {number}", "Заказ № {number}";
    track_received => "Ми отримали ваше замовлення", "We have your order", "Мы получили ваш заказ";
    track_cancelled => "Скасовано", "Cancelled", "Отменён";
    track_changed => "Оновлено", "Updated", "Обновлено";
    track_offline => "Немає зв'язку: показано те, що було відомо востаннє.", "No connection: this is what was known last.", "Нет связи: показано то, что было известно последним.";
    track_done => "пройдено", "done", "пройдено";
    track_now => "зараз", "now", "сейчас";
    track_ahead => "попереду", "to come", "впереди";
    track_off => "завершено", "ended", "завершено";
    track_until(day: &str) => "Чекаємо до {day}.", "We expect to go on by {day}.", "Ждём до {day}.";
    track_parcel => "Посилка", "Your parcel", "Посылка";
    track_number => "Номер посилки", "Tracking number", "Номер посылки";
    track_follow(carrier: &str) => "Де посилка: {carrier}", "Track it: {carrier}", "Где посылка: {carrier}";
    track_nothing => "За цим посиланням нічого немає", "There is nothing behind this link", "По этой ссылке ничего нет";
    track_nothing_hint => "Можливо, воно більше не діє. Попросіть магазин надіслати нове.", "It may have ended. Ask the shop for a new one.", "Возможно, она больше не действует. Попросите магазин прислать новую.";

    link_customer => "Посилання для покупця", "The customer's link", "Ссылка для покупателя";
    link_hint => "Сторінка для телефону: де зараз замовлення, без контактів і нотаток.", "A page for a phone: where the order is, without contacts or notes.", "Страница для телефона: где сейчас заказ, без контактов и заметок.";
    link_open => "Відкрити", "Open", "Открыть";
    link_qr => "QR-код посилання", "QR code of the link", "QR-код ссылки";
    link_renew => "Нове посилання", "New link", "Новая ссылка";
    link_revoke => "Закрити посилання", "End the link", "Закрыть ссылку";
    link_none => "Посилання закрито: покупець нічого не бачить.", "The link has ended: the customer sees nothing.", "Ссылка закрыта: покупатель ничего не видит.";
    link_renew_ask => "Старе посилання перестане діяти одразу, де б його не зберегли.", "The old link ends at once, wherever it was kept.", "Старая ссылка перестанет действовать сразу, где бы её ни сохранили.";

    stage_public => "Покупець бачить цей етап", "The customer sees this stage", "Покупатель видит этот этап";
    stage_public_name => "Як він називається для покупця", "What it is called for them", "Как он называется для покупателя";
    stage_public_hint => "Простими словами, наприклад «Готуємо до відправлення».", "In plain words, such as “Being packed”.", "Простыми словами, например «Готовим к отправке».";
    storefront_colour => "Колір на сторінці покупця", "Colour of the customer's page", "Цвет страницы покупателя";
}
