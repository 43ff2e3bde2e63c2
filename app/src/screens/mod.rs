//! What a screen on a wall shows: a code until somebody enters it, then one funnel, to be read from four metres away.
//! Only the server draws it; the screen's script swaps in what is new and keeps the time.

use domain::i18n::{Lang, t};
use domain::ids::Millis;
use domain::money;
use domain::screens::{Wall, WallMove, WallStage};
use leptos::prelude::*;

use crate::paper::{Paper, hex};

/// What a screen is drawn with.
pub struct Look<'a> {
    pub lang: Lang,
    /// Of the site's files; a screen that hears of another loads itself anew.
    pub build: &'a str,
    pub nonce: &'a str,
    /// The server's clock, ms, and the shop's distance from UTC then, minutes.
    pub now: Millis,
    pub offset: i64,
    /// A time of day in the shop's zone: "12:05".
    pub clock: &'a dyn Fn(Millis) -> String,
    /// A day in the shop's zone: "23.11".
    pub day: &'a dyn Fn(Millis) -> String,
}

pub fn pairing(code: &str, address: &str, look: &Look<'_>) -> String {
    let lang = look.lang;
    // Two groups of three are read across a room better than one of six.
    let (first, second) = code.split_at(code.len().min(3));
    let body = view! {
        <main class="pairing">
            <h1>{t::wall_pair_title(lang)}</h1>
            <p>{t::wall_pair_how(lang, address)}</p>
            <p class="code" data-code=code.to_owned()><span>{first.to_owned()}</span><span>{second.to_owned()}</span></p>
            <p class="quiet">{t::wall_pair_wait(lang)}</p>
        </main>
    };
    document(look, t::wall_pair_title(lang), "", body.into_any().to_html())
}

pub fn page(wall: Option<&Wall>, look: &Look<'_>) -> String {
    let title = wall.map_or("", |wall| wall.funnel.as_str());
    document(look, title, &colours(), inside(wall, look))
}

/// What changes: the inside of `main`.
pub fn inside(wall: Option<&Wall>, look: &Look<'_>) -> String {
    let lang = look.lang;
    let Some(wall) = wall else {
        return view! { <main id="wall" class="pairing"><h1>{t::wall_gone(lang)}</h1></main> }.into_any().to_html();
    };
    let most = wall.stages.iter().filter_map(|stage| stage.reached).max().unwrap_or(0);
    let next = |index: usize| wall.stages.iter().skip(index + 1).find_map(|stage| stage.reached);
    let rows = wall.stages.iter().enumerate().map(|(index, stage)| row(stage, (most, next(index)), lang));
    let rows = rows.collect_view();
    let none = wall.moves.is_empty().then(|| view! { <li class="quiet">{t::wall_moves_none(lang)}</li> });
    let moves = wall.moves.iter().map(|one| moved(one, wall.day_began, look)).collect_view();
    let today = [
        (wall.today.new, t::wall_new(lang), "new"),
        (wall.today.won, t::wall_won(lang), "won"),
        (wall.today.lost, t::wall_lost(lang), "lost"),
    ];
    let today = today.map(|(count, words, class)| {
        view! { <div class=class><dd>{number(count, lang)}</dd><dt>{words}</dt></div> }
    });
    view! {
        <main id="wall" class="wall">
            <header>
                <h1>{wall.funnel.clone()}</h1>
                <p class="clock" data-now=look.now.to_string() data-offset=look.offset.to_string()>{(look.clock)(look.now)}</p>
            </header>
            <section class="funnel" aria-label=wall.funnel.clone()>{rows}</section>
            <aside>
                <h2>{t::wall_today(lang)}</h2>
                <dl class="today">{today.into_iter().collect_view()}</dl>
                <h2>{t::wall_moves(lang)}</h2>
                <ol class="moves">{moves}{none}</ol>
            </aside>
            <footer>
                <p class="fresh">{t::wall_updated(lang)}" "<time>{(look.clock)(look.now)}</time></p>
                <p class="old" role="status">{t::wall_stale(lang)}" "<time>{(look.clock)(look.now)}</time>" "<span class="age"></span></p>
            </footer>
        </main>
    }
    .into_any()
    .to_html()
}

/// A stage: its name, the funnel at its place, how many deals stand there and what they come to.
fn row(stage: &WallStage, (most, next): (i64, Option<i64>), lang: Lang) -> AnyView {
    let sums: Vec<String> = stage.sums.iter().map(|(currency, sum)| money::format(*sum, *currency, lang)).collect();
    let shape = stage.reached.filter(|_| most > 0).map(|reached| {
        let width = |count: i64| 100.0 * count as f64 / most as f64;
        // A stage that few have reached is still to be seen.
        let (top, bottom) = (width(reached).max(1.0), width(next.unwrap_or(reached)).max(1.0));
        let (left, right, below_left, below_right) =
            (50.0 - top / 2.0, 50.0 + top / 2.0, 50.0 - bottom / 2.0, 50.0 + bottom / 2.0);
        let points = format!("{left:.2},0 {right:.2},0 {below_right:.2},10 {below_left:.2},10");
        view! { <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><polygon points=points/></svg> }
    });
    view! {
        <div class=format!("row {} c-{}", stage.kind.key(), stage.colour.key()) data-stage=stage.id.to_string()>
            <h2><span class="dot" aria-hidden="true"></span>{stage.name.clone()}</h2>
            <div class="shape">{shape}</div>
            <p class="count">{number(stage.count, lang)}</p>
            <p class="sum">{sums.join(" + ")}</p>
        </div>
    }
    .into_any()
}

fn moved(one: &WallMove, day_began: Millis, look: &Look<'_>) -> AnyView {
    let name = one.number.as_ref().map_or_else(|| t::wall_deal(look.lang).to_owned(), |number| format!("№ {number}"));
    // "12:05" alone is today.
    let day = (one.at < day_began).then(|| view! { <span class="day">{(look.day)(one.at)}</span> });
    view! {
        <li class=format!("c-{}", one.colour.key())>
            <time>{(look.clock)(one.at)}</time>
            <span class="what">{name}</span>
            <span class="sum">{money::format(one.sum, one.currency, look.lang)}</span>
            {day}
            <span class="to"><span class="dot" aria-hidden="true"></span>{one.to.clone()}</span>
        </li>
    }
    .into_any()
}

fn number(count: i64, lang: Lang) -> String {
    money::group(count.unsigned_abs(), lang)
}

/// A wall is dark: the palette's colours for a dark page.
fn colours() -> String {
    let rule = |colour: domain::funnels::Colour| format!(".c-{}{{--solid:{}}}", colour.key(), hex(colour.dark().solid));
    domain::funnels::Colour::ALL.into_iter().map(rule).collect()
}

fn document(look: &Look<'_>, title: &str, colours: &str, body: String) -> String {
    let Look { lang, build, nonce, .. } = *look;
    Paper { files: "tv", lang, build, nonce, title, scheme: "dark", colours }.with(&body)
}
