//! Products, warehouses, stock.

super::messages! {
    catalog_taken => "Такий артикул чи назва вже є.", "Another one has this already.", "Такой артикул или название уже есть.";
    catalog_out_of_range => "Це число замале чи завелике.", "This number is too small or too large.", "Это число слишком маленькое или слишком большое.";
    catalog_not_a_barcode => "У штрихкоді помилка: перевірте цифри.", "There is a mistake in the barcode: check its digits.", "В штрихкоде ошибка: проверьте цифры.";
    catalog_has_stock => "Тут ще є товар. Спершу розберіться із залишками.", "There is still some of it. Deal with the stock first.", "Здесь ещё есть товар. Сначала разберитесь с остатками.";
    catalog_last_variant => "У товару має бути хоча б один варіант. Приберіть товар цілком.", "A product has at least one variant. Put the whole product away.", "У товара должен быть хотя бы один вариант. Уберите товар целиком.";

    stock_short_of(sku: &str, wanted: i64, available: i64) => "{sku} — треба {wanted}, є {available}", "{sku}: {wanted} wanted, {available} there", "{sku} — нужно {wanted}, есть {available}";
    stock_short(each: &str) => "Бракує товару: {each}.", "There is not enough: {each}.", "Не хватает товара: {each}.";
    stock_quantity_wrong => "Вкажіть кількість від 1 до 1 000 000.", "Give a quantity from 1 to 1,000,000.", "Укажите количество от 1 до 1 000 000.";
    stock_not_enough(available: i64) => "Стільки немає: вільно {available}.", "There is not that much: {available} free.", "Столько нет: свободно {available}.";
    stock_too_much => "Стільки не порахувати.", "Nobody counts that much.", "Столько не сосчитать.";
    stock_reason_missing => "Коротко поясніть, чому (до 300 знаків).", "Say briefly why (up to 300 characters).", "Коротко поясните, почему (до 300 знаков).";
    stock_variant_unknown => "Цього товару більше немає.", "This variant is gone.", "Этого товара больше нет.";
    stock_warehouse_unknown => "Цього складу більше немає.", "This warehouse is gone.", "Этого склада больше нет.";
    stock_same_warehouse => "Виберіть інший склад.", "Choose another warehouse.", "Выберите другой склад.";
    stock_lines_wrong => "За раз — від 1 до 200 рядків.", "From 1 to 200 lines at once.", "За раз — от 1 до 200 строк.";

    fact_product_created(name: &str) => "Додано товар «{name}»", "Product “{name}” added", "Добавлен товар «{name}»";
    fact_product_changed(name: &str) => "Змінено товар «{name}»", "Product “{name}” changed", "Изменён товар «{name}»";
    fact_product_retired(name: &str) => "Товар «{name}» прибрано з продажу", "Product “{name}” is sold no more", "Товар «{name}» убран из продажи";
    fact_warehouses_changed => "Змінено склади", "Warehouses changed", "Изменены склады";
    fact_suppliers_changed => "Змінено постачальників", "Suppliers changed", "Изменены поставщики";
    fact_stock_settings_changed => "Змінено правила обліку залишків", "The rules of stock changed", "Изменены правила учёта остатков";
    fact_stock_moved(each: &str) => "Залишки: {each}", "Stock: {each}", "Остатки: {each}";

    move_received => "надійшло", "received", "поступило";
    move_reserved => "зарезервовано", "reserved", "зарезервировано";
    move_released => "резерв знято", "released", "резерв снят";
    move_consumed => "відвантажено", "shipped", "отгружено";
    move_returned => "повернулося", "came back", "вернулось";
    move_written_off => "списано", "written off", "списано";
    move_corrected => "виправлено", "corrected", "исправлено";
    move_incoming => "очікується", "awaited", "ожидается";
    move_sent => "передано", "sent on", "передано";
    move_arrived => "прибуло", "arrived", "прибыло";
}

super::messages! {
    col_product => "Товар", "Product", "Товар";
    col_variant => "Варіант", "Variant", "Вариант";
    col_sku => "Артикул", "SKU", "Артикул";
    col_barcode => "Штрихкод", "Barcode", "Штрихкод";
    col_price => "Ціна", "Price", "Цена";
    col_cost => "Собівартість", "Cost", "Себестоимость";
    col_supplier => "Постачальник", "Supplier", "Поставщик";
    col_low_stock => "Мінімальний залишок", "Low stock", "Минимальный остаток";
    col_on_hand => "На складі", "On hand", "На складе";
    col_reserved => "У резерві", "Reserved", "В резерве";
    col_available => "Вільно", "Available", "Свободно";
    col_incoming => "Очікується", "Awaited", "Ожидается";
}

pub fn move_kind_name(lang: super::Lang, kind: crate::catalog::MoveKind) -> &'static str {
    use crate::catalog::MoveKind;
    match kind {
        MoveKind::Received => move_received(lang),
        MoveKind::Reserved => move_reserved(lang),
        MoveKind::Released => move_released(lang),
        MoveKind::Consumed => move_consumed(lang),
        MoveKind::Returned => move_returned(lang),
        MoveKind::WrittenOff => move_written_off(lang),
        MoveKind::Corrected => move_corrected(lang),
        MoveKind::Incoming => move_incoming(lang),
        MoveKind::Sent => move_sent(lang),
        MoveKind::Arrived => move_arrived(lang),
    }
}
