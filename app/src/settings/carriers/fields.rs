//! The keys to ask a carrier with. Nothing of them is remembered here once they are sent.

use domain::carriers::{CARRIER_KEY_CHARS_MAX, SetCarrierAccount};
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::orders::Carrier;
use leptos::prelude::*;

use crate::boot::use_lang;

/// What the fields hold.
#[derive(Clone, Copy)]
pub struct Draft {
    key: RwSignal<String>,
    secret: RwSignal<String>,
}

impl Default for Draft {
    fn default() -> Self {
        Self { key: RwSignal::new(String::new()), secret: RwSignal::new(String::new()) }
    }
}

impl Draft {
    pub fn keys(&self, storefront: StorefrontId, carrier: Carrier) -> SetCarrierAccount {
        SetCarrierAccount { storefront, carrier, key: self.key.get_untracked(), secret: self.secret.get_untracked() }
    }

    pub fn clear(&self) {
        self.key.set(String::new());
        self.secret.set(String::new());
    }
}

/// `id` ends the names of the fields on their page.
#[component]
pub fn KeyFields(id: String, #[prop(into)] carrier: Signal<Option<Carrier>>, draft: Draft) -> impl IntoView {
    let lang = use_lang();
    let two = Memo::new(move |_| carrier.get() == Some(Carrier::FedEx));
    let (key, secret, hint) =
        (format!("carrier-key-{id}"), format!("carrier-secret-{id}"), format!("carrier-hint-{id}"));
    let secret = StoredValue::new(secret);
    let whence = move || carrier.get().and_then(|carrier| t::carrier_key_where(lang, carrier));
    view! {
        <div class="field">
            <label for=key.clone()>{move || if two.get() { t::carrier_client_id(lang) } else { t::carrier_key(lang) }}</label>
            <input
                type="password"
                id=key.clone()
                required
                maxlength=CARRIER_KEY_CHARS_MAX.to_string()
                autocomplete="off"
                aria-describedby=hint.clone()
                bind:value=draft.key
            />
        </div>
        <Show when=move || two.get()>
            <div class="field">
                <label for=secret.get_value()>{t::carrier_client_secret(lang)}</label>
                <input
                    type="password"
                    id=secret.get_value()
                    required
                    maxlength=CARRIER_KEY_CHARS_MAX.to_string()
                    autocomplete="off"
                    bind:value=draft.secret
                />
            </div>
        </Show>
        <p class="settings-hint" id=hint.clone()>{whence}" "{t::carrier_key_kept(lang)}</p>
    }
    .into_any()
}
