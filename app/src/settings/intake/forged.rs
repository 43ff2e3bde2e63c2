//! Wrong signatures of late: whoever mistyped the secret needs to see exactly that.

use domain::i18n::t;
use domain::intake::Forged;
use leptos::prelude::*;

use super::{Shops, local};
use crate::boot::use_lang;

#[component]
pub fn WrongSignatures(forged: Vec<Forged>, shops: Shops) -> impl IntoView {
    let lang = use_lang();
    if forged.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card settings-card" aria-labelledby="intake-forged">
            <h2 id="intake-forged">{t::forged_title(lang)}</h2>
            <p class="settings-hint">{t::forged_hint(lang)}</p>
            <ul class="settings-list">
                {forged
                    .into_iter()
                    .map(|one| {
                        let whence = shops.whence(one.storefront, &one.door, "", lang);
                        let when = local(one.last_at, lang);
                        view! {
                            <li>
                                <p class="settings-name">{whence}</p>
                                <p>{t::forged_times(lang, one.times)}</p>
                                <p class="settings-hint">{move || t::forged_last(lang, &when.get())}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <a class="link" href="/settings/storefronts">{t::settings_storefronts(lang)}</a>
        </section>
    }
    .into_any()
}
