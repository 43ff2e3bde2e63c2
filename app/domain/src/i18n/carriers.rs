//! What carriers tell of parcels, and how it goes with asking them.

super::messages! {
    scan_unknown => "невідомий код перевізника", "a code that we do not know", "неизвестный код перевозчика";
    scan_label_made => "накладну створено", "label made", "накладная создана";
    scan_accepted => "посилку прийнято", "accepted", "посылка принята";
    scan_in_transit => "у дорозі", "in transit", "в пути";
    scan_ready_for_pickup => "чекає на отримувача", "ready for pickup", "ждёт получателя";
    scan_delivered => "вручено", "delivered", "вручено";
    scan_returning => "повертається", "on its way back", "возвращается";
    scan_returned => "повернулася до відправника", "back with the sender", "вернулась к отправителю";
    scan_exception => "проблема з доставкою", "trouble with the delivery", "проблема с доставкой";
    scan_not_found => "перевізник ще не знає посилки", "not known to the carrier yet", "перевозчик ещё не знает посылки";

    fact_shipment_scanned(carrier: &str, scan: &str) => "{carrier}: {scan}", "{carrier}: {scan}", "{carrier}: {scan}";
    fact_shipment_unknown(carrier: &str, code: &str) => "{carrier}: невідомий код «{code}»", "{carrier}: unknown code “{code}”", "{carrier}: неизвестный код «{code}»";
    fact_carrier_linked(carrier: &str) => "Підключено перевізника {carrier}", "{carrier} connected", "Подключён перевозчик {carrier}";
    fact_carrier_unlinked(carrier: &str) => "Відключено перевізника {carrier}", "{carrier} disconnected", "Отключён перевозчик {carrier}";

    carrier_keys_missing => "Вставте ключ перевізника повністю, без пробілів.", "Paste the carrier's whole key, without spaces.", "Вставьте ключ перевозчика полностью, без пробелов.";
    carrier_not_asked => "Цього перевізника не можна запитувати автоматично.", "This carrier can't be asked automatically.", "Этого перевозчика нельзя запрашивать автоматически.";

    carrier_wrong_keys => "Перевізник не приймає ключа. Перевірте, чи скопійовано його повністю.", "The carrier does not accept the key. Check that it was copied whole.", "Перевозчик не принимает ключ. Проверьте, скопирован ли он полностью.";
    carrier_too_often => "Перевізник просить питати рідше.", "The carrier asks to be asked less often.", "Перевозчик просит спрашивать реже.";
    carrier_fails => "У перевізника збій.", "The carrier has a failure.", "У перевозчика сбой.";
    carrier_too_slow => "Перевізник надто довго відповідає.", "The carrier takes too long to answer.", "Перевозчик слишком долго отвечает.";
    carrier_unreachable => "Перевізник недоступний.", "The carrier can't be reached.", "Перевозчик недоступен.";
    carrier_unreadable => "Відповідь перевізника не вдалося прочитати.", "The carrier's answer was not understood.", "Ответ перевозчика не удалось прочитать.";
    carrier_refuses => "Перевізник відмовився відповідати на запит.", "The carrier refused to answer.", "Перевозчик отказался отвечать на запрос.";
}
