//! When a message that did not arrive is sent again.

use crate::ids::Millis;

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60 * SECOND;
const HOUR: Millis = 60 * MINUTE;

/// After the first failure, after the second, and so on; after the last of them it is given up.
pub const RETRIES_MS: [Millis; 7] = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
/// A webhook of which nothing has arrived for so long is switched off.
pub const FAILING_MS_MAX: Millis = 5 * 24 * HOUR;
/// What fails together is not sent together again: each wait is up to so much shorter or longer.
const SPREAD_PERCENT: Millis = 20;

/// How long to wait after so many failures; None: give up. `chance` is anything from 0 to 1,000.
pub fn retry_in(failures: i64, delays: &[Millis], chance: i64) -> Option<Millis> {
    let index = usize::try_from(failures.checked_sub(1)?).ok()?;
    let delay = *delays.get(index)?;
    let spread = delay * SPREAD_PERCENT / 100;
    Some(delay - spread + 2 * spread * chance.clamp(0, 1_000) / 1_000)
}
