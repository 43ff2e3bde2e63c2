//! The settings of orders: statuses, scenarios, limits, and the bond with a funnel.

super::messages! {
    settings_statuses => "Статуси", "Statuses", "Статусы";
    statuses_hint => "Статус каже, де зараз замовлення. У кожної вітрини свій набір.", "A status says where an order is. Each storefront has its own set.", "Статус говорит, где сейчас заказ. У каждой витрины свой набор.";
    statuses_no_storefronts => "Спершу додайте вітрину: статуси є в кожної свої.", "Add a storefront first: each has statuses of its own.", "Сначала добавьте витрину: у каждой свои статусы.";
    statuses_none => "Статусів ще немає. Почніть з готового набору або додайте перший.", "There are no statuses yet. Begin from a ready set or add the first one.", "Статусов ещё нет. Начните с готового набора или добавьте первый.";
    statuses_title => "Статуси замовлень", "Statuses of orders", "Статусы заказов";
    statuses_order_hint => "Порядок змінюють стрілки, перетягування або Alt + ↑ і Alt + ↓.", "Change the order with the arrows, by dragging, or with Alt + ↑ and Alt + ↓.", "Порядок меняют стрелки, перетаскивание или Alt + ↑ и Alt + ↓.";
    plural statuses_count => ["{n} статус", "{n} статуси", "{n} статусів"], ["{n} status", "{n} statuses"], ["{n} статус", "{n} статуса", "{n} статусов"];
    status_add => "Додати статус", "Add a status", "Добавить статус";
    status_added(name: &str) => "Статус «{name}» додано", "Status “{name}” added", "Статус «{name}» добавлен";
    status_name => "Назва статусу", "Name of the status", "Название статуса";
    status_kind => "Що це означає", "What it means", "Что это значит";
    status_kind_hint => "За цим Воронка розуміє, куди замовлення йде далі й коли воно запізнюється.", "By this Voronka knows where the order goes next and when it is late.", "По этому Воронка понимает, куда заказ идёт дальше и когда он опаздывает.";
    status_kind_asks(what: &str) => "Перехід сюди запитає: {what}.", "A change to it asks: {what}.", "Переход сюда спросит: {what}.";
    asks_shipment => "службу доставки й номер посилки", "the carrier and the parcel's number", "службу доставки и номер посылки";
    asks_delay => "причину затримки й до якого дня", "why it is delayed and until which day", "причину задержки и до какого дня";
    asks_cancellation => "хто скасував і чому", "who cancelled it and why", "кто отменил и почему";
    asks_return => "причину повернення й стан товару", "why it came back and in what condition", "причину возврата и состояние товара";
    status_shown => "Показувати покупцеві", "Show it to the customer", "Показывать покупателю";
    status_public_name => "Назва для покупця", "Name for the customer", "Название для покупателя";
    status_public_name_hint => "Порожньо — та сама назва.", "Empty: the same name.", "Пусто — то же название.";
    status_public_text => "Пояснення для покупця", "Words for the customer", "Пояснение для покупателя";
    status_public_text_hint => "Одне-два прості речення: що відбувається і що далі. До 200 знаків.", "A plain sentence or two: what is going on and what comes next. Up to 200 characters.", "Одно-два простых предложения: что происходит и что дальше. До 200 знаков.";
    status_public_is(name: &str) => "покупець бачить «{name}»", "customers see “{name}”", "покупатель видит «{name}»";
    status_hidden => "покупець не бачить", "customers do not see it", "покупатель не видит";
    status_unreachable => "сюди ще нічого не веде", "nothing leads here yet", "сюда ещё ничего не ведёт";
    status_next => "Куди можна перейти звідси", "Where an order may go from here", "Куда можно перейти отсюда";
    status_next_none => "Інших статусів ще немає.", "There are no other statuses yet.", "Других статусов ещё нет.";
    status_next_hint => "В інші статуси звідси переведе лише керівник, вказавши причину.", "Only a head can take an order elsewhere from here, saying why.", "В другие статусы отсюда переведёт только руководитель, указав причину.";
    status_up_of(name: &str) => "Підняти «{name}»", "Move “{name}” up", "Поднять «{name}»";
    status_down_of(name: &str) => "Опустити «{name}»", "Move “{name}” down", "Опустить «{name}»";
    status_edit_of(name: &str) => "Змінити «{name}»", "Edit “{name}”", "Изменить «{name}»";
    status_retire => "Прибрати", "Retire", "Убрать";
    status_retire_of(name: &str) => "Прибрати «{name}»", "Retire “{name}”", "Убрать «{name}»";
    status_retire_title(name: &str) => "Прибрати статус «{name}»?", "Retire the status “{name}”?", "Убрать статус «{name}»?";
    status_retire_ask => "Його більше не пропонуватимуть; зі сценаріїв і зв'язків з воронками він теж зникне. Історія замовлень його збереже.", "It is offered no more, and leaves scenarios and links with funnels. The history of orders keeps it.", "Его больше не будут предлагать; из сценариев и связей с воронками он тоже исчезнет. История заказов его сохранит.";
    status_retire_where(orders: &str) => "У ньому зараз {orders}. Куди їх перевести?", "It holds {orders} now. Where do they go?", "В нём сейчас {orders}. Куда их перевести?";
    status_orders_to => "Перевести до", "Move them to", "Перевести в";
    status_orders_choose => "Виберіть статус…", "Choose a status…", "Выберите статус…";
    status_retired(name: &str) => "Статус «{name}» прибрано", "Status “{name}” retired", "Статус «{name}» убран";

    sets_title => "Почати з готового набору", "Begin from a ready set", "Начать с готового набора";
    sets_hint => "Статуси того самого значення перейменуються, відсутні додадуться. Зайві зникнуть, якщо в них немає замовлень і сценаріїв.", "Statuses of the same meaning are renamed, missing ones added. Others go unless orders stand in them or scenarios need them.", "Статусы того же значения переименуются, недостающие добавятся. Лишние исчезнут, если в них нет заказов и сценариев.";
    sets_which => "Набір", "Set", "Набор";
    sets_preview => "Статуси, які матимете", "Statuses you will have", "Статусы, которые получите";
    sets_take => "Взяти набір", "Take the set", "Взять набор";
    sets_ask_title => "Взяти цей набір?", "Take this set?", "Взять этот набор?";
    sets_ask => "Назви, кольори й слова для покупців статусів того самого значення заміняться. Замовлення лишаться у своїх статусах.", "Names, colours and customers' words of statuses with the same meaning are replaced. Orders stay in their statuses.", "Названия, цвета и слова для покупателей у статусов того же значения заменятся. Заказы останутся в своих статусах.";
    sets_taken => "Набір узято", "The set is taken", "Набор взят";
}

super::messages! {
    scenarios_title => "Сценарії", "Scenarios", "Сценарии";
    scenarios_hint => "Сценарій — звичний шлях замовлення. Нове замовлення обирає його за способом оплати.", "A scenario is the usual path of an order. A new order takes one by its way of payment.", "Сценарий — обычный путь заказа. Новый заказ выбирает его по способу оплаты.";
    scenarios_none => "Сценаріїв ще немає: замовлення починає з першого статусу.", "There are no scenarios yet: an order begins in the first status.", "Сценариев ещё нет: заказ начинает с первого статуса.";
    scenario_add => "Додати сценарій", "Add a scenario", "Добавить сценарий";
    scenario_added(name: &str) => "Сценарій «{name}» додано", "Scenario “{name}” added", "Сценарий «{name}» добавлен";
    scenario_name => "Назва сценарію", "Name of the scenario", "Название сценария";
    scenario_payment => "Для якої оплати", "For which payment", "Для какой оплаты";
    scenario_by_hand => "Лише вручну", "By hand only", "Только вручную";
    scenario_steps => "Кроки", "Steps", "Шаги";
    scenario_steps_none => "Кроків ще немає.", "There are no steps yet.", "Шагов ещё нет.";
    scenario_step_add => "Додати крок", "Add a step", "Добавить шаг";
    scenario_step_choose => "Виберіть статус…", "Choose a status…", "Выберите статус…";
    scenario_step_up(name: &str) => "Крок «{name}» раніше", "Step “{name}” earlier", "Шаг «{name}» раньше";
    scenario_step_down(name: &str) => "Крок «{name}» пізніше", "Step “{name}” later", "Шаг «{name}» позже";
    scenario_step_remove(name: &str) => "Прибрати крок «{name}»", "Take out the step “{name}”", "Убрать шаг «{name}»";
    scenario_edit_of(name: &str) => "Змінити сценарій «{name}»", "Edit the scenario “{name}”", "Изменить сценарий «{name}»";
    scenario_remove_of(name: &str) => "Видалити сценарій «{name}»", "Remove the scenario “{name}”", "Удалить сценарий «{name}»";
    scenario_remove_title(name: &str) => "Видалити сценарій «{name}»?", "Remove the scenario “{name}”?", "Удалить сценарий «{name}»?";
    scenario_remove_ask => "Нові замовлення більше ним не підуть. Замовлення, що вже йдуть, лишаться у своїх статусах.", "New orders take it no more. Orders on their way stay in their statuses.", "Новые заказы больше им не пойдут. Заказы в пути останутся в своих статусах.";
    scenario_removed(name: &str) => "Сценарій «{name}» видалено", "Scenario “{name}” removed", "Сценарий «{name}» удалён";
    scenario_ready => "Готові сценарії", "Ready scenarios", "Готовые сценарии";
    scenario_ready_hint => "Статуси, яких бракує, додадуться.", "Statuses that are missing are added.", "Недостающие статусы добавятся.";
    scenario_install(name: &str) => "Додати «{name}»", "Add “{name}”", "Добавить «{name}»";

    limits_title => "Коли замовлення запізнюється", "When an order is late", "Когда заказ опаздывает";
    limits_hint => "Після стількох годин замовлення отримує позначку.", "After so many hours an order gets a mark.", "Через столько часов заказ получает отметку.";
    limit_unfulfilled => "Отримано, але не відправлено, годин", "Placed but not shipped, hours", "Получен, но не отправлен, часов";
    limit_no_tracking => "Відправлено без номера посилки, годин", "Shipped without a parcel number, hours", "Отправлен без номера посылки, часов";
    limit_stuck => "В одному статусі, годин", "In the same status, hours", "В одном статусе, часов";
    limit_not_delivered => "Відправлено, але не доставлено, годин", "Shipped but not delivered, hours", "Отправлен, но не доставлен, часов";
    limit_mark(mark: &str) => "Позначка «{mark}»", "The mark “{mark}”", "Отметка «{mark}»";
}

super::messages! {
    funnel_tabs => "Розділи воронки", "Parts of the funnel", "Разделы воронки";
    bond_tab => "Статуси й етапи", "Statuses and stages", "Статусы и этапы";
    makers_tab => "Автоматичні угоди", "Automatic deals", "Автоматические сделки";

    bond_hint => "Статус замовлення й етап угоди можуть іти разом: зміниться одне — зміниться й друге.", "An order's status and its deal's stage can go together: when one changes, so does the other.", "Статус заказа и этап сделки могут идти вместе: изменится одно — изменится и другое.";
    bond_no_statuses => "У цієї вітрини ще немає статусів.", "This storefront has no statuses yet.", "У этой витрины ещё нет статусов.";
    bond_to_statuses => "До статусів вітрини", "To the storefront's statuses", "К статусам витрины";
    bond_to_stage => "Статус → етап", "Status → stage", "Статус → этап";
    bond_to_stage_hint => "Замовлення переходить у статус — угода переходить на етап.", "When an order comes into the status, its deal goes to the stage.", "Заказ переходит в статус — сделка переходит на этап.";
    bond_to_status => "Етап → статус", "Stage → status", "Этап → статус";
    bond_to_status_hint => "Угоду перенесли на етап — замовлення переходить у статус.", "When a deal comes to the stage, its orders go into the status.", "Сделку перенесли на этап — заказ переходит в статус.";
    bond_stage_for(status: &str) => "Етап для статусу «{status}»", "Stage for the status “{status}”", "Этап для статуса «{status}»";
    bond_status_for(stage: &str) => "Статус для етапу «{stage}»", "Status for the stage “{stage}”", "Статус для этапа «{stage}»";
    bond_stays => "— нічого —", "— nothing —", "— ничего —";
    bond_loop(stage: &str, status: &str, back: &str) => "Суперечність: етап «{stage}» веде до статусу «{status}», а той веде на етап «{back}». Угода пішла б далі сама.", "A contradiction: the stage “{stage}” leads to the status “{status}”, and that leads to the stage “{back}”. The deal would go on by itself.", "Противоречие: этап «{stage}» ведёт к статусу «{status}», а тот ведёт на этап «{back}». Сделка пошла бы дальше сама.";
    bond_unknown => "Цього статусу чи етапу більше немає. Виберіть інший.", "This status or stage is gone. Choose another.", "Этого статуса или этапа больше нет. Выберите другой.";
    bond_gap => "угода лишиться, де є", "the deal stays where it is", "сделка останется, где есть";
    bond_gap_stage => "замовлення лишиться, як є", "the order stays as it is", "заказ останется как есть";
    bond_will_ask(what: &str) => "запитає: {what}", "will ask: {what}", "спросит: {what}";
    bond_fine => "Суперечностей немає.", "There are no contradictions.", "Противоречий нет.";
    plural bond_loops => ["{n} суперечність: зв'язок не зберегти", "{n} суперечності: зв'язок не зберегти", "{n} суперечностей: зв'язок не зберегти"], ["{n} contradiction: the link can't be saved", "{n} contradictions: the link can't be saved"], ["{n} противоречие: связь не сохранить", "{n} противоречия: связь не сохранить", "{n} противоречий: связь не сохранить"];
    bond_suggest => "Запропонувати", "Suggest", "Предложить";
    bond_clear => "Очистити", "Clear", "Очистить";
    bond_saved => "Зв'язок збережено", "The link is saved", "Связь сохранена";
    bond_unsaved => "Є незбережені зміни.", "There are unsaved changes.", "Есть несохранённые изменения.";
    bond_picture => "Як це йде", "How it goes", "Как это идёт";
    bond_picture_hint => "Суцільна лінія — від статусу до етапу, пунктир — від етапу до статусу.", "A solid line goes from a status to a stage, a dashed one from a stage to a status.", "Сплошная линия — от статуса к этапу, пунктир — от этапа к статусу.";
    bond_picture_of(statuses: &str, stages: &str) => "Ліворуч {statuses}, праворуч {stages}, між ними лінії зв'язку. Те саме в полях вище.", "On the left {statuses}, on the right {stages}, lines of the link between them. The fields above say the same.", "Слева {statuses}, справа {stages}, между ними линии связи. То же в полях выше.";
    bond_line_to_stage(status: &str, stage: &str) => "Статус «{status}» → етап «{stage}»", "Status “{status}” → stage “{stage}”", "Статус «{status}» → этап «{stage}»";
    bond_line_to_status(stage: &str, status: &str) => "Етап «{stage}» → статус «{status}»", "Stage “{stage}” → status “{status}”", "Этап «{stage}» → статус «{status}»";
    bond_picture_none => "Ліній ще немає.", "There are no lines yet.", "Линий ещё нет.";

    makers_hint => "Нове замовлення може саме стати угодою на воронці його вітрини. Вимкнено — замовлення лишається без угоди, доки її не зроблять вручну.", "A new order can become a deal by itself, on its storefront's funnel. Off: it stays without a deal until somebody makes one.", "Новый заказ может сам стать сделкой на воронке своей витрины. Выключено — заказ остаётся без сделки, пока её не создадут вручную.";
    makers_none => "Жодна ваша вітрина не належить до цієї воронки.", "None of your storefronts belongs to this funnel.", "Ни одна ваша витрина не относится к этой воронке.";
    maker_of(name: &str) => "Нові замовлення вітрини «{name}» стають угодами", "New orders of “{name}” become deals", "Новые заказы витрины «{name}» становятся сделками";
    maker_here => "Вони з'являються на цій воронці.", "They appear on this funnel.", "Они появляются на этой воронке.";
    maker_elsewhere(funnel: &str) => "Вони з'являються на воронці «{funnel}».", "They appear on the funnel “{funnel}”.", "Они появляются на воронке «{funnel}».";
    makers_other => "До тієї воронки", "To that funnel", "К той воронке";
    maker_off => "Нові замовлення лишаються без угод.", "New orders stay without deals.", "Новые заказы остаются без сделок.";
    maker_on_said(name: &str) => "Замовлення вітрини «{name}» тепер стають угодами", "Orders of “{name}” become deals from now on", "Заказы витрины «{name}» теперь становятся сделками";
    maker_off_said(name: &str) => "Замовлення вітрини «{name}» більше не стають угодами", "Orders of “{name}” become deals no more", "Заказы витрины «{name}» больше не становятся сделками";
}

/// What a status asks for, as the end of a sentence.
pub fn asked_name(lang: super::Lang, asked: crate::orders::Asked) -> &'static str {
    use crate::orders::Asked;
    match asked {
        Asked::Shipment => asks_shipment(lang),
        Asked::Delay => asks_delay(lang),
        Asked::Cancellation => asks_cancellation(lang),
        Asked::Return => asks_return(lang),
    }
}
