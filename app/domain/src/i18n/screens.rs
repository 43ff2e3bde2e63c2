//! What a screen on a wall says.

super::messages! {
    wall_pair_title => "Підключіть цей екран", "Connect this screen", "Подключите этот экран";
    wall_pair_how(address: &str) => "Відкрийте на комп'ютері {address} і введіть код", "On a computer open {address} and enter the code", "Откройте на компьютере {address} и введите код";
    wall_pair_wait => "Код діє 15 хвилин, потім з'явиться новий.", "The code lasts 15 minutes, then there is a new one.", "Код действует 15 минут, потом появится новый.";
    wall_today => "Сьогодні", "Today", "Сегодня";
    wall_new => "Нові", "New", "Новые";
    wall_won => "Успішні", "Won", "Успешные";
    wall_lost => "Втрачені", "Lost", "Потерянные";
    wall_moves => "Останні зміни", "Latest moves", "Последние изменения";
    wall_moves_none => "Ще нічого не рухалося", "Nothing has moved yet", "Ещё ничего не двигалось";
    wall_deal => "Угода", "Deal", "Сделка";
    wall_updated => "Оновлено о", "Updated at", "Обновлено в";
    wall_stale => "Немає зв'язку. Показано стан на", "No connection. This is how it was at", "Нет связи. Показано состояние на";
    wall_gone => "Воронку прибрано. Виберіть іншу в налаштуваннях екранів.", "The funnel is gone. Choose another in the settings of screens.", "Воронка убрана. Выберите другую в настройках экранов.";
    screen_code_unknown => "Такого коду немає або він уже не діє: звірте його з екраном.", "There is no such code, or it has expired: compare it with the screen.", "Такого кода нет или он уже не действует: сверьте его с экраном.";
}
