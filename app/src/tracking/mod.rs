//! The page of an order for its customer, made for a phone: complete without a script, and without any of the app's.
//! Only the server draws it.

use domain::i18n::{Lang, t};
use domain::ids::Millis;
use domain::money;
use domain::tracking::{Parcel, Step, StepState, Tracked};
use leptos::prelude::*;

use crate::paper::{Paper, hex};

/// What the page is drawn with.
pub struct Look<'a> {
    pub lang: Lang,
    /// Of the site's files.
    pub build: &'a str,
    pub nonce: &'a str,
    /// A time in the shop's zone and the reader's form; the first also for machines.
    pub when: &'a dyn Fn(Millis) -> (String, String),
    /// A day, `YYYY-MM-DD`, in the reader's form.
    pub day: &'a dyn Fn(&str) -> String,
}

pub fn page(order: &Tracked, look: &Look<'_>) -> String {
    let title = format!("{} · {}", heading(order, look.lang), order.storefront);
    let body = inside(order, look);
    document(look, &title, &colours(order), body)
}

/// For a link that opens nothing, whether it never did or does no more.
pub fn nothing(look: &Look<'_>) -> String {
    let lang = look.lang;
    let body = view! {
        <main class="nothing"><h1>{t::track_nothing(lang)}</h1><p>{t::track_nothing_hint(lang)}</p></main>
    };
    document(look, t::track_nothing(lang), "", body.into_any().to_html())
}

/// What changes while the page is open: the inside of its `main`.
pub fn inside(order: &Tracked, look: &Look<'_>) -> String {
    let lang = look.lang;
    let now = order.now().map_or_else(|| t::track_received(lang).to_owned(), |step| name_of(step, lang));
    let means = order.now().filter(|step| !step.text.is_empty()).map(|step| view! { <p>{step.text.clone()}</p> });
    let until = order.until.as_deref().map(|day| view! { <p>{t::track_until(lang, &(look.day)(day))}</p> });
    let parcel = order.parcel.as_ref().map(|parcel| parcel_section(parcel, look));
    let steps = order.steps.iter().map(|step| step_line(step, look)).collect_view();
    let currency = order.currency;
    let goods = order.goods.iter().map(|line| {
        let many = if line.quantity > 1 { format!(" × {}", line.quantity) } else { String::new() };
        view! { <tr><td>{format!("{}{many}", line.name)}</td><td>{money::format(line.total, currency, lang)}</td></tr> }
    });
    let goods = goods.collect_view();
    let (machine, people) = (look.when)(order.changed_at);
    view! {
        <main id="order">
            <header><p class="shop">{order.storefront.clone()}</p><h1>{heading(order, lang)}</h1></header>
            <div class="now" role="status"><p>{now}</p>{means}{until}</div>
            <p class="lost" hidden>{t::track_offline(lang)}</p>
            <ol class="steps">{steps}</ol>
            {parcel}
            <section>
                <h2>{t::goods(lang)}</h2>
                <table>
                    <tbody>{goods}</tbody>
                    <tfoot><tr><th scope="row">{t::sum(lang)}</th><td>{money::format(order.sum, currency, lang)}</td></tr></tfoot>
                </table>
            </section>
            <footer>{t::track_changed(lang)}" "<time datetime=machine>{people}</time></footer>
        </main>
    }
    .into_any()
    .to_html()
}

fn heading(order: &Tracked, lang: Lang) -> String {
    order.number.as_ref().map_or_else(|| t::track_order(lang).to_owned(), |number| t::track_order_number(lang, number))
}

/// A cancelled order whose stage has no public name is cancelled all the same.
fn name_of(step: &Step, lang: Lang) -> String {
    match (step.name.as_str(), step.state) {
        ("", StepState::Off) => t::track_cancelled(lang).to_owned(),
        (name, _) => name.to_owned(),
    }
}

fn step_line(step: &Step, look: &Look<'_>) -> AnyView {
    let (class, said) = match step.state {
        StepState::Done => ("done", t::track_done(look.lang)),
        StepState::Now => ("current", t::track_now(look.lang)),
        StepState::Ahead => ("ahead", t::track_ahead(look.lang)),
        StepState::Off => ("off", t::track_off(look.lang)),
    };
    let time = step.at.map(|at| {
        let (machine, people) = (look.when)(at);
        view! { <time datetime=machine>{people}</time> }
    });
    view! {
        <li class=class aria-current=(step.state == StepState::Now).then_some("step")>
            <span class="mark" aria-hidden="true"></span>
            <span class="name">{name_of(step, look.lang)}<span class="said">{format!(" ({said})")}</span></span>
            {time}
        </li>
    }
    .into_any()
}

/// A number, when it may be expected, and where anybody can follow it; a carrier that we do not know has no page.
fn parcel_section(parcel: &Parcel, look: &Look<'_>) -> AnyView {
    let lang = look.lang;
    let Parcel { carrier, number, expected } = parcel;
    let expected = expected.map(|at| {
        // The day alone: nobody knows the hour.
        let (machine, _) = (look.when)(at);
        let day = machine.get(..10).unwrap_or_default().to_owned();
        view! { <p class="expected">{t::track_expected(lang, &(look.day)(&day))}</p> }
    });
    let page = carrier.link(number).zip(carrier.name());
    let link = page.map(|(page, name)| {
        view! { <p><a href=page rel="noopener noreferrer">{t::track_follow(lang, name)}</a></p> }
    });
    view! {
        <section class="parcel">
            <h2>{t::track_parcel(lang)}</h2>
            {expected}
            <p>{format!("{}: {number}", t::track_number(lang))}</p>
            {link}
        </section>
    }
    .into_any()
}

/// The storefront's colour on a light and on a dark page: the palette's, whose contrast is computed.
fn colours(order: &Tracked) -> String {
    let set = |swatch: domain::funnels::palette::Swatch| {
        format!("--solid:{};--soft:{};--ink:{}", hex(swatch.solid), hex(swatch.soft), hex(swatch.ink))
    };
    let (light, dark) = (set(order.colour.light()), set(order.colour.dark()));
    format!(":root{{{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}")
}

fn document(look: &Look<'_>, title: &str, colours: &str, body: String) -> String {
    let Look { lang, build, nonce, .. } = *look;
    Paper { files: "track", lang, build, nonce, title, scheme: "light dark", colours }.with(&body)
}
