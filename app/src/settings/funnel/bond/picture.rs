//! The bond as it is drawn: statuses on the left, stages on the right, a line for each way. On a narrow page it is a list.

use domain::funnels::Colour;
use domain::i18n::{Lang, t};
use domain::orders::BondFault;
use leptos::prelude::*;

use super::draft::Draft;
use crate::boot::use_lang;

const WIDTH: usize = 640;
const BOX_WIDTH: usize = 220;
const BOX_HEIGHT: usize = 30;
const ROW: usize = 42;
/// Both ways between the same two boxes lie beside each other.
const APART: usize = 5;
/// So many letters fit a box.
const LETTERS_MAX: usize = 24;

/// One way, as it is drawn and as it is said.
#[derive(Clone, PartialEq)]
struct Line {
    words: String,
    colour: Colour,
    /// From a stage to a status.
    back: bool,
    wrong: bool,
    curve: String,
    head: String,
}

#[component]
pub fn Picture(draft: Draft) -> impl IntoView {
    let lang = use_lang();
    let statuses: Vec<(String, Colour)> = draft
        .statuses
        .with_value(|statuses| statuses.iter().map(|status| (status.name.clone(), status.colour)).collect());
    let stages: Vec<(String, Colour)> = draft
        .funnel
        .with_value(|funnel| funnel.stages.iter().map(|stage| (stage.name.clone(), stage.colour)).collect());
    let count = |boxes: &[(String, Colour)]| i64::try_from(boxes.len()).unwrap_or(i64::MAX);
    let label = t::bond_picture_of(lang, &t::statuses_count(lang, count(&statuses)), &t::stages(lang, count(&stages)));
    let height = statuses.len().max(stages.len()) * ROW;
    let lines = Memo::new(move |_| lines(draft, lang));
    view! {
        <div class="bond-picture">
            <h3>{t::bond_picture(lang)}</h3>
            <p class="settings-hint">{t::bond_picture_hint(lang)}</p>
            <p class="settings-hint" hidden=move || !lines.with(Vec::is_empty)>{t::bond_picture_none(lang)}</p>
            <svg viewBox=format!("0 0 {WIDTH} {height}") role="img" aria-label=label>
                {boxes(statuses, 0)}
                {boxes(stages, WIDTH - BOX_WIDTH)}
                {move || lines.get().into_iter().map(drawn).collect_view()}
            </svg>
            <ul>
                {move || {
                    let said = |line: Line| view! { <li class:wrong=line.wrong>{line.words}</li> };
                    lines.get().into_iter().map(said).collect_view()
                }}
            </ul>
        </div>
    }
    .into_any()
}

fn lines(draft: Draft, lang: Lang) -> Vec<Line> {
    let bond = draft.bond.get();
    let faults = draft.faults.get();
    let loops = |found: &dyn Fn(&BondFault) -> bool| faults.iter().any(|fault| fault.is_error() && found(fault));
    draft.statuses.with_value(|statuses| {
        draft.funnel.with_value(|funnel| {
            let left = |id| statuses.iter().position(|status| status.id == id);
            let right = |id| funnel.stages.iter().position(|stage| stage.id == id);
            let to_stages = bond.to_stage.iter().filter_map(|(status, stage)| {
                let (from, to) = (left(*status)?, right(*stage)?);
                let words = t::bond_line_to_stage(lang, &statuses[from].name, &funnel.stages[to].name);
                let of_loop = |fault: &BondFault| matches!(fault, BondFault::Loop { status: at, .. } if at == status);
                let (curve, head) = forth(middle(from) - APART, middle(to) - APART);
                let colour = statuses[from].colour;
                Some(Line { words, colour, back: false, wrong: loops(&of_loop), curve, head })
            });
            let to_statuses = bond.to_status.iter().filter_map(|(stage, status)| {
                let (from, to) = (right(*stage)?, left(*status)?);
                let words = t::bond_line_to_status(lang, &funnel.stages[from].name, &statuses[to].name);
                let of_loop = |fault: &BondFault| matches!(fault, BondFault::Loop { stage: at, .. } if at == stage);
                let (curve, head) = back(middle(from) + APART, middle(to) + APART);
                let colour = funnel.stages[from].colour;
                Some(Line { words, colour, back: true, wrong: loops(&of_loop), curve, head })
            });
            to_stages.chain(to_statuses).collect()
        })
    })
}

/// The height at which a row's line goes out and comes in.
fn middle(row: usize) -> usize {
    row * ROW + ROW / 2
}

/// From a status at one height to a stage at another: the curve, and the head of its arrow.
fn forth(from: usize, to: usize) -> (String, String) {
    let (left, right) = (BOX_WIDTH + 2, WIDTH - BOX_WIDTH - 2);
    let (neck, half) = (right - 9, WIDTH / 2);
    let curve = format!("M{left} {from} C{half} {from} {half} {to} {neck} {to}");
    (curve, head(right, neck, to))
}

/// From a stage at one height to a status at another.
fn back(from: usize, to: usize) -> (String, String) {
    let (left, right) = (BOX_WIDTH + 2, WIDTH - BOX_WIDTH - 2);
    let (neck, half) = (left + 9, WIDTH / 2);
    let curve = format!("M{right} {from} C{half} {from} {half} {to} {neck} {to}");
    (curve, head(left, neck, to))
}

fn head(point: usize, neck: usize, at: usize) -> String {
    let (above, below) = (at.saturating_sub(5), at + 5);
    format!("M{point} {at} L{neck} {above} L{neck} {below} Z")
}

fn drawn(line: Line) -> impl IntoView {
    let Line { words, colour, back, wrong, curve, head } = line;
    let colour = if wrong { format!("wrong c-{}", colour.key()) } else { format!("c-{}", colour.key()) };
    let way = if back { "bond-line bond-back" } else { "bond-line" };
    view! {
        <g class=colour>
            <title>{words}</title>
            <path class=way d=curve></path>
            <path class="bond-head" d=head></path>
        </g>
    }
}

fn boxes(named: Vec<(String, Colour)>, left: usize) -> impl IntoView {
    let one = move |(row, (name, colour)): (usize, (String, Colour))| {
        let top = row * ROW + (ROW - BOX_HEIGHT) / 2;
        let (text_left, text_base) = ((left + 12).to_string(), (top + BOX_HEIGHT / 2 + 5).to_string());
        let short = shortened(&name);
        view! {
            <g class=format!("c-{}", colour.key())>
                <title>{name}</title>
                <rect x=left.to_string() y=top.to_string() width=BOX_WIDTH.to_string() height=BOX_HEIGHT.to_string() rx="6"></rect>
                <text x=text_left y=text_base>{short}</text>
            </g>
        }
    };
    named.into_iter().enumerate().map(one).collect_view()
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LETTERS_MAX {
        return name.to_owned();
    }
    let kept: String = name.chars().take(LETTERS_MAX - 1).collect();
    format!("{}…", kept.trim_end())
}
