//! The catalogue and the stock. A variant's stock in a warehouse is written together with the line of the ledger that
//! changes it, here and nowhere else.

mod ledger;
mod orders;
mod products;
mod queries;
mod rows;
mod settings;
mod sound;
mod stock;
mod suppliers;
mod variants;
mod warehouses;
mod work;

use domain::auth::{Action, Actor, On, may};
use domain::board::Refusal;
use domain::catalog::{CatalogFault, CatalogField, CatalogWrong, FieldFault};
use domain::event::Scope;
use domain::ids::StorefrontId;

pub(crate) use orders::{Goods, Turn, begin_order, lock_goods, prepare, prepare_told, renew_order, write_goods};
pub(crate) use sound::discrepancies;

use crate::error::{Error, Result};

pub const PAGE_MAX: i64 = 200;

/// Whoever may not see a storefront is told that there is none.
fn allowed(actor: &Actor, storefront: StorefrontId, action: Action) -> Result<()> {
    let on = On::Storefront(storefront);
    if !may(actor, Action::SeeDeals, on) {
        return Err(Refusal::NotFound.into());
    }
    if may(actor, action, on) { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

fn scope(storefront: StorefrontId) -> Scope {
    Scope { storefront: Some(storefront), ..Scope::default() }
}

/// A violated name becomes a fault of its field.
fn taken(error: Error, (constraint, columns): (&str, &str), fault: FieldFault) -> Error {
    if error.violates(constraint, columns) { CatalogFault::from(fault).into() } else { error }
}

fn name_taken(error: Error, names: (&str, &str)) -> Error {
    taken(error, names, FieldFault::of(CatalogField::Name, CatalogWrong::Taken))
}
