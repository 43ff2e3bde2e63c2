//! The form of a deal's contents. Faults stand beside their fields; a refusal keeps what was typed.

use domain::auth::Action;
use domain::board::Refusal;
use domain::deals::{CreateDeal, DealForm, EditDeal, Faults, Field, LineForm, Source};
use domain::i18n::t;
use domain::ids::{DealId, StageId, StorefrontId};
use domain::money::{self, Currency};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api;
use crate::board::BoardState;
use crate::boot::use_lang;
use crate::error::{AppError, fault_words};
use crate::kit::{Attempt, Fault, Glyph, Icon, Toast, use_toasts};

/// What is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    New(Option<StageId>),
    Known { deal: DealId, seen: i64, currency: Currency },
}

/// A line with a key of its own, so that removing one does not shuffle the others' fields.
type KeyedLine = (u64, RwSignal<LineForm>);

#[component]
pub fn DealFields(
    state: BoardState,
    subject: Subject,
    form: DealForm,
    dirty: RwSignal<bool>,
    done: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let toasts = use_toasts();
    let currency = match subject {
        Subject::Known { currency, .. } => currency,
        Subject::New(_) => Currency::UAH,
    };
    let storefront = RwSignal::new(state.home());
    // A new deal is counted in the money of its storefront.
    let currency = move || match subject {
        Subject::Known { .. } => currency,
        Subject::New(_) => state.currency(storefront.get()).unwrap_or(currency),
    };
    let (creating, editing) = (Attempt::new(), Attempt::new());
    let lines: RwSignal<Vec<KeyedLine>> =
        RwSignal::new((0..).zip(form.lines.iter().cloned().map(RwSignal::new)).collect());
    let form = RwSignal::new(DealForm { lines: Vec::new(), ..form });
    let next = StoredValue::new(1_000u64);
    let faults = RwSignal::new(Faults::new());
    let refusal = RwSignal::new(None::<String>);
    let saving = RwSignal::new(false);
    let whole = move || DealForm {
        lines: lines.with(|lines| lines.iter().map(|(_, line)| line.get()).collect()),
        ..form.get()
    };
    let may = match subject {
        Subject::New(_) => state.may(Action::CreateDeal),
        Subject::Known { .. } => state.may(Action::EditDeal),
    };
    let fault = move |field: Field| {
        Signal::derive(move || {
            faults.with(|faults| {
                faults.iter().find(|(f, _)| *f == field).map(|(_, fault)| fault_words(*fault, lang).to_owned())
            })
        })
    };
    let sum = move || {
        let total = DealForm { sum: String::new(), ..whole() }.parse(currency()).ok().map(|contents| contents.sum);
        total.map(|sum| money::editable(sum, currency(), lang)).unwrap_or_default()
    };
    let answered = move |error: Option<AppError>| {
        saving.try_set(false);
        match error {
            None => {
                dirty.set(false);
                let words =
                    if matches!(subject, Subject::New(_)) { t::deal_created(lang) } else { t::deal_saved(lang) };
                toasts.show(Toast::done(words));
                done.run(());
            }
            Some(AppError::Refused(Refusal::Faults { faults: found })) => {
                faults.try_set(found);
            }
            Some(error) => {
                refusal.try_set(Some(error.words(lang)));
            }
        }
    };
    let seen = StoredValue::new(match subject {
        Subject::Known { seen, .. } => seen,
        Subject::New(_) => 0,
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = whole();
        refusal.set(None);
        faults.set(untrack(|| form.parse(currency())).err().unwrap_or_default());
        if !faults.with_untracked(Vec::is_empty) || saving.get_untracked() {
            return;
        }
        saving.set(true);
        spawn_local(async move {
            let result = match subject {
                Subject::New(stage) => {
                    let storefront = storefront.get_untracked();
                    let command = creating.id(&(storefront, form.clone()));
                    let command = CreateDeal { command, funnel: state.funnel, stage, storefront, form };
                    api::send_new(command).await.map(|_| creating.done())
                }
                Subject::Known { deal, .. } => {
                    let command = editing.id(&(seen.get_value(), form.clone()));
                    let command = EditDeal { command, deal, seen: seen.get_value(), form };
                    api::send_edit(command).await.map(|details| {
                        editing.done();
                        seen.set_value(details.contents_version)
                    })
                }
            };
            if let Err(AppError::Refused(Refusal::Edited { version })) = &result {
                // The next save is a decision made in sight of the warning.
                seen.set_value(*version);
            }
            answered(result.err());
        });
    };
    let text = move |id: &'static str,
                     label: &'static str,
                     kind: &'static str,
                     field: Field,
                     get: fn(&DealForm) -> &String,
                     set: fn(&mut DealForm) -> &mut String| {
        view! {
            <label class="field"><span>{label}</span>
                <input id=id type=kind autocomplete="off" disabled=!may prop:value=move || form.with(|form| get(form).clone()) aria-invalid=move || fault(field).get().is_some().to_string()
                    on:input=move |event| { dirty.set(true); form.update(|form| *set(form) = event_target_value(&event)) }/>
                <Fault words=fault(field)/>
            </label>
        }
    };
    view! {
        <form class="deal-form" on:submit=submit novalidate>
            {matches!(subject, Subject::New(_)).then(|| view! { <StorefrontChoice state chosen=storefront/> })}
            {text("deal-name", t::customer_name(lang), "text", Field::CustomerName, |f| &f.customer_name, |f| &mut f.customer_name)}
            <div class="pair">
                {text("deal-phone", t::phone(lang), "tel", Field::Phone, |f| &f.phone, |f| &mut f.phone)}
                {text("deal-email", t::email(lang), "email", Field::Email, |f| &f.email, |f| &mut f.email)}
            </div>
            <div class="pair">
                <label class="field"><span>{t::source(lang)}</span>
                    <select id="deal-source" disabled=!may on:change=move |event| { dirty.set(true); form.update(|form| form.source = event_target_value(&event)) }>
                        {Source::ALL.into_iter().map(|source| view! { <option value=source.key() selected=form.with_untracked(|form| form.source == source.key())>{t::source_name(lang, source)}</option> }).collect_view()}
                    </select>
                    <Fault words=fault(Field::Source)/>
                </label>
                <label class="field"><span>{t::responsible(lang)}</span>
                    <select id="deal-responsible" disabled=!may on:change=move |event| { dirty.set(true); form.update(|form| form.responsible = event_target_value(&event).parse().ok()) }>
                        <option value="">{t::nobody_responsible(lang)}</option>
                        {state.people.get_untracked().into_iter().filter(|p| !p.removed).map(|person| view! { <option value=person.id.to_string() selected=form.with_untracked(|form| form.responsible == Some(person.id))>{person.name}</option> }).collect_view()}
                    </select>
                    <Fault words=fault(Field::Responsible)/>
                </label>
            </div>
            <fieldset class="lines">
                <legend>{t::goods(lang)}</legend>
                <For each=move || lines.get() key=|(key, _)| *key let((key, line))>
                    <LineFields lines key line dirty may faults/>
                </For>
                <Show when=move || may>
                    <button type="button" class="button quiet" on:click=move |_| { let key = next.get_value(); next.set_value(key + 1); lines.update(|lines| lines.push((key, RwSignal::new(LineForm::default())))) }><Icon glyph=Glyph::Plus/>{t::line_add(lang)}</button>
                </Show>
                <Fault words=fault(Field::Lines)/>
                <label class="lines-sum"><span>{t::sum(lang)}", "{move || currency().code().to_owned()}</span>
                    <input id="deal-sum" type="text" inputmode="decimal" autocomplete="off" disabled=!may title=t::sum_hint(lang) placeholder=sum prop:value=move || form.with(|form| form.sum.clone()) aria-invalid=move || fault(Field::Sum).get().is_some().to_string()
                        on:input=move |event| { dirty.set(true); form.update(|form| form.sum = event_target_value(&event)) }/>
                </label>
                <Fault words=fault(Field::Sum)/>
            </fieldset>
            <label class="field"><span>{t::comment(lang)}</span>
                <textarea id="deal-comment" rows="3" disabled=!may prop:value=move || form.with(|form| form.comment.clone()) on:input=move |event| { dirty.set(true); form.update(|form| form.comment = event_target_value(&event)) }></textarea>
                <Fault words=fault(Field::Comment)/>
            </label>
            <Fault words=refusal/>
            <Show when=move || may>
                <div class="dialog-actions"><button type="submit" class="button primary" disabled=move || saving.get()>{t::save(lang)}</button></div>
            </Show>
        </form>
    }
}

/// On a board that several storefronts share, somebody has to say whose deal it is.
#[component]
fn StorefrontChoice(state: BoardState, chosen: RwSignal<Option<StorefrontId>>) -> impl IntoView {
    let lang = use_lang();
    let shops = state.storefronts.get_untracked();
    (state.storefront.is_none() && shops.len() > 1).then(|| view! {
        <label class="field"><span>{t::storefront(lang)}</span>
            <select id="deal-storefront" on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
                {shops.into_iter().map(|(id, name, _)| view! { <option value=id.to_string() selected=chosen.get_untracked() == Some(id)>{name}</option> }).collect_view()}
            </select>
        </label>
    })
}

#[component]
fn LineFields(
    lines: RwSignal<Vec<KeyedLine>>,
    key: u64,
    line: RwSignal<LineForm>,
    dirty: RwSignal<bool>,
    may: bool,
    faults: RwSignal<Faults>,
) -> impl IntoView {
    let lang = use_lang();
    let index = move || lines.with(|lines| lines.iter().position(|(other, _)| *other == key).unwrap_or(usize::MAX));
    let words = move |field: fn(usize) -> Field| {
        Signal::derive(move || {
            let field = field(index());
            faults.with(|faults| {
                faults.iter().find(|(f, _)| *f == field).map(|(_, fault)| fault_words(*fault, lang).to_owned())
            })
        })
    };
    let input = move |class: &'static str,
                      label: &'static str,
                      mode: &'static str,
                      get: fn(&LineForm) -> &String,
                      set: fn(&mut LineForm) -> &mut String| {
        view! {
            <input class=class type="text" inputmode=mode autocomplete="off" aria-label=label placeholder=label disabled=!may prop:value=move || line.with(|line| get(line).clone())
                on:input=move |event| { dirty.set(true); line.update(|line| *set(line) = event_target_value(&event)) }/>
        }
    };
    view! {
        <div class="line">
            {input("line-name", t::line_name(lang), "text", |l| &l.name, |l| &mut l.name)}
            {input("line-sku", t::line_sku(lang), "text", |l| &l.sku, |l| &mut l.sku)}
            {input("line-quantity", t::line_quantity(lang), "numeric", |l| &l.quantity, |l| &mut l.quantity)}
            {input("line-price", t::line_price(lang), "decimal", |l| &l.price, |l| &mut l.price)}
            <Show when=move || may>
                <button type="button" class="icon-button" aria-label=t::line_remove(lang) title=t::line_remove(lang) on:click=move |_| { dirty.set(true); lines.update(|lines| lines.retain(|(other, _)| *other != key)) }><Icon glyph=Glyph::Trash/></button>
            </Show>
            <Fault words=words(Field::LineName)/>
            <Fault words=words(Field::LineQuantity)/>
            <Fault words=words(Field::LinePrice)/>
        </div>
    }
}
