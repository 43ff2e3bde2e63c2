//! One token: what it opens, since when and until when; revoked at once.

use domain::auth::TokenInfo;
use domain::event::sentence::role_name;
use domain::i18n::{Lang, t};
use domain::ids::Millis;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon, Toast, new_command, time, use_toasts};
use crate::settings::api::tokens::revoke_token;
use crate::settings::confirm::Confirm;
use crate::settings::outcome::fault_of;

const MINUTE_MS: Millis = 60_000;

/// Nothing of a token changes while its page is open, so it is drawn once.
#[component]
pub fn OneToken(
    token: TokenInfo,
    list: RwSignal<Vec<TokenInfo>>,
    shops: StoredValue<Vec<Storefront>>,
    now: Millis,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let id = token.id;
    let expired = token.expired(now);
    let opens = format!("{} · {}", role_name(token.role, lang), shops.with_value(|shops| names(&token, shops, lang)));
    let story = [made(&token, now, lang), ends(&token, now, lang), used(&token, now, lang)].join(" · ");
    let name = StoredValue::new(token.name.clone());
    let asking = RwSignal::new(false);
    let revoke = Action::new(move |(): &()| async move {
        let left = revoke_token(new_command(), id).await?;
        asking.set(false);
        toasts.show(Toast::done(name.with_value(|name| t::token_revoked(lang, name))));
        list.set(left);
        Ok(())
    });
    view! {
        <li class="settings-row">
            <div class="screen-what">
                <p class="settings-name">{token.name}</p>
                <p class="settings-hint">{opens}</p>
                <p class="settings-hint">{expired.then(|| view! { <Icon glyph=Glyph::Warning/> " " })} {story}</p>
            </div>
            <button
                type="button"
                class="button"
                aria-label=name.with_value(|name| t::token_revoke_of(lang, name))
                on:click=move |_| { revoke.clear(); asking.set(true); }
            >
                {t::token_revoke(lang)}
            </button>
            <Confirm
                open=asking
                title=name.with_value(|name| t::token_revoke_title(lang, name))
                words=t::token_revoke_ask(lang)
                label=t::token_revoke(lang)
                pending=revoke.pending()
                fault=fault_of(revoke)
                on_confirm=move |()| { revoke.dispatch(()); }
            />
        </li>
    }
}

/// The storefronts that it sees, in words.
fn names(token: &TokenInfo, shops: &[Storefront], lang: Lang) -> String {
    if token.storefronts.is_empty() {
        return t::team_all_storefronts(lang).to_owned();
    }
    let names = shops.iter().filter(|shop| token.storefronts.contains(&shop.id)).map(|shop| shop.name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

fn made(token: &TokenInfo, now: Millis, lang: Lang) -> String {
    let who = token.created_by.as_deref().unwrap_or(t::token_maker_machine(lang));
    match now - token.created_at {
        ago if ago < MINUTE_MS => t::token_made_now(lang, who),
        ago => t::token_made(lang, &time::span(ago, lang), who),
    }
}

fn ends(token: &TokenInfo, now: Millis, lang: Lang) -> String {
    match token.expires_at {
        None => t::token_never_ends(lang).to_owned(),
        Some(at) if at <= now => t::token_expired(lang).to_owned(),
        Some(at) => t::token_ends(lang, &time::span((at - now).max(MINUTE_MS), lang)),
    }
}

fn used(token: &TokenInfo, now: Millis, lang: Lang) -> String {
    match token.used_at.map(|at| now - at) {
        None => t::token_not_used(lang).to_owned(),
        Some(ago) if ago < MINUTE_MS => t::token_used_now(lang).to_owned(),
        Some(ago) => t::token_used(lang, &time::span(ago, lang)),
    }
}
