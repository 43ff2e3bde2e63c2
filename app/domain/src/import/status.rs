//! Words for an order's or a deal's status, in the exports of shops and of other systems.

use super::headings::normal;
use crate::funnels::{Stage, StageKind};
use crate::orders::ShopStatus;

const WORDS: [(ShopStatus, &[&str]); 8] = [
    (
        ShopStatus::AwaitingPayment,
        &[
            "pending",
            "pending payment",
            "awaiting payment",
            "unpaid",
            "очікує на оплату",
            "очікує оплати",
            "очікування оплати",
            "ожидает оплаты",
            "ожидание оплаты",
        ],
    ),
    (
        ShopStatus::AwaitingConfirmation,
        &[
            "on hold",
            "awaiting confirmation",
            "new",
            "open",
            "новий",
            "нове",
            "нова",
            "нове замовлення",
            "на утриманні",
            "очікує підтвердження",
            "очікує на підтвердження",
            "новый",
            "новая",
            "новый заказ",
            "ожидает подтверждения",
            "на удержании",
        ],
    ),
    (
        ShopStatus::Processing,
        &[
            "processing",
            "unfulfilled",
            "partial",
            "partially fulfilled",
            "in progress",
            "shipped",
            "sent",
            "confirmed",
            "в обробці",
            "обробляється",
            "прийнято",
            "прийнятий",
            "підтверджено",
            "підтверджений",
            "відправлено",
            "відправлений",
            "в дорозі",
            "доставляється",
            "в обработке",
            "обрабатывается",
            "принят",
            "подтвержден",
            "отправлен",
            "отправлено",
            "в пути",
            "доставляется",
        ],
    ),
    (
        ShopStatus::Completed,
        &[
            "completed",
            "complete",
            "fulfilled",
            "delivered",
            "won",
            "done",
            "closed",
            "виконано",
            "виконаний",
            "завершено",
            "завершений",
            "доставлено",
            "отримано",
            "успішно",
            "успішна",
            "успішно реалізовано",
            "продано",
            "виграно",
            "виграна",
            "выполнен",
            "выполнено",
            "завершен",
            "завершено",
            "доставлен",
            "получен",
            "получено",
            "успешно",
            "успешная",
            "успешно реализовано",
            "продажа",
            "выиграна",
            "выиграно",
        ],
    ),
    (
        ShopStatus::Cancelled,
        &[
            "cancelled",
            "canceled",
            "lost",
            "deleted",
            "trash",
            "rejected",
            "скасовано",
            "скасований",
            "відмінено",
            "відмова",
            "відхилено",
            "втрачено",
            "втрачена",
            "програно",
            "видалено",
            "отменен",
            "отменено",
            "отказ",
            "отклонен",
            "потеряна",
            "потеряно",
            "проиграна",
            "удален",
            "недозвон",
            "недодзвон",
        ],
    ),
    (
        ShopStatus::Returned,
        &["refunded", "returned", "restocked", "повернуто", "повернення", "повернений", "возврат", "возвращен"],
    ),
    (ShopStatus::Failed, &["failed", "не вдалося", "невдале", "не удался", "неудачный"]),
    (ShopStatus::Draft, &["draft", "checkout draft", "чернетка", "черновик"]),
];

/// A word that nobody knows is kept as it came, as from a shop's door.
pub(super) fn status(text: &str) -> ShopStatus {
    let word = normal(text);
    let word = word.strip_prefix("wc ").unwrap_or(&word);
    let found = WORDS.iter().find(|(_, words)| words.contains(&word));
    found.map_or(ShopStatus::Unknown, |(status, _)| *status)
}

/// Where a deal stands: on the stage that the file names, else at the entrance; but one that is closed is closed,
/// whatever open stage it stood on.
pub(super) fn stage<'s>(
    stages: &'s [Stage],
    named: Option<&'s Stage>,
    status: Option<ShopStatus>,
) -> Option<&'s Stage> {
    let wanted = match status {
        Some(ShopStatus::Completed) => Some(StageKind::Won),
        Some(ShopStatus::Cancelled | ShopStatus::Returned | ShopStatus::Failed) => Some(StageKind::Lost),
        Some(
            ShopStatus::AwaitingPayment
            | ShopStatus::AwaitingConfirmation
            | ShopStatus::Processing
            | ShopStatus::Draft
            | ShopStatus::Unknown,
        )
        | None => None,
    };
    let entrance = || stages.iter().find(|stage| stage.kind == StageKind::Open).or(stages.first());
    let closed = wanted.and_then(|kind| stages.iter().find(|stage| stage.kind == kind));
    match (named, wanted) {
        (Some(named), Some(_)) if named.kind != StageKind::Open => Some(named),
        (Some(named), None) => Some(named),
        (named, Some(_)) => closed.or(named).or_else(entrance),
        (None, None) => entrance(),
    }
}
