//! Another screen: the code that it shows, what it is called, which funnel it shows from then on.

use domain::funnels::Funnel;
use domain::i18n::{Lang, t};
use domain::screens::{CODE_CHARS, PairScreen, Screen};
use leptos::prelude::*;

use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::{Attempt, Fault, Toast, use_toasts};
use crate::settings::api;
use crate::settings::outcome::{fault_of, focus};

const FIELD: &str = "screen-code";
/// People type spaces and dashes along, which do not count.
const TYPED_MAX: usize = 2 * CODE_CHARS;

#[component]
pub fn Pair(list: RwSignal<Vec<Screen>>, funnels: Vec<Funnel>, address: StoredValue<String>) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let (code, name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let Some(first) = funnels.first().map(|funnel| funnel.id) else {
        return view! { <p class="settings-hint">{t::funnels_none(lang)}</p> }.into_any();
    };
    let (funnel, speaks) = (RwSignal::new(first), RwSignal::new(lang));
    let attempt = Attempt::new();
    let pair = Action::new(move |pair: &PairScreen| {
        let pair = pair.clone();
        async move {
            let paired = t::screen_paired(lang, &pair.name);
            let now = api::pair_screen(attempt.id(&pair), pair).await?;
            attempt.done();
            list.set(now);
            code.set(String::new());
            name.set(String::new());
            toasts.show(Toast::done(paired));
            focus(FIELD.to_owned());
            Ok(())
        }
    });
    let submit = move || {
        let (code, name) = (code.get(), name.get().trim().to_owned());
        pair.dispatch(PairScreen { code, name, funnel: funnel.get(), lang: speaks.get() });
    };
    let choose = move |event| funnel.set(event_target_value(&event).parse().unwrap_or(first));
    let speak = move |event| speaks.set(Lang::parse(&event_target_value(&event)).unwrap_or(lang));
    view! {
        <section class="card settings-card" aria-labelledby="screen-new">
            <h2 id="screen-new">{t::screen_new(lang)}</h2>
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="field">
                    <label for=FIELD>{t::screen_code(lang)}</label>
                    <input
                        type="text"
                        id=FIELD
                        class="screen-code"
                        required
                        maxlength=TYPED_MAX.to_string()
                        autocomplete="off"
                        autocapitalize="characters"
                        inputmode="text"
                        spellcheck="false"
                        aria-describedby="screen-code-hint"
                        bind:value=code
                    />
                    <p class="settings-hint" id="screen-code-hint">{address.with_value(|address| t::screen_code_hint(lang, address))}</p>
                </div>
                <div class="field">
                    <label for="screen-name">{t::screen_name(lang)}</label>
                    <input type="text" id="screen-name" required maxlength="80" autocomplete="off" placeholder=t::screen_name_example(lang) bind:value=name/>
                </div>
                <div class="settings-pair">
                    <div class="field">
                        <label for="screen-funnel">{t::funnel(lang)}</label>
                        <select id="screen-funnel" on:change=choose>
                            {funnels.into_iter().map(|one| view! { <option value=one.id.to_string()>{one.name}</option> }).collect_view()}
                        </select>
                    </div>
                    <div class="field">
                        <label for="screen-lang">{t::language(lang)}</label>
                        <select id="screen-lang" on:change=speak>
                            {Lang::ALL.map(|one| view! {
                                <option value=one.code() lang=one.code() selected=one == lang>{one.name()}</option>
                            })}
                        </select>
                    </div>
                </div>
                <Fault words=fault_of(pair)/>
                <div class="settings-buttons"><Submit label=t::screen_pair(lang) pending=pair.pending()/></div>
            </form>
        </section>
    }
    .into_any()
}
