//! A refused change of status in words, with the names of where the order may go.

use domain::i18n::{Lang, t};
use domain::orders::{OrderFault, StatusName};

pub fn fault_words(fault: &OrderFault, statuses: &[StatusName], lang: Lang) -> String {
    let OrderFault::NotNext { next } = fault else { return fault.words(lang) };
    let name = |id| statuses.iter().find(|status| status.id == id).map(|status| status.name.clone());
    let names: Vec<String> = next.iter().filter_map(|id| name(*id)).collect();
    match names.is_empty() {
        true => t::order_may_go_nowhere(lang).to_owned(),
        false => t::order_may_go(lang, &names.join(", ")),
    }
}
