//! What came in: its record, and why something was not understood.

super::messages! {
    why_no_topic => "магазин не вказав, про яку подію повідомляє (topic)", "the delivery does not say its topic", "магазин не указал, о каком событии сообщает (topic)";
    why_missing => "не вказано", "missing", "не указано";
    why_not_json(line: usize, column: usize) => "це не JSON: помилка в рядку {line}, позиція {column}", "not JSON: line {line}, column {column}", "это не JSON: ошибка в строке {line}, позиция {column}";
    why_unreadable => "не вдалося прочитати", "it can't be read", "не удалось прочитать";
    why_form_cut_short => "форма обірвана", "the form is cut short", "форма оборвана";
    why_php(at: usize, fault: &str) => "запис PHP не читається, байт {at}: {fault}", "PHP's text can't be read, byte {at}: {fault}", "запись PHP не читается, байт {at}: {fault}";
    why_not_an_object(got: &str) => "має бути об'єкт, а тут {got}", "expected an object, got {got}", "должен быть объект, а здесь {got}";
    why_not_a_list(got: &str) => "має бути список, а тут {got}", "expected a list, got {got}", "должен быть список, а здесь {got}";
    why_not_an_order_number(got: &str) => "має бути номер замовлення, а тут {got}", "expected an order's number, got {got}", "должен быть номер заказа, а здесь {got}";
    why_not_a_cart_token(got: &str) => "має бути мітка кошика, а тут {got}", "expected a checkout's token, got {got}", "должна быть метка корзины, а здесь {got}";
    why_not_a_currency(got: &str) => "має бути код валюти з трьох літер, як-от UAH, а тут {got}", "expected a currency's code of three letters, such as UAH, got {got}", "должен быть код валюты из трёх букв, например UAH, а здесь {got}";
    why_not_money(currency: &str, got: &str) => "має бути сума в {currency}, а тут {got}", "expected an amount in {currency}, got {got}", "должна быть сумма в {currency}, а здесь {got}";
    why_below_zero(got: &str) => "{got} менше нуля", "{got} is below zero", "{got} меньше нуля";
    why_not_a_number(max: i64, got: &str) => "має бути число від 0 до {max}, а тут {got}", "expected a number from 0 to {max}, got {got}", "должно быть число от 0 до {max}, а здесь {got}";
    why_line_too_dear => "ціна, помножена на кількість, завелика", "its price times its quantity is too large", "цена, умноженная на количество, слишком велика";
    why_sum_too_large => "сума товарів завелика", "their sum is too large", "сумма товаров слишком велика";
    why_shop_error(code: &str, message: &str) => "замість замовлення магазин надіслав помилку ({code}: {message}); власник вебхука повинен мати право читати замовлення", "the shop sent an error in the order's place ({code}: {message}); the hook's owner must be allowed to read orders", "вместо заказа магазин прислал ошибку ({code}: {message}); владелец вебхука должен иметь право читать заказы";
    why_not_sent_along(order: &str) => "замовлення {order} відновлено, але самого замовлення магазин не надіслав", "order {order} was restored, but not sent along", "заказ {order} восстановлен, но самого заказа магазин не прислал";
    why_door_gone(door: &str) => "надходження через «{door}» більше не приймаються", "nothing is taken by “{door}” any more", "поступления через «{door}» больше не принимаются";
    why_no_funnel => "немає воронки, куди стали б замовлення цієї вітрини", "there is no funnel for this storefront's orders", "нет воронки, куда встали бы заказы этой витрины";
    why_not_taken(rule: &str) => "замовлення не взято через правило «{rule}»", "the order was not taken, by the rule “{rule}”", "заказ не взят из-за правила «{rule}»";

    got_nothing => "нічого", "nothing", "ничего";
    got_text(text: &str) => "«{text}»", "“{text}”", "«{text}»";
    got_a_list => "список", "a list", "список";
    got_an_object => "об'єкт", "an object", "объект";

    php_cut_short => "запис обірвано", "it is cut short", "запись оборвана";
    php_not_a_value => "тут немає значення", "there is no value here", "здесь нет значения";
    php_forbidden => "об'єкти й посилання не приймаються", "objects and references are not taken", "объекты и ссылки не принимаются";
    php_too_deep => "масиви вкладено занадто глибоко", "arrays within arrays are too deep", "массивы вложены слишком глубоко";
    php_too_many(max: i64) => "елементів більше ніж {max}", "there are more than {max} elements", "элементов больше чем {max}";
    php_wrong_key => "ключ масиву має бути числом або текстом", "an array's key is a number or a text", "ключ массива должен быть числом или текстом";
    php_short_text => "текст коротший, ніж указано", "a text is shorter than it says", "текст короче, чем указано";
    php_not_utf8 => "текст не в UTF-8 або іншої довжини, ніж указано", "a text is not UTF-8 of the length it says", "текст не в UTF-8 или другой длины, чем указано";
    php_not_a_number => "тут має бути число", "expected a number", "здесь должно быть число";
    php_not_finite => "число має бути скінченним", "expected a finite number", "число должно быть конечным";
    php_mismatch => "довжина або дужка не збігається", "a length or a bracket does not match", "длина или скобка не совпадает";
    php_second_value => "значень більше ніж одне", "there is more than one value", "значений больше одного";
}

super::messages! {
    intake_waits => "Чекає на вас", "Waits for you", "Ждёт вас";
    intake_emptied => "Вміст видалено через 30 днів: у ньому були дані покупця. Обробити його повторно вже не можна.", "What came was removed after 30 days, because a customer's data was in it. It can't be processed again.", "Содержимое удалено через 30 дней: в нём были данные покупателя. Обработать его повторно уже нельзя.";
    limit_intake_emptied => "Вміст видалено через 30 днів, обробити його вже не можна.", "What came was removed after 30 days and can't be processed any more.", "Содержимое удалено через 30 дней, обработать его уже нельзя.";
    intake_dismiss => "Прибрати", "Dismiss", "Убрать";
    intake_dismiss_title => "Прибрати це надходження?", "Dismiss this delivery?", "Убрать это поступление?";
    intake_dismiss_ask => "Його вміст буде видалено назавжди, і обробити його вже не вийде. Рядок у журналі лишиться.", "What came is removed for good and can't be processed any more. Its line in the record stays.", "Его содержимое будет удалено навсегда, и обработать его уже не получится. Строка в журнале останется.";
    intake_dismissed => "Прибрано", "Dismissed", "Убрано";
    fact_intake_dismissed => "Надходження прибрано як непотрібне", "A delivery was dismissed", "Поступление убрано как ненужное";

    forged_title => "Не збігається підпис", "The signature does not match", "Не совпадает подпись";
    forged_hint => "За останні 7 днів. Найчастіше секрет у магазині записано з помилкою: порівняйте його з тим, що у вітрині, або створіть новий.", "In the last 7 days. Most often the secret in the shop is mistyped: compare it with the storefront's, or make a new one.", "За последние 7 дней. Чаще всего секрет в магазине записан с ошибкой: сравните его с тем, что в витрине, или создайте новый.";
    forged_last(when: &str) => "востаннє {when}", "last at {when}", "последний раз {when}";

    record_title => "Журнал надходжень", "Record of deliveries", "Журнал поступлений";
    record_hint => "Усе, що надійшло, за останні 180 днів.", "Everything that came in the last 180 days.", "Всё, что поступило, за последние 180 дней.";
    record_empty => "Ще нічого не надходило", "Nothing has come in yet", "Ещё ничего не поступало";
    record_nothing_found => "Таких надходжень немає", "There are no such deliveries", "Таких поступлений нет";
    record_older => "Показати старіші", "Show older", "Показать более старые";
    record_outcome => "Що сталося", "What became of it", "Что произошло";
    record_every_outcome => "Усе", "Everything", "Всё";
    record_order(number: &str) => "Замовлення № {number}", "Order no. {number}", "Заказ № {number}";
    record_cart => "Кошик", "Cart", "Корзина";
    outcome_taken => "прийнято", "taken in", "принято";
    outcome_unchanged => "нічого нового", "nothing new", "ничего нового";
    outcome_ignored => "нас не стосується", "none of our business", "нас не касается";
    outcome_kept => "не прочитано", "not understood", "не прочитано";
}

super::messages! {
    plural forged_times => ["{n} надходження з неправильним підписом", "{n} надходження з неправильним підписом", "{n} надходжень із неправильним підписом"],
        ["{n} delivery with a wrong signature", "{n} deliveries with a wrong signature"],
        ["{n} поступление с неверной подписью", "{n} поступления с неверной подписью", "{n} поступлений с неверной подписью"];
}
