//! One list: of which storefront or funnel, of which days, in which form.

use domain::export::{Form, List, address};
use domain::funnels::Funnel;
use domain::i18n::t;
use domain::storefronts::Storefront;
use leptos::prelude::*;

use crate::boot::use_lang;

#[component]
pub fn ExportList(list: List, funnels: StoredValue<Vec<Funnel>>, shops: StoredValue<Vec<Storefront>>) -> impl IntoView {
    let lang = use_lang();
    let heading = format!("export-{}", list.key());
    // Deals are narrowed down as on a board, by the same names.
    let (from, to) = if list == List::Deals { ("from", "to") } else { ("since", "until") };
    let funnel = (list == List::Deals).then(|| {
        let choices = funnels.get_value().into_iter().map(|one| (one.id.to_string(), one.name)).collect::<Vec<_>>();
        view! { <Choice list name="funnel" label=t::funnel(lang) any=t::export_all_funnels(lang) choices/> }
    });
    let storefront = shops.with_value(|all| all.len() > 1).then(|| {
        let choices = shops.get_value().into_iter().map(|one| (one.id.to_string(), one.name)).collect::<Vec<_>>();
        view! { <Choice list name="storefront" label=t::storefront(lang) any=t::filter_storefront(lang) choices/> }
    });
    view! {
        <section class="card settings-card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{t::export_list(lang, list)}</h2>
            {(list == List::Deals).then(|| view! { <p class="settings-hint">{t::export_deals_hint(lang)}</p> })}
            <form method="get" action=address(list, Form::Csv)>
                <div class="settings-pair">{funnel} {storefront}</div>
                <div class="settings-pair">
                    <Day list name=from label=t::export_since(lang)/>
                    <Day list name=to label=t::export_until(lang)/>
                </div>
                <div class="settings-buttons">
                    {Form::ALL.map(|form| view! {
                        <button type="submit" class="button" formaction=address(list, form) aria-describedby=heading.clone()>
                            {t::export_as(lang, t::export_form(lang, form))}
                        </button>
                    })}
                </div>
            </form>
        </section>
    }
}

/// Of all of them, or of one.
#[component]
fn Choice(
    list: List,
    name: &'static str,
    label: &'static str,
    any: &'static str,
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let id = format!("export-{}-{name}", list.key());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id.clone() name=name>
                <option value="">{any}</option>
                {choices.into_iter().map(|(value, words)| view! { <option value=value>{words}</option> }).collect_view()}
            </select>
        </div>
    }
}

/// In the shop's time zone; empty for no limit.
#[component]
fn Day(list: List, name: &'static str, label: &'static str) -> impl IntoView {
    let id = format!("export-{}-{name}", list.key());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input type="date" id=id.clone() name=name min="1970-01-01" max="9998-12-31"/>
        </div>
    }
}
