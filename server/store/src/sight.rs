//! Which storefronts somebody sees, in the form in which statements are told.

use domain::auth::Storefronts;

/// ",1,5,": these; empty for all of them. Asked as `$1 = '' OR $1 LIKE '%,' || CAST(storefront_id AS TEXT) || ',%'`.
pub(crate) fn sight(storefronts: &Storefronts) -> String {
    match storefronts {
        Storefronts::All => String::new(),
        Storefronts::Some(list) => list.iter().fold(String::from(","), |text, id| format!("{text}{id},")),
    }
}
