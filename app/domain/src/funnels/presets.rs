//! Funnels ready to take: the ones the shop's guides describe, in their words.

use serde::{Deserialize, Serialize};

use super::StageKind;
use super::palette::{Colour, default_for};
use crate::i18n::Lang;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// What happens to an order.
    Orders,
    /// What happens in a customer.
    Journey,
    Dropshipping,
    Sales,
    /// AIDA and on.
    Marketing,
    Shop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetStage {
    pub name: &'static str,
    pub colour: Colour,
    pub kind: StageKind,
    /// As [`super::Stage::limit_hours`].
    pub limit_hours: Option<i64>,
    /// As [`super::Stage::public_name`].
    pub public_name: Option<&'static str>,
}

impl Preset {
    pub const ALL: [Preset; 6] =
        [Preset::Orders, Preset::Journey, Preset::Dropshipping, Preset::Sales, Preset::Marketing, Preset::Shop];

    pub fn key(self) -> &'static str {
        match self {
            Preset::Orders => "orders",
            Preset::Journey => "journey",
            Preset::Dropshipping => "dropshipping",
            Preset::Sales => "sales",
            Preset::Marketing => "marketing",
            Preset::Shop => "shop",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key() == key)
    }

    /// What the new funnel is called until somebody renames it.
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Preset::Orders => Words("Обробка замовлень", "Order processing", "Обработка заказов"),
            Preset::Journey => Words("Шлях клієнта", "Customer journey", "Путь клиента"),
            Preset::Dropshipping => Words("Дропшипінг", "Dropshipping", "Дропшиппинг"),
            Preset::Sales => Words("Продажі", "Sales", "Продажи"),
            Preset::Marketing => Words("Маркетинг", "Marketing", "Маркетинг"),
            Preset::Shop => Words("Інтернет-магазин", "Online shop", "Интернет-магазин"),
        }
        .tell(lang)
    }

    /// In order, the lost stage last.
    pub fn stages(self, lang: Lang) -> Vec<PresetStage> {
        let told = |(index, row): (usize, Row)| PresetStage {
            name: row.words.tell(lang),
            colour: default_for(index, row.kind),
            kind: row.kind,
            limit_hours: row.limit_hours,
            public_name: row.public.map(|words| words.tell(lang)),
        };
        self.rows().into_iter().enumerate().map(told).collect()
    }

    /// The purchase is the won stage, because a paid order must lead there and to nothing later: retention, loyalty and
    /// advocacy after it are open again, for they are work with a customer whom one can still lose.
    fn rows(self) -> Vec<Row> {
        match self {
            Preset::Orders => vec![
                open(Words("Новий заказ", "New order", "Новый заказ")).within_hours(2).shown(Words(
                    "Замовлення отримано",
                    "Order received",
                    "Заказ получен",
                )),
                open(Words("Підтвердження", "Confirmation", "Подтверждение")).within_hours(24).shown(Words(
                    "Підтверджуємо",
                    "Being confirmed",
                    "Подтверждаем",
                )),
                open(Words("Обробка", "Processing", "Обработка")).within_hours(48).shown(Words(
                    "Готуємо до відправлення",
                    "Being packed",
                    "Готовим к отправке",
                )),
                open(Words("Відправлено", "Shipped", "Отправлен")).within_hours(168).shown(Words(
                    "У дорозі",
                    "On its way",
                    "В пути",
                )),
                won(Words("Оплачено", "Paid", "Оплачен")).shown(Words(
                    "Отримано й оплачено",
                    "Received and paid",
                    "Получен и оплачен",
                )),
                lost(Words("Скасовано", "Cancelled", "Отменён")).shown(Words("Скасовано", "Cancelled", "Отменён")),
            ],
            Preset::Journey => vec![
                open(Words("Зацікавленість", "Interest", "Заинтересованность")),
                open(Words("Розгляд", "Consideration", "Рассмотрение")),
                open(Words("Рішення", "Decision", "Решение")),
                won(Words("Дія", "Action", "Действие")),
                open(Words("Утримання", "Retention", "Удержание")),
                lost(LOST),
            ],
            Preset::Dropshipping => vec![
                open(Words("Усвідомлення", "Awareness", "Осознание")),
                open(Words("Інтерес", "Interest", "Интерес")),
                open(Words("Розгляд", "Consideration", "Рассмотрение")),
                won(Words("Дія", "Action", "Действие")),
                open(Words("Лояльність", "Loyalty", "Лояльность")),
                lost(LOST),
            ],
            Preset::Sales => vec![
                open(Words("Обізнаність", "Awareness", "Осведомлённость")),
                open(Words("Інтерес", "Interest", "Интерес")),
                open(Words("Розгляд", "Consideration", "Рассмотрение")),
                open(Words("Рішення", "Decision", "Решение")),
                won(Words("Дія", "Action", "Действие")),
                open(Words("Утримання", "Retention", "Удержание")),
                open(Words("Адвокація", "Advocacy", "Адвокация")),
                lost(LOST),
            ],
            Preset::Marketing => vec![
                open(Words("Усвідомлення", "Awareness", "Осознание")),
                open(Words("Інтерес", "Interest", "Интерес")),
                open(Words("Бажання", "Desire", "Желание")),
                won(Words("Дія", "Action", "Действие")),
                open(Words("Лояльність", "Loyalty", "Лояльность")),
                open(Words("Адвокація", "Advocacy", "Адвокация")),
                lost(LOST),
            ],
            Preset::Shop => vec![
                open(Words("Перший контакт", "First contact", "Первый контакт")),
                open(Words("Зацікавленість", "Interest", "Заинтересованность")),
                open(Words("Порівняння", "Comparison", "Сравнение")),
                open(Words("Прийняття рішення", "Decision", "Принятие решения")),
                won(Words("Оформлення замовлення", "Checkout", "Оформление заказа")),
                open(Words("Післяпродажне обслуговування", "After-sales service", "Послепродажное обслуживание")),
                lost(LOST),
            ],
        }
    }
}

/// Two plain names for a stage of [`Preset::Shop`], offered beside its own; past the sixth stage, the sixth's.
pub fn suggestions(lang: Lang, stage_index: usize) -> [&'static str; 2] {
    SUGGESTIONS[stage_index.min(SUGGESTIONS.len() - 1)].map(|words| words.tell(lang))
}

const SUGGESTIONS: [[Words; 2]; 6] = [
    [Words("Перший контакт", "First contact", "Первый контакт"), Words("Новий лід", "New lead", "Новый лид")],
    [
        Words("Підготовка інформації", "Preparing information", "Подготовка информации"),
        Words("Детальна консультація", "Detailed advice", "Подробная консультация"),
    ],
    [
        Words("Порівняння варіантів", "Comparing options", "Сравнение вариантов"),
        Words("Детальний огляд", "Detailed review", "Подробный обзор"),
    ],
    [
        Words("Прийняття рішення", "Making a decision", "Принятие решения"),
        Words("Погодження умов", "Agreeing terms", "Согласование условий"),
    ],
    [Words("Покупка", "Purchase", "Покупка"), Words("Оформлення замовлення", "Checkout", "Оформление заказа")],
    [
        Words("Зворотний зв'язок", "Feedback", "Обратная связь"),
        Words("Післяпродажний супровід", "After-sales care", "Послепродажное сопровождение"),
    ],
];

/// The same in Ukrainian, English and Russian.
#[derive(Clone, Copy)]
struct Words(&'static str, &'static str, &'static str);

impl Words {
    fn tell(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Uk => self.0,
            Lang::En => self.1,
            Lang::Ru => self.2,
        }
    }
}

struct Row {
    words: Words,
    kind: StageKind,
    limit_hours: Option<i64>,
    public: Option<Words>,
}

impl Row {
    fn within_hours(self, hours: i64) -> Self {
        Row { limit_hours: Some(hours), ..self }
    }

    /// Customers see it, by these words.
    fn shown(self, words: Words) -> Self {
        Row { public: Some(words), ..self }
    }
}

const LOST: Words = Words("Втрачено", "Lost", "Потеряно");

fn open(words: Words) -> Row {
    Row { words, kind: StageKind::Open, limit_hours: None, public: None }
}

fn won(words: Words) -> Row {
    Row { words, kind: StageKind::Won, limit_hours: None, public: None }
}

fn lost(words: Words) -> Row {
    Row { words, kind: StageKind::Lost, limit_hours: None, public: None }
}

#[cfg(test)]
#[path = "presets_tests.rs"]
mod tests;

/// What a business that has no lost reasons yet begins with.
pub fn lost_reasons(lang: Lang) -> [&'static str; 5] {
    match lang {
        Lang::Uk => ["Дорого", "Передумав", "Немає в наявності", "Не вдалося зв'язатися", "Знайшов дешевше"],
        Lang::En => ["Too expensive", "Changed their mind", "Out of stock", "Could not be reached", "Found it cheaper"],
        Lang::Ru => ["Дорого", "Передумал", "Нет в наличии", "Не удалось связаться", "Нашёл дешевле"],
    }
}
