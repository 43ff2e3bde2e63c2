//! What the two invented shops sell, and what a basket of theirs looks like. Model names are invented as well.

use rand::{Rng, RngExt};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shop {
    /// «Затишна хата»: things for the home and the kitchen.
    Home,
    /// «Гірський вітер»: things for the outdoors and sports.
    Outdoor,
}

impl Shop {
    pub const ALL: [Shop; 2] = [Shop::Home, Shop::Outdoor];

    pub fn name(self) -> &'static str {
        match self {
            Shop::Home => "Затишна хата",
            Shop::Outdoor => "Гірський вітер",
        }
    }

    pub fn shelves(self) -> &'static [Shelf] {
        match self {
            Shop::Home => &HOME,
            Shop::Outdoor => &OUTDOOR,
        }
    }

    /// Everything the shop sells, in the order of its shelves.
    pub fn goods(self) -> impl Iterator<Item = &'static Good> {
        self.shelves().iter().flat_map(|shelf| shelf.goods)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Good {
    pub name: &'static str,
    pub sku: &'static str,
    /// Whole hryvnias, not minor units.
    pub price_uah: i64,
}

/// A category of a shop.
#[derive(Debug)]
pub struct Shelf {
    /// The letters that the skus of its goods share.
    pub key: &'static str,
    pub name: &'static str,
    /// How often a basket begins here, against the shop's other shelves.
    pub weight: u32,
    /// Keys of the shelves whose goods are bought together with these.
    pub goes_with: &'static [&'static str],
    pub goods: &'static [Good],
}

/// One to five different goods, mostly one, with their quantities; further ones mostly go with the first.
pub fn basket(rng: &mut impl Rng, shop: Shop) -> Vec<(&'static Good, i64)> {
    let shelves = shop.shelves();
    let weights: Vec<u32> = shelves.iter().map(|shelf| shelf.weight).collect();
    let lines = 1 + weighted(rng, &[64, 20, 9, 5, 2]);
    let first_shelf = &shelves[weighted(rng, &weights)];
    let mut basket: Vec<(&Good, i64)> = Vec::with_capacity(lines);
    while basket.len() < lines {
        let shelf = if basket.is_empty() {
            first_shelf
        } else if rng.random_ratio(78, 100) {
            let key = first_shelf.goes_with[rng.random_range(0..first_shelf.goes_with.len() as u32) as usize];
            shelves.iter().find(|shelf| shelf.key == key).unwrap_or(first_shelf)
        } else {
            &shelves[weighted(rng, &weights)]
        };
        let good = favourite(rng, shelf.goods);
        // A shop has far more goods than a basket has lines, so another draw finds another good.
        if basket.iter().all(|(taken, _)| taken.sku != good.sku) {
            basket.push((good, quantity(rng, good)));
        }
    }
    basket
}

/// The first goods of a shelf are its bestsellers.
fn favourite(rng: &mut impl Rng, goods: &'static [Good]) -> &'static Good {
    let count = goods.len() as u32;
    &goods[rng.random_range(0..count).min(rng.random_range(0..count)) as usize]
}

/// Cheap things are bought by twos and fours, dear ones one at a time.
fn quantity(rng: &mut impl Rng, good: &Good) -> i64 {
    let more = match good.price_uah {
        0..300 => [45, 30, 8, 12, 1, 4],
        300..800 => [78, 15, 2, 4, 0, 1],
        800..2_500 => [94, 5, 0, 1, 0, 0],
        _ => [99, 1, 0, 0, 0, 0],
    };
    1 + weighted(rng, &more) as i64
}

/// An index drawn by weight; the weights must not all be zero.
pub(super) fn weighted(rng: &mut impl Rng, weights: &[u32]) -> usize {
    let mut drawn = rng.random_range(0..weights.iter().sum());
    for (index, weight) in weights.iter().enumerate() {
        match drawn.checked_sub(*weight) {
            Some(rest) => drawn = rest,
            None => return index,
        }
    }
    weights.len() - 1
}

const fn good(sku: &'static str, price_uah: i64, name: &'static str) -> Good {
    Good { name, sku, price_uah }
}

#[rustfmt::skip]
const HOME: [Shelf; 12] = [
    Shelf { key: "ZH-CN", name: "Чайники та турки", weight: 14, goes_with: &["ZH-CA", "ZH-ZB", "ZH-TK"], goods: &[
        good("ZH-CN-01", 1_149, "Чайник електричний «Ранок» 1,7 л, скло"),
        good("ZH-CN-02", 849, "Чайник зі свистком «Дзвіночок» 2,5 л"),
        good("ZH-CN-03", 1_890, "Чайник електричний «Ранок Про» з терморегулятором 1,5 л"),
        good("ZH-CN-04", 429, "Турка мідна «Аромат» 350 мл"),
        good("ZH-CN-05", 569, "Френч-прес «Тиха кава» 600 мл"),
        good("ZH-CN-06", 990, "Кавоварка гейзерна «Полонина» на 6 чашок"),
    ]},
    Shelf { key: "ZH-CA", name: "Чашки та чайні сервізи", weight: 13, goes_with: &["ZH-CN", "ZH-ZB", "ZH-TR"], goods: &[
        good("ZH-CA-01", 1_690, "Сервіз чайний «Барвінок» на 6 персон, порцеляна"),
        good("ZH-CA-02", 189, "Чашка керамічна «Хмаринка» 380 мл"),
        good("ZH-CA-03", 649, "Заварник скляний «Липень» 800 мл із ситечком"),
        good("ZH-CA-04", 499, "Набір склянок із подвійним дном «Іній» 250 мл, 2 шт."),
        good("ZH-CA-05", 740, "Набір кавових чашок «Зернятко» 90 мл, 6 шт."),
        good("ZH-CA-06", 2_390, "Сервіз чайний «Мальва» на 12 предметів, розпис вручну"),
    ]},
    Shelf { key: "ZH-SK", name: "Сковорідки", weight: 15, goes_with: &["ZH-KA", "ZH-KN", "ZH-PR"], goods: &[
        good("ZH-SK-01", 899, "Сковорідка антипригарна «Граніт» 26 см"),
        good("ZH-SK-02", 1_099, "Сковорідка антипригарна «Граніт» 28 см із кришкою"),
        good("ZH-SK-03", 749, "Сковорідка чавунна «Козацька» 24 см"),
        good("ZH-SK-04", 529, "Млинцева сковорідка «Колодій» 22 см"),
        good("ZH-SK-05", 1_349, "Вок «Східний вітер» 30 см"),
        good("ZH-SK-06", 1_590, "Сковорідка-гриль чавунна «Вогнище» 28×28 см"),
    ]},
    Shelf { key: "ZH-KA", name: "Каструлі та казани", weight: 10, goes_with: &["ZH-SK", "ZH-PR", "ZH-KN"], goods: &[
        good("ZH-KA-01", 1_190, "Каструля «Сталева» 3,5 л із кришкою"),
        good("ZH-KA-02", 3_290, "Набір каструль «Родина» 6 предметів, нержавка"),
        good("ZH-KA-03", 1_790, "Казан чавунний «Кошовий» 6 л"),
        good("ZH-KA-04", 989, "Каструля емальована «Соняхи» 4 л"),
        good("ZH-KA-05", 620, "Ківш «Молочний» 1,2 л"),
        good("ZH-KA-06", 2_150, "Жаровня «Неділя» 5 л із керамічним покриттям"),
    ]},
    Shelf { key: "ZH-KN", name: "Ножі та дошки", weight: 9, goes_with: &["ZH-SK", "ZH-PR", "ZH-ZB"], goods: &[
        good("ZH-KN-01", 549, "Ніж кухаря «Лезо» 20 см"),
        good("ZH-KN-02", 389, "Дошка обробна дубова «Карпати» 35×25 см"),
        good("ZH-KN-03", 1_690, "Набір ножів «Лезо» 5 шт. на підставці"),
        good("ZH-KN-04", 249, "Ніж для овочів «Лезо» 9 см"),
        good("ZH-KN-05", 459, "Точило двоступеневе «Іскра»"),
        good("ZH-KN-06", 649, "Набір дощок «Веселка» 4 шт. на підставці"),
    ]},
    Shelf { key: "ZH-PR", name: "Кухонне приладдя", weight: 11, goes_with: &["ZH-SK", "ZH-KA", "ZH-VP"], goods: &[
        good("ZH-PR-01", 439, "Набір лопаток силіконових «М’ята» 5 шт."),
        good("ZH-PR-02", 219, "Терка чотиригранна «Зубчик»"),
        good("ZH-PR-03", 159, "Лопатка дерев’яна «Бук»"),
        good("ZH-PR-04", 279, "Друшляк складаний «Гармошка» 24 см"),
        good("ZH-PR-05", 199, "Відкривачка «Три в одній»"),
        good("ZH-PR-06", 890, "Ваги кухонні «Грам» до 5 кг"),
        good("ZH-PR-07", 349, "М’ясорубка ручна мала «Бабусина»"),
    ]},
    Shelf { key: "ZH-ZB", name: "Зберігання", weight: 9, goes_with: &["ZH-PR", "ZH-CN", "ZH-TK"], goods: &[
        good("ZH-ZB-01", 599, "Набір контейнерів «Свіжість» 5 шт."),
        good("ZH-ZB-02", 229, "Банка для сипучих «Комора» 1,2 л, бамбукова кришка"),
        good("ZH-ZB-03", 749, "Хлібниця «Паляниця» бамбукова"),
        good("ZH-ZB-04", 529, "Набір банок для спецій «Перчик» 9 шт. на підставці"),
        good("ZH-ZB-05", 319, "Кошик плетений «Лоза» 30×20 см"),
        good("ZH-ZB-06", 259, "Пляшка для олії з дозатором «Крапля» 500 мл"),
    ]},
    Shelf { key: "ZH-VP", name: "Для випічки", weight: 8, goes_with: &["ZH-PR", "ZH-TK", "ZH-ZB"], goods: &[
        good("ZH-VP-01", 329, "Форма роз’ємна «Пиріг» 26 см"),
        good("ZH-VP-02", 279, "Форма силіконова для кексів «Солодко» 12 шт."),
        good("ZH-VP-03", 189, "Форма для паски «Великдень» 14 см"),
        good("ZH-VP-04", 239, "Качалка букова «Тісто» 43 см"),
        good("ZH-VP-05", 1_990, "Міксер ручний «Вихор» 500 Вт"),
        good("ZH-VP-06", 419, "Килимок силіконовий із розміткою «Пекарня» 60×40 см"),
    ]},
    Shelf { key: "ZH-TR", name: "Тарілки та прибори", weight: 9, goes_with: &["ZH-CA", "ZH-TK", "ZH-KA"], goods: &[
        good("ZH-TR-01", 179, "Тарілка керамічна «Степ» 26 см"),
        good("ZH-TR-02", 149, "Миска керамічна «Степ» 16 см"),
        good("ZH-TR-03", 1_290, "Набір столових приборів «Гостина» 24 предмети"),
        good("ZH-TR-04", 2_690, "Сервіз столовий «Степ» на 6 персон, 18 предметів"),
        good("ZH-TR-05", 549, "Салатник скляний «Роса» 2,5 л"),
        good("ZH-TR-06", 699, "Блюдо для сервірування «Дубовий лист» 40 см"),
    ]},
    Shelf { key: "ZH-TK", name: "Кухонний текстиль", weight: 7, goes_with: &["ZH-TR", "ZH-VP", "ZH-PR"], goods: &[
        good("ZH-TK-01", 279, "Рушники вафельні «Клітинка» 3 шт."),
        good("ZH-TK-02", 349, "Фартух лляний «Господиня»"),
        good("ZH-TK-03", 990, "Скатертина лляна «Мереживо» 140×220 см"),
        good("ZH-TK-04", 229, "Прихватка та рукавиця «Тепло»"),
        good("ZH-TK-05", 459, "Серветки сервірувальні «Льон» 4 шт."),
    ]},
    Shelf { key: "ZH-SP", name: "Спальня", weight: 10, goes_with: &["ZH-SP", "ZH-DE"], goods: &[
        good("ZH-SP-01", 1_590, "Комплект постільної білизни «Сни» двоспальний, бязь"),
        good("ZH-SP-02", 2_490, "Комплект постільної білизни «Тумани» євро, сатин"),
        good("ZH-SP-03", 1_190, "Ковдра «Пір’їнка» 175×210 см"),
        good("ZH-SP-04", 489, "Подушка «Пір’їнка» 50×70 см"),
        good("ZH-SP-05", 1_350, "Плед в’язаний «Зима» 140×200 см"),
        good("ZH-SP-06", 699, "Простирадло на резинці «Сни» 160×200 см"),
    ]},
    Shelf { key: "ZH-DE", name: "Затишок і декор", weight: 8, goes_with: &["ZH-DE", "ZH-SP", "ZH-TK"], goods: &[
        good("ZH-DE-01", 239, "Свічка соєва «Яблуко й кориця» 180 мл"),
        good("ZH-DE-02", 890, "Нічник керамічний «Хатинка»"),
        good("ZH-DE-03", 349, "Наволочка декоративна «Орнамент» 45×45 см"),
        good("ZH-DE-04", 620, "Ваза керамічна «Глек» 28 см"),
        good("ZH-DE-05", 459, "Аромадифузор із паличками «Карпатський ліс» 100 мл"),
        good("ZH-DE-06", 1_790, "Килимок «Моховий» 80×150 см"),
    ]},
];

#[rustfmt::skip]
const OUTDOOR: [Shelf; 11] = [
    Shelf { key: "GV-NM", name: "Намети", weight: 7, goes_with: &["GV-KL", "GV-SP", "GV-LH"], goods: &[
        good("GV-NM-01", 4_290, "Намет двомісний «Говерла 2»"),
        good("GV-NM-02", 5_990, "Намет тримісний «Говерла 3»"),
        good("GV-NM-03", 2_490, "Намет літній «Світязь 2»"),
        good("GV-NM-04", 12_900, "Намет штормовий «Чорногора 2»"),
        good("GV-NM-05", 8_490, "Намет кемпінговий «Табір 4»"),
        good("GV-NM-06", 1_390, "Тент туристичний «Дощовик» 3×4 м"),
    ]},
    Shelf { key: "GV-SP", name: "Спальники", weight: 8, goes_with: &["GV-KL", "GV-NM", "GV-LH"], goods: &[
        good("GV-SP-01", 1_890, "Спальник «Ніч +5»"),
        good("GV-SP-02", 2_790, "Спальник «Ніч −5»"),
        good("GV-SP-03", 6_900, "Спальник пуховий «Іній −12»"),
        good("GV-SP-04", 549, "Вкладиш у спальник флісовий"),
        good("GV-SP-05", 2_190, "Спальник-ковдра «Кемп XL»"),
    ]},
    Shelf { key: "GV-KL", name: "Килимки та меблі", weight: 9, goes_with: &["GV-SP", "GV-NM", "GV-PS"], goods: &[
        good("GV-KL-01", 489, "Килимок туристичний «Спокій» 8 мм"),
        good("GV-KL-02", 1_990, "Килимок надувний «Легіт»"),
        good("GV-KL-03", 199, "Сидіння туристичне «Пеньок»"),
        good("GV-KL-04", 1_290, "Крісло складане «Рибалка»"),
        good("GV-KL-05", 1_790, "Стіл складаний «Галявина» 70×70 см"),
        good("GV-KL-06", 349, "Подушка надувна «Хмарка»"),
        good("GV-KL-07", 1_450, "Гамак двомісний «Між сосен»"),
    ]},
    Shelf { key: "GV-RY", name: "Рюкзаки", weight: 13, goes_with: &["GV-PL", "GV-LH", "GV-DR"], goods: &[
        good("GV-RY-01", 1_690, "Рюкзак міський «Стежка 25»"),
        good("GV-RY-02", 3_890, "Рюкзак трекінговий «Хребет 50»"),
        good("GV-RY-03", 4_790, "Рюкзак експедиційний «Хребет 70»"),
        good("GV-RY-04", 1_290, "Рюкзак велосипедний «Спиця 12»"),
        good("GV-RY-05", 449, "Чохол на рюкзак від дощу 40–60 л"),
        good("GV-RY-06", 890, "Сумка на пояс «Кишеня»"),
        good("GV-RY-07", 990, "Гермомішок «Сухо» 40 л"),
    ]},
    Shelf { key: "GV-OD", name: "Одяг", weight: 14, goes_with: &["GV-OD", "GV-VZ", "GV-DR"], goods: &[
        good("GV-OD-01", 1_890, "Термобілизна «Друга шкіра», комплект"),
        good("GV-OD-02", 3_490, "Куртка мембранна «Борвій»"),
        good("GV-OD-03", 1_590, "Кофта флісова «Вівця»"),
        good("GV-OD-04", 2_190, "Штани трекінгові «Маршрут»"),
        good("GV-OD-05", 4_690, "Пуховик легкий «Перший сніг»"),
        good("GV-OD-06", 790, "Дощовик-пончо «Злива»"),
        good("GV-OD-07", 649, "Футболка швидкосохнуча «Подих»"),
    ]},
    Shelf { key: "GV-VZ", name: "Взуття та шкарпетки", weight: 11, goes_with: &["GV-VZ", "GV-OD", "GV-PL"], goods: &[
        good("GV-VZ-01", 3_790, "Черевики трекінгові «Скеля» мембранні"),
        good("GV-VZ-02", 259, "Шкарпетки трекінгові «П’ята» вовняні"),
        good("GV-VZ-03", 2_690, "Кросівки для бігу стежками «Сарна»"),
        good("GV-VZ-04", 1_190, "Сандалі «Брід»"),
        good("GV-VZ-05", 690, "Гамаші «Сніголаз»"),
        good("GV-VZ-06", 289, "Засіб для просочення взуття «Незмок» 200 мл"),
    ]},
    Shelf { key: "GV-PS", name: "Пальники та посуд", weight: 10, goes_with: &["GV-PS", "GV-DR", "GV-LH"], goods: &[
        good("GV-PS-01", 890, "Пальник газовий «Жаринка»"),
        good("GV-PS-02", 149, "Балон газовий різьбовий 230 г"),
        good("GV-PS-03", 1_390, "Набір посуду туристичний «Казанок» на 2–3 особи"),
        good("GV-PS-04", 590, "Термос «Вершина» 0,75 л"),
        good("GV-PS-05", 749, "Термос «Вершина» 1,2 л"),
        good("GV-PS-06", 329, "Кухоль титановий «Пір’їна» 450 мл"),
        good("GV-PS-07", 179, "Ложка-виделка «Дві в одній»"),
        good("GV-PS-08", 2_490, "Система для приготування «Окріп» 1 л"),
    ]},
    Shelf { key: "GV-LH", name: "Ліхтарі та живлення", weight: 10, goes_with: &["GV-LH", "GV-DR", "GV-RY"], goods: &[
        good("GV-LH-01", 790, "Ліхтар налобний «Світляк 400»"),
        good("GV-LH-02", 1_290, "Ліхтар налобний «Світляк 800» акумуляторний"),
        good("GV-LH-03", 649, "Лампа кемпінгова «Затемнення»"),
        good("GV-LH-04", 1_590, "Павербанк «Запас» 20 000 мА·год"),
        good("GV-LH-05", 2_890, "Сонячна панель складана «Соняшник» 28 Вт"),
        good("GV-LH-06", 129, "Акумулятори АА «Заряд», 4 шт."),
    ]},
    Shelf { key: "GV-PL", name: "Палиці та спорядження", weight: 7, goes_with: &["GV-VZ", "GV-RY", "GV-DR"], goods: &[
        good("GV-PL-01", 1_390, "Палиці трекінгові «Опора», пара"),
        good("GV-PL-02", 2_490, "Палиці карбонові «Опора Легка», пара"),
        good("GV-PL-03", 990, "Льодоходи «Кіготь»"),
        good("GV-PL-04", 349, "Мотузка допоміжна 6 мм, 20 м"),
        good("GV-PL-05", 229, "Карабін сталевий «Вузол»"),
        good("GV-PL-06", 3_290, "Снігоступи «Замет»"),
    ]},
    Shelf { key: "GV-FT", name: "Фітнес і біг", weight: 11, goes_with: &["GV-FT", "GV-DR", "GV-OD"], goods: &[
        good("GV-FT-01", 549, "Килимок для йоги «Баланс» 6 мм"),
        good("GV-FT-02", 399, "Набір фітнес-резинок «Пружина» 5 шт."),
        good("GV-FT-03", 690, "Гантелі вінілові «Сила» 2 кг, пара"),
        good("GV-FT-04", 249, "Скакалка швидкісна «Стриб»"),
        good("GV-FT-05", 1_190, "Гиря чавунна «Сила» 12 кг"),
        good("GV-FT-06", 459, "Ролер масажний «М’яз» 33 см"),
        good("GV-FT-07", 1_490, "Турнік у дверний отвір «Перекладина»"),
    ]},
    Shelf { key: "GV-DR", name: "Дрібниці в дорогу", weight: 9, goes_with: &["GV-RY", "GV-PS", "GV-LH"], goods: &[
        good("GV-DR-01", 449, "Пляшка для води «Джерело» 0,75 л"),
        good("GV-DR-02", 790, "Аптечка туристична «Перша поміч»"),
        good("GV-DR-03", 289, "Рушник швидкосохнучий «Річка» 60×120 см"),
        good("GV-DR-04", 349, "Баф вовняний «Комір»"),
        good("GV-DR-05", 990, "Ніж складаний «Побратим»"),
        good("GV-DR-06", 1_290, "Фільтр для води «Чистий струмок»"),
        good("GV-DR-07", 219, "Кресало з трутом «Іскра»"),
        good("GV-DR-08", 169, "Спрей від комах «Тиха ніч» 100 мл"),
    ]},
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::*;

    #[test]
    fn both_shops_have_enough_goods_each_with_its_own_sku() {
        let mut skus = BTreeSet::new();
        for shop in Shop::ALL {
            assert!(shop.goods().count() >= 60, "{shop:?}: {}", shop.goods().count());
            for shelf in shop.shelves() {
                for good in shelf.goods {
                    assert!(good.sku.starts_with(shelf.key) && good.sku.is_ascii(), "{good:?}");
                    assert!(good.price_uah > 0 && skus.insert(good.sku), "{good:?}");
                }
            }
        }
    }

    #[test]
    fn every_shelf_goes_with_shelves_of_its_own_shop() {
        for shop in Shop::ALL {
            for shelf in shop.shelves() {
                assert!(!shelf.goes_with.is_empty());
                for key in shelf.goes_with {
                    assert!(shop.shelves().iter().any(|other| other.key == *key), "{key}");
                }
            }
        }
    }

    #[test]
    fn baskets_are_repeatable_small_and_without_repeats() {
        for shop in Shop::ALL {
            let draw = || {
                let mut rng = ChaCha8Rng::seed_from_u64(3);
                (0..4_000).map(|_| basket(&mut rng, shop)).collect::<Vec<_>>()
            };
            let baskets = draw();
            assert_eq!(baskets, draw());
            let single = baskets.iter().filter(|basket| basket.len() == 1).count();
            assert!((2_300..2_900).contains(&single), "mostly one line: {single}");
            for basket in &baskets {
                let skus: BTreeSet<_> = basket.iter().map(|(good, _)| good.sku).collect();
                assert!((1..=5).contains(&basket.len()) && skus.len() == basket.len());
                assert!(basket.iter().all(|(_, quantity)| (1..=6).contains(quantity)));
            }
        }
    }
}
