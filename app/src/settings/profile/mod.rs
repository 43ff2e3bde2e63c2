//! One's own profile.

mod look;
mod password;
mod sessions;

use domain::event::sentence::role_name;
use leptos::prelude::*;

use super::frame::{Page, SettingsFrame};
use crate::boot::{use_boot, use_lang};
use crate::kit::Avatar;
use look::Look;
use password::ChangePasswordForm;
use sessions::Sessions;

#[component]
pub fn ProfilePage() -> impl IntoView {
    let lang = use_lang();
    let me = use_boot().me;
    view! {
        <SettingsFrame here=Page::Profile>
            {me.map(|me| view! {
                <section class="card settings-card profile-me" aria-label=me.name.clone()>
                    <Avatar id=me.id name=me.name.clone()/>
                    <div>
                        <p class="profile-name">{me.name.clone()}</p>
                        <p class="settings-hint">{me.email.clone()} " · " {role_name(me.role, lang)}</p>
                    </div>
                </section>
            })}
            <Look/>
            <ChangePasswordForm/>
            <Sessions/>
        </SettingsFrame>
    }
}
