//! Another token. Its text is shown once, to be copied.

use domain::auth::{Role, TokenInfo, TokenLife, TokenWish};
use domain::event::sentence::role_name;
use domain::i18n::t;
use domain::ids::StorefrontId;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::life::Life;
use super::reach::{Reach, Ticked};
use crate::auth::Submit;
use crate::boot::{use_boot, use_lang};
use crate::kit::{Attempt, CopyField, Fault, Toast, use_toasts};
use crate::settings::api::tokens::create_token;
use crate::settings::outcome::{fault_of, focus};

const TEXT: &str = "token-text";

#[component]
pub fn CreateToken(list: RwSignal<Vec<TokenInfo>>, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let name = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Viewer);
    let life = RwSignal::new(TokenLife::default());
    let all: Vec<StorefrontId> = shops.with_value(|shops| shops.iter().map(|shop| shop.id).collect());
    let ticked = Ticked { every: RwSignal::new(true), some: RwSignal::new(all) };
    let text = RwSignal::new(None::<String>);
    let nothing_ticked = RwSignal::new(false);
    let attempt = Attempt::new();
    let create = Action::new(move |wish: &TokenWish| {
        let wish = wish.clone();
        async move {
            let (made, token) = create_token(attempt.id(&wish), wish).await?;
            attempt.done();
            toasts.show(Toast::done(t::token_created(lang, &made.name)));
            text.set(Some(token));
            name.set(String::new());
            list.update(|list| list.push(made));
            focus(TEXT.to_owned());
            Ok(())
        }
    });
    let submit = move || {
        text.set(None);
        create.clear();
        let storefronts = ticked.of(role.get_untracked());
        nothing_ticked.set(storefronts.is_none());
        if let Some(storefronts) = storefronts {
            let name = name.get_untracked().trim().to_owned();
            create.dispatch(TokenWish { name, role: role.get_untracked(), storefronts, life: life.get_untracked() });
        }
    };
    let refused = fault_of(create);
    let fault = Signal::derive(move || {
        let needed = nothing_ticked.get().then(|| t::token_storefront_needed(lang).to_owned());
        needed.or_else(|| refused.get())
    });
    view! {
        <section class="card settings-card" aria-labelledby="token-new">
            <h2 id="token-new">{t::token_new(lang)}</h2>
            <NewText text/>
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="field">
                    <label for="token-name">{t::token_name(lang)}</label>
                    <input type="text" id="token-name" required maxlength="80" autocomplete="off" placeholder=t::token_name_example(lang) bind:value=name/>
                </div>
                <div class="settings-pair">
                    <TokenRole role/>
                    <Life life/>
                </div>
                <Reach role ticked shops/>
                <Fault words=fault/>
                <div class="settings-buttons"><Submit label=t::token_create(lang) pending=create.pending()/></div>
            </form>
        </section>
    }
}

/// None above one's own.
#[component]
fn TokenRole(role: RwSignal<Role>) -> impl IntoView {
    let lang = use_lang();
    let most = use_boot().me.map_or(Role::Viewer, |me| me.role);
    let choose = move |event| role.set(Role::parse(&event_target_value(&event)).unwrap_or(Role::Viewer));
    view! {
        <div class="field">
            <label for="token-role">{t::team_role(lang)}</label>
            <select id="token-role" aria-describedby="token-role-hint" on:change=choose>
                {Role::ALL
                    .into_iter()
                    .filter(|one| *one <= most)
                    .map(|one| view! {
                        <option value=one.key() selected=one == Role::Viewer>{role_name(one, lang)}</option>
                    })
                    .collect_view()}
            </select>
            <p class="settings-hint" id="token-role-hint">{t::token_role_hint(lang)}</p>
        </div>
    }
}

#[component]
fn NewText(text: RwSignal<Option<String>>) -> impl IntoView {
    let lang = use_lang();
    let shown = Signal::derive(move || text.get().unwrap_or_default());
    view! {
        <Show when=move || text.with(Option::is_some)>
            <div class="invite-link" role="status">
                <CopyField id=TEXT.to_owned() label=t::token_text(lang) text=shown/>
                <p class="settings-hint">{t::token_once(lang)}</p>
                <div class="settings-buttons">
                    <button type="button" class="button" on:click=move |_| { text.set(None); focus("token-name".to_owned()); }>
                        {t::token_kept(lang)}
                    </button>
                </div>
            </div>
        </Show>
    }
}
