//! What managers of the demo tell with a change of status.

use domain::ids::Millis;
use domain::orders::{Asked, CancelledBy, Carrier, Condition, IncomingOrder, StatusDetails};

const DELAYED: [&str; 3] =
    ["Чекаємо на залишок зі складу", "Постачальник затримує партію", "Перевіряємо брак, замінюємо"];
const CANCELLED: [&str; 3] = ["Покупець передумав", "Знайшов дешевше", "Не вдалося зв'язатися"];
const RETURNED: [&str; 3] = ["Не підійшов розмір", "Пошкоджено в дорозі", "Не сподобався колір"];

pub fn told_with(asked: Asked, order: &IncomingOrder) -> StatusDetails {
    told(asked, order.number.parse().unwrap_or_default(), order.placed_at)
}

/// The same for the same number and day.
pub fn told(asked: Asked, number: i64, at: Millis) -> StatusDetails {
    let place = number.rem_euclid(3) as usize;
    match asked {
        Asked::Shipment => {
            let number = format!("2045{:010}", (number * 7_919_333).rem_euclid(10_000_000_000));
            StatusDetails::Shipment { carrier: Carrier::NovaPoshta, number }
        }
        Asked::Delay => {
            let day = at.div_euclid(super::DAY_MS) + 7;
            let until = domain::import::write_date(day * super::DAY_MS);
            StatusDetails::Delay { reason: DELAYED[place].into(), until }
        }
        Asked::Cancellation => {
            let by = [CancelledBy::Customer, CancelledBy::Customer, CancelledBy::Shop][place];
            StatusDetails::Cancellation { by, reason: CANCELLED[place].into() }
        }
        Asked::Return => {
            let condition = [Condition::AsNew, Condition::Damaged, Condition::AsNew][place];
            StatusDetails::Return { reason: RETURNED[place].into(), condition }
        }
    }
}
