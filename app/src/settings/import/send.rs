//! Another file: what is in it, whose it is, where its deals go.

use domain::funnels::Funnel;
use domain::i18n::t;
use domain::ids::{FunnelId, ImportId, StorefrontId};
use domain::import::Kind;
use domain::storefronts::Storefront;
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::upload::{self, Sending};
use crate::auth::Submit;
use crate::boot::use_lang;
use crate::kit::Fault;

#[component]
pub fn SendFile(storefronts: Vec<Storefront>, funnels: Vec<Funnel>) -> impl IntoView {
    let lang = use_lang();
    let Some(first) = storefronts.first().map(|shop| shop.id) else {
        return view! { <p class="settings-hint">{t::storefronts_none(lang)}</p> }.into_any();
    };
    let (storefront, kind, funnel) =
        (RwSignal::new(first), RwSignal::new(Kind::Deals), RwSignal::new(None::<FunnelId>));
    let field = NodeRef::<html::Input>::new();
    let sending = Sending::new(lang);
    let over = RwSignal::new(false);
    let navigate = use_navigate();
    let done = Callback::new(move |id: ImportId| navigate(&format!("/settings/import/{id}"), Default::default()));
    let submit = move || {
        let (kind, storefront) = (kind.get_untracked(), storefront.get_untracked());
        let mut address = format!("/import/upload?kind={}&storefront={storefront}", kind.key());
        if let Some(funnel) = funnel.get_untracked().filter(|_| kind.needs_funnel()) {
            address.push_str(&format!("&funnel={funnel}"));
        }
        upload::send(field, address, sending, done);
    };
    let choose_kind = move |event| kind.set(Kind::parse(&event_target_value(&event)).unwrap_or(Kind::Deals));
    let choose_shop = move |event| {
        storefront.set(event_target_value(&event).parse().unwrap_or(first));
        funnel.set(None);
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        upload::drop_into(field, &event);
    };
    view! {
        <section class="card settings-card" aria-labelledby="import-new">
            <h2 id="import-new">{t::import_new(lang)}</h2>
            <form on:submit=move |event| { event.prevent_default(); submit(); }>
                <div class="settings-pair">
                    <div class="field">
                        <label for="import-kind">{t::import_what(lang)}</label>
                        <select id="import-kind" on:change=choose_kind>
                            {Kind::ALL.map(|one| view! {
                                <option value=one.key() selected=one == Kind::Deals>{one.words(lang)}</option>
                            })}
                        </select>
                    </div>
                    <div class="field">
                        <label for="import-storefront">{t::storefront(lang)}</label>
                        <select id="import-storefront" on:change=choose_shop>
                            {storefronts
                                .into_iter()
                                .map(|shop| view! { <option value=shop.id.to_string()>{shop.name}</option> })
                                .collect_view()}
                        </select>
                    </div>
                    <Show when=move || kind.get().needs_funnel()>
                        <FunnelChoice funnels=funnels.clone() storefront chosen=funnel/>
                    </Show>
                </div>
                <div
                    class="field import-drop"
                    class:over=move || over.get()
                    on:dragover=move |event: leptos::ev::DragEvent| { event.prevent_default(); over.set(true); }
                    on:dragleave=move |_| over.set(false)
                    on:drop=dropped
                >
                    <label for="import-file">{t::import_pick(lang)}</label>
                    <input
                        type="file"
                        id="import-file"
                        node_ref=field
                        accept=".csv,.tsv,.txt,.xlsx,.xlsm"
                        aria-describedby="import-file-hint"
                        on:change=move |_| sending.fault.set(None)
                    />
                    <p class="settings-hint" id="import-file-hint">{t::import_pick_hint(lang)}</p>
                </div>
                <Share sending/>
                <Fault words=sending.fault/>
                <div class="settings-buttons">
                    <Submit label=t::import_send(lang) pending=Signal::derive(move || sending.share.get().is_some())/>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// The storefront's own funnels, and those of every storefront.
#[component]
fn FunnelChoice(
    funnels: Vec<Funnel>,
    storefront: RwSignal<StorefrontId>,
    chosen: RwSignal<Option<FunnelId>>,
) -> impl IntoView {
    let lang = use_lang();
    let offered = move || {
        let shop = storefront.get();
        let mine = funnels.iter().filter(|funnel| funnel.storefront.is_none_or(|of| of == shop));
        mine.map(|funnel| view! { <option value=funnel.id.to_string()>{funnel.name.clone()}</option> }).collect_view()
    };
    view! {
        <div class="field">
            <label for="import-funnel">{t::funnel(lang)}</label>
            <select
                id="import-funnel"
                prop:value=move || chosen.get().map(|id| id.to_string()).unwrap_or_default()
                on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
            >
                <option value="">{t::import_funnel_default(lang)}</option>
                {offered}
            </select>
        </div>
    }
}

/// How much of the file is there; then that it is being read.
#[component]
fn Share(sending: Sending) -> impl IntoView {
    let lang = use_lang();
    let on_its_way = Memo::new(move |_| sending.share.get().is_some());
    let words = move || match sending.share.get() {
        Some(share) if share >= 1.0 => t::import_reading(lang),
        Some(_) => t::import_sending(lang),
        None => "",
    };
    view! {
        <Show when=move || on_its_way.get()>
            <div class="import-progress">
                <progress max="1" prop:value=move || sending.share.get().unwrap_or(0.0) aria-label=t::import_sending(lang)></progress>
                <p class="settings-hint" role="status">{words}</p>
            </div>
        </Show>
    }
}
