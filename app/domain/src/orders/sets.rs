//! Sets of statuses ready to take, in the words of the shop's guides for the team and in plain ones for customers.

use serde::{Deserialize, Serialize};

use super::StatusKind;
use crate::funnels::Colour;
use crate::i18n::Lang;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusSet {
    Eight,
    Eleven,
}

/// A status of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetStatus {
    pub name: &'static str,
    pub colour: Colour,
    pub kind: StatusKind,
    pub public_name: &'static str,
    pub public_text: &'static str,
    /// Places in the set.
    pub next: Vec<usize>,
}

impl StatusSet {
    pub const ALL: [StatusSet; 2] = [StatusSet::Eight, StatusSet::Eleven];

    pub fn key(self) -> &'static str {
        match self {
            StatusSet::Eight => "eight",
            StatusSet::Eleven => "eleven",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.key() == key)
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            StatusSet::Eight => Words("Простий: 8 статусів", "Simple: 8 statuses", "Простой: 8 статусов"),
            StatusSet::Eleven => Words(
                "Докладний: 11 статусів, з оплатою та комплектацією",
                "Detailed: 11 statuses, with payment and picking",
                "Подробный: 11 статусов, с оплатой и комплектацией",
            ),
        }
        .tell(lang)
    }

    pub fn statuses(self, lang: Lang) -> Vec<SetStatus> {
        let rows = self.rows();
        let kinds: Vec<StatusKind> = rows.iter().map(|(kind, _)| *kind).collect();
        let told = |(place, (kind, name)): (usize, &(StatusKind, Words))| SetStatus {
            name: name.tell(lang),
            next: usual_next(&kinds, place),
            ..SetStatus::of(*kind, lang)
        };
        rows.iter().enumerate().map(told).collect()
    }

    fn rows(self) -> Vec<(StatusKind, Words)> {
        match self {
            StatusSet::Eight => vec![
                (StatusKind::New, Words("Отримано", "Received", "Получен")),
                (StatusKind::Processing, Words("В обробці", "In progress", "В обработке")),
                (StatusKind::Processing, Words("Підтверджено", "Confirmed", "Подтверждён")),
                (StatusKind::Shipped, name(StatusKind::Shipped)),
                (StatusKind::InTransit, name(StatusKind::InTransit)),
                (StatusKind::Delivered, name(StatusKind::Delivered)),
                (StatusKind::Cancelled, name(StatusKind::Cancelled)),
                (StatusKind::Returned, name(StatusKind::Returned)),
            ],
            StatusSet::Eleven => [
                StatusKind::New,
                StatusKind::Processing,
                StatusKind::Picking,
                StatusKind::Packed,
                StatusKind::Shipped,
                StatusKind::InTransit,
                StatusKind::Delivered,
                StatusKind::Cancelled,
                StatusKind::Returned,
                StatusKind::Paid,
                StatusKind::AwaitingPayment,
            ]
            .map(|kind| (kind, name(kind)))
            .to_vec(),
        }
    }
}

impl SetStatus {
    /// By its kind alone, as a scenario adds it where it is missing.
    pub fn of(kind: StatusKind, lang: Lang) -> Self {
        let (public_name, public_text) = public(kind);
        Self {
            name: name(kind).tell(lang),
            colour: colour(kind),
            kind,
            public_name: public_name.tell(lang),
            public_text: public_text.tell(lang),
            next: Vec::new(),
        }
    }
}

/// Where an order usually may go from one of these: forward, past what it does not need; into a delay and out of it; off,
/// as long as nobody has it in hand; back, once it has left.
pub fn usual_next(kinds: &[StatusKind], place: usize) -> Vec<usize> {
    let Some(from) = kinds.get(place).copied() else { return Vec::new() };
    let may_go = |(to_place, to): (usize, StatusKind)| match to {
        StatusKind::Cancelled => !from.ends() && from != StatusKind::Returning,
        StatusKind::Returning | StatusKind::Returned => from.has_left() && from.rank() < to.rank(),
        StatusKind::Delayed => !from.has_left() && from != StatusKind::Cancelled && from != StatusKind::Delayed,
        StatusKind::New
        | StatusKind::AwaitingConfirmation
        | StatusKind::AwaitingPayment
        | StatusKind::Paid
        | StatusKind::Processing
        | StatusKind::Picking
        | StatusKind::Packed
        | StatusKind::Shipped
        | StatusKind::InTransit
        | StatusKind::ReadyForPickup
        | StatusKind::Delivered => match from {
            StatusKind::Cancelled | StatusKind::Returning | StatusKind::Returned => false,
            StatusKind::Delayed => to.rank() >= StatusKind::Processing.rank(),
            _ => (from.rank(), place) < (to.rank(), to_place),
        },
    };
    let others = kinds.iter().copied().enumerate().filter(|(other, _)| *other != place);
    let mut next: Vec<(usize, StatusKind)> = others.filter(|pair| may_go(*pair)).collect();
    // The usual step stands first.
    next.sort_by_key(|(place, kind)| (kind.rank(), *place));
    next.into_iter().map(|(place, _)| place).collect()
}

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

fn colour(kind: StatusKind) -> Colour {
    match kind {
        StatusKind::New => Colour::Blue,
        StatusKind::AwaitingConfirmation => Colour::Sky,
        StatusKind::AwaitingPayment => Colour::Yellow,
        StatusKind::Paid => Colour::Teal,
        StatusKind::Processing => Colour::Indigo,
        StatusKind::Delayed => Colour::Orange,
        StatusKind::Picking | StatusKind::Packed => Colour::Violet,
        StatusKind::Shipped | StatusKind::InTransit | StatusKind::ReadyForPickup => Colour::Sky,
        StatusKind::Delivered => Colour::Green,
        StatusKind::Returning => Colour::Brown,
        StatusKind::Returned => Colour::Pink,
        StatusKind::Cancelled => Colour::Red,
    }
}

/// What the team calls it.
fn name(kind: StatusKind) -> Words {
    match kind {
        StatusKind::New => Words("Очікує на обробку", "New", "Ожидает обработки"),
        StatusKind::AwaitingConfirmation => {
            Words("Очікує на підтвердження", "Awaiting confirmation", "Ожидает подтверждения")
        }
        StatusKind::AwaitingPayment => Words("Очікує на оплату", "Awaiting payment", "Ожидает оплаты"),
        StatusKind::Paid => Words("Оплачено", "Paid", "Оплачен"),
        StatusKind::Processing => Words("В обробці", "In progress", "В обработке"),
        StatusKind::Delayed => Words("Затримка обробки", "Delayed", "Задержка обработки"),
        StatusKind::Picking => Words("Комплектується", "Being picked", "Комплектуется"),
        StatusKind::Packed => Words("Упаковано", "Packed", "Упакован"),
        StatusKind::Shipped => Words("Відправлено", "Shipped", "Отправлен"),
        StatusKind::InTransit => Words("В дорозі", "On its way", "В пути"),
        StatusKind::ReadyForPickup => Words("Чекає у відділенні", "Ready for pickup", "Ждёт в отделении"),
        StatusKind::Delivered => Words("Доставлено", "Delivered", "Доставлен"),
        StatusKind::Returning => Words("Повертається", "Coming back", "Возвращается"),
        StatusKind::Returned => Words("Повернуто", "Returned", "Возвращён"),
        StatusKind::Cancelled => Words("Скасовано", "Cancelled", "Отменён"),
    }
}

/// What customers read on the page of their order: a name and a sentence.
#[rustfmt::skip]
fn public(kind: StatusKind) -> (Words, Words) {
    match kind {
        StatusKind::New => (
            Words("Замовлення отримано", "We have your order", "Заказ получен"),
            Words("Дякуємо! Ми вже бачимо ваше замовлення.", "Thank you! We can already see your order.", "Спасибо! Мы уже видим ваш заказ."),
        ),
        StatusKind::AwaitingConfirmation => (
            Words("Уточнюємо деталі", "Checking the details", "Уточняем детали"),
            Words("Ми зв'яжемося з вами, щоб підтвердити замовлення.", "We will get in touch to confirm your order.", "Мы свяжемся с вами, чтобы подтвердить заказ."),
        ),
        StatusKind::AwaitingPayment => (
            Words("Чекаємо на оплату", "Waiting for your payment", "Ждём оплату"),
            Words("Щойно оплата надійде, почнемо збирати замовлення.", "We will start on your order as soon as the payment arrives.", "Как только оплата поступит, начнём собирать заказ."),
        ),
        StatusKind::Paid => (
            Words("Оплату отримано", "Payment received", "Оплата получена"),
            Words("Дякуємо, все надійшло. Беремося до замовлення.", "Thank you, it has arrived. We are starting on your order.", "Спасибо, всё пришло. Берёмся за заказ."),
        ),
        StatusKind::Processing => (
            Words("Готуємо замовлення", "Preparing your order", "Готовим заказ"),
            Words("Перевіряємо, що все є, і готуємо до відправлення.", "We are checking that everything is here and getting it ready.", "Проверяем, что всё есть, и готовим к отправке."),
        ),
        StatusKind::Delayed => (
            Words("Трохи затримуємося", "A little delay", "Немного задерживаемся"),
            Words("Перепрошуємо, потрібно більше часу. Замовлення не забуто.", "Sorry, we need a bit more time. Your order is not forgotten.", "Просим прощения, нужно больше времени. Заказ не забыт."),
        ),
        StatusKind::Picking => (
            Words("Збираємо замовлення", "Gathering your order", "Собираем заказ"),
            Words("Беремо ваші товари з полиць.", "We are taking your goods from the shelves.", "Берём ваши товары с полок."),
        ),
        StatusKind::Packed => (
            Words("Запаковано", "Packed", "Упаковано"),
            Words("Посилка готова й чекає на кур'єра.", "Your parcel is ready and waits for the courier.", "Посылка готова и ждёт курьера."),
        ),
        StatusKind::Shipped => (
            Words("Відправлено", "Sent", "Отправлено"),
            Words("Посилку передано службі доставки.", "Your parcel is with the delivery service.", "Посылка передана службе доставки."),
        ),
        StatusKind::InTransit => (
            Words("У дорозі", "On its way", "В пути"),
            Words("Посилка їде до вас.", "Your parcel is travelling to you.", "Посылка едет к вам."),
        ),
        StatusKind::ReadyForPickup => (
            Words("Можна забирати", "Ready to collect", "Можно забирать"),
            Words("Посилка чекає на вас у відділенні.", "Your parcel is waiting for you at the pickup point.", "Посылка ждёт вас в отделении."),
        ),
        StatusKind::Delivered => (
            Words("Доставлено", "Delivered", "Доставлено"),
            Words("Замовлення у вас. Гарного користування!", "Your order has reached you. Enjoy it!", "Заказ у вас. Приятного пользования!"),
        ),
        StatusKind::Returning => (
            Words("Повертається до нас", "Coming back to us", "Возвращается к нам"),
            Words("Посилка їде назад до магазину.", "The parcel is on its way back to the shop.", "Посылка едет обратно в магазин."),
        ),
        StatusKind::Returned => (
            Words("Повернення отримано", "Return received", "Возврат получен"),
            Words("Товар повернувся до нас. Якщо є питання, напишіть нам.", "The goods are back with us. If you have a question, write to us.", "Товар вернулся к нам. Если есть вопросы, напишите нам."),
        ),
        StatusKind::Cancelled => (
            Words("Скасовано", "Cancelled", "Отменено"),
            Words("Замовлення скасовано. Якщо це помилка, напишіть нам.", "The order was cancelled. If this is a mistake, write to us.", "Заказ отменён. Если это ошибка, напишите нам."),
        ),
    }
}
