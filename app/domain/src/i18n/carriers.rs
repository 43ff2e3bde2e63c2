//! What carriers tell of parcels, and how it goes with asking them.

use crate::orders::Carrier;

super::messages! {
    scan_unknown => "невідомий код служби доставки", "a code that we do not know", "неизвестный код службы доставки";
    scan_label_made => "накладну створено", "label made", "накладная создана";
    scan_accepted => "посилку прийнято", "accepted", "посылка принята";
    scan_in_transit => "у дорозі", "in transit", "в пути";
    scan_ready_for_pickup => "чекає на отримувача", "ready for pickup", "ждёт получателя";
    scan_delivered => "вручено", "delivered", "вручено";
    scan_returning => "повертається", "on its way back", "возвращается";
    scan_returned => "повернулася до відправника", "back with the sender", "вернулась к отправителю";
    scan_exception => "проблема з доставкою", "trouble with the delivery", "проблема с доставкой";
    scan_not_found => "служба доставки ще не знає посилки", "not known to the carrier yet", "служба доставки ещё не знает посылки";

    fact_shipment_scanned(carrier: &str, scan: &str) => "{carrier}: {scan}", "{carrier}: {scan}", "{carrier}: {scan}";
    fact_shipment_unknown(carrier: &str, code: &str) => "{carrier}: невідомий код «{code}»", "{carrier}: unknown code “{code}”", "{carrier}: неизвестный код «{code}»";
    fact_carrier_linked(carrier: &str) => "Підключено службу доставки: {carrier}", "{carrier} connected", "Подключена служба доставки: {carrier}";
    fact_carrier_unlinked(carrier: &str) => "Відключено службу доставки: {carrier}", "{carrier} disconnected", "Отключена служба доставки: {carrier}";

    carrier_keys_missing => "Вставте ключ служби доставки повністю, без пробілів.", "Paste the carrier's whole key, without spaces.", "Вставьте ключ службы доставки полностью, без пробелов.";
    carrier_not_asked => "Цю службу доставки не можна запитувати автоматично.", "This carrier can't be asked automatically.", "Эту службу доставки нельзя запрашивать автоматически.";

    carrier_wrong_keys => "Служба доставки не приймає ключа. Перевірте, чи скопійовано його повністю.", "The carrier does not accept the key. Check that it was copied whole.", "Служба доставки не принимает ключ. Проверьте, скопирован ли он полностью.";
    carrier_too_often => "Служба доставки просить питати рідше.", "The carrier asks to be asked less often.", "Служба доставки просит спрашивать реже.";
    carrier_fails => "У служби доставки збій.", "The carrier has a failure.", "У службы доставки сбой.";
    carrier_too_slow => "Служба доставки надто довго відповідає.", "The carrier takes too long to answer.", "Служба доставки слишком долго отвечает.";
    carrier_unreachable => "Служба доставки недоступна.", "The carrier can't be reached.", "Нет связи со службой доставки.";
    carrier_unreadable => "Відповідь служби доставки не вдалося прочитати.", "The carrier's answer was not understood.", "Ответ службы доставки не удалось прочитать.";
    carrier_refuses => "Служба доставки відмовилася відповідати на запит.", "The carrier refused to answer.", "Служба доставки отказалась отвечать на запрос.";
}

super::messages! {
    settings_carriers => "Служби доставки", "Carriers", "Службы доставки";
    carriers_hint => "Підключіть службу доставки її ключем, і посилки самі вестимуть замовлення за статусами. Без ключа статуси змінюють руками.", "Connect a carrier by its key, and parcels take their orders along by themselves. Without a key statuses are changed by hand.", "Подключите службу доставки её ключом, и посылки сами поведут заказы по статусам. Без ключа статусы меняют вручную.";
    carriers_no_shops => "Спершу створіть вітрину: ключі додають для кожної.", "Create a storefront first: keys are added for each.", "Сначала создайте витрину: ключи добавляют для каждой.";
    carriers_none => "Жодної служби ще не підключено.", "No carrier is connected yet.", "Ни одна служба ещё не подключена.";
    carriers_all => "Підключено всі служби, які ми вміємо запитувати.", "Every carrier that we know how to ask is connected.", "Подключены все службы, которые мы умеем запрашивать.";
    carrier_add => "Підключити службу доставки", "Connect a carrier", "Подключить службу доставки";
    carrier_key => "Ключ API", "API key", "Ключ API";
    carrier_client_id => "Ключ API (Client ID)", "API key (client ID)", "Ключ API (Client ID)";
    carrier_client_secret => "Секретний ключ (Client Secret)", "Secret key (client secret)", "Секретный ключ (Client Secret)";
    carrier_key_nova_poshta => "У бізнес-кабінеті Нової пошти: «Налаштування», «Безпека», «Створити ключ».", "In Nova Poshta's business account: Settings, Security, Create a key.", "В бизнес-кабинете Новой почты: «Настройки», «Безопасность», «Создать ключ».";
    carrier_key_ukrposhta => "Окремий ключ Укрпошти для відстеження (Status Tracking). Ключ для створення відправлень не підійде.", "Ukrposhta's separate key for tracking (Status Tracking). The key for making shipments does not fit.", "Отдельный ключ Укрпочты для отслеживания (Status Tracking). Ключ для создания отправлений не подойдёт.";
    carrier_key_dhl => "На developer.dhl.com: My Apps, застосунок із Shipment Tracking – Unified, API Key.", "On developer.dhl.com: My Apps, an app with Shipment Tracking – Unified, API Key.", "На developer.dhl.com: My Apps, приложение с Shipment Tracking – Unified, API Key.";
    carrier_key_fedex => "На developer.fedex.com: My Projects, проєкт із Track API, обидва ключі.", "On developer.fedex.com: My Projects, a project with Track API, both keys.", "На developer.fedex.com: My Projects, проект с Track API, оба ключа.";
    carrier_key_kept => "Збережений ключ більше ніде не показуємо.", "A saved key is shown nowhere again.", "Сохранённый ключ больше нигде не показываем.";
    carrier_connect => "Підключити", "Connect", "Подключить";
    carrier_connected(carrier: &str) => "{carrier}: підключено", "{carrier} connected", "{carrier}: подключено";
    carrier_replace => "Замінити ключ", "Replace the key", "Заменить ключ";
    carrier_replace_of(carrier: &str, shop: &str) => "Замінити ключ: {carrier}, «{shop}»", "Replace the key of {carrier} for “{shop}”", "Заменить ключ: {carrier}, «{shop}»";
    carrier_replaced(carrier: &str) => "{carrier}: ключ замінено", "{carrier}: key replaced", "{carrier}: ключ заменён";
    carrier_remove => "Відключити", "Disconnect", "Отключить";
    carrier_remove_of(carrier: &str, shop: &str) => "Відключити: {carrier}, «{shop}»", "Disconnect {carrier} from “{shop}”", "Отключить: {carrier}, «{shop}»";
    carrier_remove_title(carrier: &str, shop: &str) => "Відключити {carrier} від «{shop}»?", "Disconnect {carrier} from “{shop}”?", "Отключить {carrier} от «{shop}»?";
    carrier_remove_ask => "Ключ буде видалено. Посилки в дорозі далі не оновлюватимуться самі; усе, що вже відомо, лишиться.", "The key is deleted. Parcels on their way are updated by nobody any more; what is known already stays.", "Ключ будет удалён. Посылки в пути дальше не будут обновляться сами; всё, что уже известно, останется.";
    carrier_removed(carrier: &str) => "{carrier}: відключено", "{carrier} disconnected", "{carrier}: отключено";
    carrier_key_ends(hint: &str) => "Ключ …{hint}", "Key …{hint}", "Ключ …{hint}";

    carrier_works => "працює", "works", "работает";
    carrier_unasked => "ще не запитували", "not asked yet", "ещё не запрашивали";
    carrier_stumbles => "не відповіла", "did not answer", "не ответила";
    carrier_waits => "чекаємо", "waiting", "ждём";
    carrier_tries => "спробуємо знову", "about to be tried", "попробуем снова";
    carrier_unasked_hint => "Запитаємо, щойно якась посилка вирушить у дорогу.", "It is asked as soon as a parcel leaves.", "Запросим, как только какая-то посылка отправится в путь.";
    carrier_answered(time: &str) => "Остання відповідь: {time}.", "Last answer: {time}.", "Последний ответ: {time}.";
    carrier_stumbles_hint(why: &str) => "{why} Скоро спробуємо знову.", "{why} It is asked again soon.", "{why} Скоро попробуем снова.";
    carrier_waits_until(time: &str, why: &str) => "{why} Не запитуємо до {time}.", "{why} Not asked until {time}.", "{why} Не запрашиваем до {time}.";
    carrier_tries_hint(why: &str) => "{why} Наступну посилку спробуємо запитати.", "{why} The next parcel is asked for as a try.", "{why} Следующую посылку попробуем запросить.";

    codes => "Невідомі коди", "Unknown codes", "Неизвестные коды";
    codes_hint => "Ці коди прийшли від служб доставки, але що вони означають, ми не знаємо. Статусів вони не змінюють: перевірте такі посилки самі.", "Carriers sent these codes, and we do not know what they mean. They change no status: look at such parcels yourself.", "Эти коды пришли от служб доставки, но что они значат, мы не знаем. Статусов они не меняют: проверьте такие посылки сами.";
    codes_none => "Усі коди, що приходили, відомі.", "Every code that came is known.", "Все пришедшие коды известны.";
    code_last(times: &str, time: &str) => "{times}, востаннє {time}", "{times}, last {time}", "{times}, последний {time}";
    plural code_times => ["{n} раз", "{n} рази", "{n} разів"], ["once", "{n} times"], ["{n} раз", "{n} раза", "{n} раз"];

    parcel_to(town: &str) => "Куди: {town}", "To: {town}", "Куда: {town}";
    parcel_expected(day: &str) => "Очікуємо {day}", "Expected on {day}", "Ожидаем {day}";
    parcel_trouble => "Служба доставки повідомляє про проблему", "The carrier tells of trouble", "Служба доставки сообщает о проблеме";
    parcel_scans => "Шлях посилки", "The parcel's way", "Путь посылки";
    parcel_unasked => "Служба доставки ще нічого не повідомляла.", "The carrier has told nothing yet.", "Служба доставки ещё ничего не сообщала.";
    parcel_answers => "Відповіді служби доставки", "The carrier's answers", "Ответы службы доставки";
    parcel_answers_none => "Відповідей немає: їх зберігаємо місяць.", "There are no answers: they are kept for a month.", "Ответов нет: их храним месяц.";
    parcel_answer(time: &str) => "Відповідь: {time}", "Answer: {time}", "Ответ: {time}";

    track_expected(day: &str) => "Очікуйте приблизно {day}", "Expected around {day}", "Ожидайте примерно {day}";
}

/// Where its key is found; None for one that nobody can ask.
pub fn carrier_key_where(lang: super::Lang, carrier: Carrier) -> Option<&'static str> {
    match carrier {
        Carrier::NovaPoshta => Some(carrier_key_nova_poshta(lang)),
        Carrier::Ukrposhta => Some(carrier_key_ukrposhta(lang)),
        Carrier::Dhl => Some(carrier_key_dhl(lang)),
        Carrier::FedEx => Some(carrier_key_fedex(lang)),
        Carrier::Other => None,
    }
}
