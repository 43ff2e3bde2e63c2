mod bond;
mod decide;
mod details;
mod flag;
mod scenario;
mod sets;
mod shop_status;
mod walks;

use super::{SetStatus, Status, StatusSet};
use crate::i18n::Lang;
use crate::ids::*;

const SHOP: StorefrontId = StorefrontId(1);

/// A set as a storefront would have it; the id of each is its place and ten.
fn statuses(set: StatusSet) -> Vec<Status> {
    set.statuses(Lang::Uk).iter().enumerate().map(|(place, one)| status(place, one)).collect()
}

fn status(place: usize, one: &SetStatus) -> Status {
    let id = |place: usize| StatusId(place as i64 + 10);
    Status {
        id: id(place),
        storefront: SHOP,
        name: one.name.into(),
        colour: one.colour,
        kind: one.kind,
        public_name: Some(one.public_name.into()),
        public_text: one.public_text.into(),
        next: one.next.iter().map(|place| id(*place)).collect(),
    }
}
