//! Orders, their statuses and scenarios.

super::messages! {
    plural orders_count => ["{n} замовлення", "{n} замовлення", "{n} замовлень"], ["{n} order", "{n} orders"], ["{n} заказ", "{n} заказа", "{n} заказов"];

    order_stale => "Статус замовлення вже змінили. Перегляньте й спробуйте ще раз.", "The order's status was changed meanwhile. Look again and repeat.", "Статус заказа уже изменили. Посмотрите и попробуйте ещё раз.";
    order_status_gone => "Цього статусу більше немає.", "This status is gone.", "Этого статуса больше нет.";
    order_not_next => "З поточного статусу сюди перейти не можна. Керівник може, вказавши причину.", "From its status the order can't go there. A head may take it there and say why.", "Из текущего статуса сюда перейти нельзя. Руководитель может, указав причину.";
    order_asks_shipment => "Вкажіть службу доставки й номер посилки.", "Give the carrier and the parcel's number.", "Укажите службу доставки и номер посылки.";
    order_asks_delay => "Вкажіть причину затримки й до якого дня.", "Say why it is delayed and until which day.", "Укажите причину задержки и до какого дня.";
    order_asks_cancellation => "Вкажіть, хто скасував замовлення й чому.", "Say who cancelled the order and why.", "Укажите, кто отменил заказ и почему.";
    order_asks_return => "Вкажіть причину повернення й стан товару.", "Say why it came back and in what condition.", "Укажите причину возврата и состояние товара.";
    order_override_reason => "Щоб обійти правило, коротко поясніть причину (до 300 знаків).", "To go past the rule, say briefly why (up to 300 characters).", "Чтобы обойти правило, коротко объясните причину (до 300 знаков).";
    order_has_deal => "Замовлення вже має угоду.", "The order has a deal already.", "У заказа уже есть сделка.";
    deal_has_order => "Угода вже має замовлення.", "The deal has an order already.", "У сделки уже есть заказ.";
    order_empty => "Магазин видалив це замовлення, перш ніж надіслав його.", "The shop deleted this order before it was sent.", "Магазин удалил этот заказ прежде, чем прислал его.";
    detail_reason_missing => "Вкажіть причину.", "Say why.", "Укажите причину.";
    detail_until_missing => "Вкажіть день.", "Say until which day.", "Укажите день.";
    detail_number_wrong => "У номері посилки лише латинські літери й цифри, від 4 до 40.", "A parcel's number has Latin letters and digits only, from 4 to 40.", "В номере посылки только латинские буквы и цифры, от 4 до 40.";
    detail_not_asked => "Цей статус питає про інше.", "This status asks for something else.", "Этот статус спрашивает о другом.";

    status_public_name_too_long => "Назва для покупця задовга: до 60 знаків.", "The name for customers is too long: up to 60 characters.", "Название для покупателя слишком длинное: до 60 знаков.";
    status_public_text_too_long => "Пояснення для покупця задовге: до 200 знаків.", "The words for customers are too long: up to 200 characters.", "Пояснение для покупателя слишком длинное: до 200 знаков.";
    status_next_unknown => "Один з наступних статусів не знайдено.", "One of the next statuses is not there.", "Один из следующих статусов не найден.";
    status_full => "Більше додати не можна.", "No more can be added.", "Больше добавить нельзя.";
    status_last => "Потрібен хоча б один статус.", "At least one status is needed.", "Нужен хотя бы один статус.";
    status_has_orders(orders: &str) => "У цьому статусі {orders}. Виберіть, куди їх перевести.", "{orders} in this status. Choose where they go.", "В этом статусе {orders}. Выберите, куда их перевести.";
    status_to_unknown => "Виберіть інший статус цієї вітрини.", "Choose another status of this storefront.", "Выберите другой статус этой витрины.";
    status_list_changed => "Список змінили. Перегляньте його й спробуйте ще раз.", "The list was changed meanwhile. Look again and repeat.", "Список изменили. Посмотрите и попробуйте ещё раз.";
    scenario_steps_wrong => "Сценарій складається зі статусів вітрини, від 1 до 20, кожен один раз.", "A scenario is made of the storefront's statuses, 1 to 20, each once.", "Сценарий состоит из статусов витрины, от 1 до 20, каждый один раз.";
    threshold_wrong => "Вкажіть години: від 1 до 87 600.", "Give hours: from 1 to 87,600.", "Укажите часы: от 1 до 87 600.";
    bond_contradicts => "Зв'язок суперечить сам собі: етап веде до статусу, а статус — до іншого етапу.", "The link contradicts itself: a stage leads to a status, and that status to another stage.", "Связь противоречит сама себе: этап ведёт к статусу, а статус — к другому этапу.";

    flag_returned => "Повернення", "Return", "Возврат";
    flag_exception => "Проблема з доставкою", "Trouble on the way", "Проблема с доставкой";
    flag_unfulfilled => "Не відправлено вчасно", "Not shipped in time", "Не отправлено вовремя";
    flag_no_tracking => "Немає номера посилки", "No parcel number", "Нет номера посылки";
    flag_stuck => "Довго без змін", "No news for long", "Долго без изменений";
    flag_not_delivered => "Довго не доставлено", "Not delivered for long", "Долго не доставлено";

    carrier_other => "Інша служба", "Another carrier", "Другая служба";
    cancelled_by_customer => "Покупець", "The customer", "Покупатель";
    cancelled_by_shop => "Магазин", "The shop", "Магазин";
    cancelled_by_other => "Інше", "Other", "Другое";
    condition_as_new => "Як новий", "As new", "Как новый";
    condition_damaged => "Пошкоджений", "Damaged", "Повреждён";
    condition_unusable => "Непридатний", "Unusable", "Непригоден";
    payment_on_delivery => "Оплата при отриманні", "Paid on delivery", "Оплата при получении";
    payment_prepaid => "Передоплата", "Prepaid", "Предоплата";

    kind_new => "Нове", "New", "Новый";
    kind_awaiting_confirmation => "Чекає на підтвердження", "Awaiting confirmation", "Ждёт подтверждения";
    kind_awaiting_payment => "Чекає на оплату", "Awaiting payment", "Ждёт оплаты";
    kind_paid => "Оплачено", "Paid", "Оплачен";
    kind_processing => "В обробці", "In progress", "В обработке";
    kind_delayed => "Затримка", "Delayed", "Задержка";
    kind_picking => "Комплектується", "Being picked", "Комплектуется";
    kind_packed => "Упаковано", "Packed", "Упакован";
    kind_shipped => "Відправлено", "Shipped", "Отправлен";
    kind_in_transit => "У дорозі", "On its way", "В пути";
    kind_ready_for_pickup => "Чекає у відділенні", "Ready for pickup", "Ждёт в отделении";
    kind_delivered => "Доставлено", "Delivered", "Доставлен";
    kind_returning => "Повертається", "Coming back", "Возвращается";
    kind_returned => "Повернуто", "Returned", "Возвращён";
    kind_cancelled => "Скасовано", "Cancelled", "Отменён";
}

/// What a status means, in words of ours.
pub fn status_kind_name(lang: super::Lang, kind: crate::orders::StatusKind) -> &'static str {
    use crate::orders::StatusKind;
    match kind {
        StatusKind::New => kind_new(lang),
        StatusKind::AwaitingConfirmation => kind_awaiting_confirmation(lang),
        StatusKind::AwaitingPayment => kind_awaiting_payment(lang),
        StatusKind::Paid => kind_paid(lang),
        StatusKind::Processing => kind_processing(lang),
        StatusKind::Delayed => kind_delayed(lang),
        StatusKind::Picking => kind_picking(lang),
        StatusKind::Packed => kind_packed(lang),
        StatusKind::Shipped => kind_shipped(lang),
        StatusKind::InTransit => kind_in_transit(lang),
        StatusKind::ReadyForPickup => kind_ready_for_pickup(lang),
        StatusKind::Delivered => kind_delivered(lang),
        StatusKind::Returning => kind_returning(lang),
        StatusKind::Returned => kind_returned(lang),
        StatusKind::Cancelled => kind_cancelled(lang),
    }
}

pub fn flag_name(lang: super::Lang, flag: crate::orders::Flag) -> &'static str {
    use crate::orders::Flag;
    match flag {
        Flag::Returned => flag_returned(lang),
        Flag::Exception => flag_exception(lang),
        Flag::Unfulfilled => flag_unfulfilled(lang),
        Flag::NoTracking => flag_no_tracking(lang),
        Flag::Stuck => flag_stuck(lang),
        Flag::NotDelivered => flag_not_delivered(lang),
    }
}

/// A carrier by its own name, else as another one.
pub fn carrier_name(lang: super::Lang, carrier: crate::orders::Carrier) -> &'static str {
    carrier.name().unwrap_or(carrier_other(lang))
}

pub fn cancelled_by_name(lang: super::Lang, by: crate::orders::CancelledBy) -> &'static str {
    use crate::orders::CancelledBy;
    match by {
        CancelledBy::Customer => cancelled_by_customer(lang),
        CancelledBy::Shop => cancelled_by_shop(lang),
        CancelledBy::Other => cancelled_by_other(lang),
    }
}

pub fn condition_name(lang: super::Lang, condition: crate::orders::Condition) -> &'static str {
    use crate::orders::Condition;
    match condition {
        Condition::AsNew => condition_as_new(lang),
        Condition::Damaged => condition_damaged(lang),
        Condition::Unusable => condition_unusable(lang),
    }
}

pub fn payment_kind_name(lang: super::Lang, payment: crate::orders::PaymentKind) -> &'static str {
    use crate::orders::PaymentKind;
    match payment {
        PaymentKind::OnDelivery => payment_on_delivery(lang),
        PaymentKind::Prepaid => payment_prepaid(lang),
    }
}
