//! One of the team: who, as what, where; opens into what can be changed.

use domain::auth::User;
use domain::event::sentence::role_name;
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use super::member_form::MemberForm;
use super::roles::may_set;
use crate::boot::{use_boot, use_lang};
use crate::kit::Avatar;
use crate::settings::outcome::{focus, follow};

#[component]
pub fn Member(first: User, list: RwSignal<Vec<User>>, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let id = first.id;
    let (avatar_name, me) = (first.name.clone(), use_boot().me.is_some_and(|me| me.id == id));
    let allowed = may_set(Some(first.role), Some(first.role));
    let user = follow(list, first, |one, other| one.id == other.id);
    let open = RwSignal::new(false);
    let opener = format!("member-{id}-edit");
    let close = {
        let opener = opener.clone();
        move |()| {
            open.set(false);
            focus(opener.clone());
        }
    };
    let close = Callback::new(close);
    let sees = move || {
        user.with(|user| {
            if user.role.sees_every_storefront() {
                return t::team_all_storefronts(lang).to_owned();
            }
            let of = |shops: &Vec<Storefront>| {
                let names =
                    shops.iter().filter(|shop| user.storefronts.contains(&shop.id)).map(|shop| shop.name.as_str());
                names.collect::<Vec<_>>().join(", ")
            };
            let names = shops.with_value(of);
            if names.is_empty() { t::team_no_storefronts(lang).to_owned() } else { names }
        })
    };
    view! {
        <li class="member">
            <div class="settings-row">
                <Avatar id name=avatar_name/>
                <div class="member-who">
                    <p class="settings-name">
                        {move || user.with(|user| user.name.clone())}
                        {me.then(|| view! { <span class="settings-hint">" · " {t::team_you(lang)}</span> })}
                    </p>
                    <p class="settings-hint">
                        {move || user.with(|user| user.email.clone())}
                        {move || user.with(|user| user.invited).then(|| format!(" · {}", t::team_invited(lang)))}
                    </p>
                    <p class="settings-hint">{move || role_name(user.with(|user| user.role), lang)} " · " {sees}</p>
                </div>
                {allowed.then(|| view! {
                    <button
                        id=opener
                        type="button"
                        class="button quiet"
                        aria-expanded=move || open.get().to_string()
                        aria-label=move || user.with(|user| t::team_edit_of(lang, &user.name))
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        {t::team_edit(lang)}
                    </button>
                })}
            </div>
            <Show when=move || open.get()>
                <MemberForm user=user.get_untracked() me list shops on_close=close/>
            </Show>
        </li>
    }
}
