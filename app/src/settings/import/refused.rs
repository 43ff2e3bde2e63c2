//! The rows that were refused: where, what stood there, why; all of them as a file.

use domain::i18n::{Lang, t};
use domain::import::{Import, RefusedRow, Wrong};
use leptos::prelude::*;

use super::api::{self, ROWS_AT_ONCE};
use crate::boot::use_lang;
use crate::error::AppError;
use crate::kit::Fault;
use crate::settings::outcome::{Loading, fault_of};

/// A cell may be as long as a page.
const VALUE_CHARS_MAX: usize = 80;

#[component]
pub fn Refused(import: Signal<Import>) -> impl IntoView {
    let some = Memo::new(move |_| import.with(|import| import.counts.refused > 0 && !import.emptied));
    view! {
        <Show when=move || some.get()>
            <RefusedRows first=import.get_untracked()/>
        </Show>
    }
}

#[component]
fn RefusedRows(first: Import) -> impl IntoView {
    let lang = use_lang();
    let id = first.id;
    let rows = RwSignal::new(Vec::<RefusedRow>::new());
    let more = RwSignal::new(true);
    let load = Action::new(move |(): &()| {
        let after = rows.with_untracked(|rows| rows.last().map_or(0, |last| last.row));
        async move {
            let next = api::refused_rows(id, after).await?;
            more.set(next.len() as i64 == ROWS_AT_ONCE);
            rows.update(|rows| rows.extend(next));
            Ok::<(), AppError>(())
        }
    });
    // The page is there before them: they may be many.
    Effect::new(move || {
        load.dispatch(());
    });
    let headings = StoredValue::new(first.headings);
    let lines = move || {
        let rows = rows.get();
        rows.into_iter().map(|row| headings.with_value(|headings| one_row(row, headings, lang))).collect_view()
    };
    view! {
        <section class="card settings-card" aria-labelledby="import-refused">
            <h2 id="import-refused">{t::import_refused_rows(lang)}</h2>
            <p class="settings-hint">{t::import_refused_hint(lang)}</p>
            <div class="settings-buttons">
                <a class="button" href=format!("/import/{id}/report.csv") download rel="external">{t::import_download(lang)}</a>
            </div>
            <Show when=move || load.pending().get() && rows.with(Vec::is_empty)><Loading/></Show>
            <Show when=move || rows.with(|rows| !rows.is_empty())>
                <div class="import-table" role="group" aria-labelledby="import-refused" tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t::import_report_row(lang)}</th>
                                <th scope="col">{t::import_report_column(lang)}</th>
                                <th scope="col">{t::import_value(lang)}</th>
                                <th scope="col">{t::import_report_reason(lang)}</th>
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </Show>
            <Fault words=fault_of(load)/>
            <Show when=move || more.get() && rows.with(|rows| !rows.is_empty())>
                <div class="settings-buttons">
                    <button type="button" class="button" disabled=move || load.pending().get() on:click=move |_| { load.dispatch(()); }>
                        {t::import_more(lang)}
                    </button>
                </div>
            </Show>
        </section>
    }
}

/// A line for each thing that is wrong with it.
fn one_row(row: RefusedRow, headings: &[String], lang: Lang) -> impl IntoView + use<> {
    let RefusedRow { row, cells, wrong } = row;
    let line = |wrong: Wrong| {
        let heading = wrong.column.and_then(|column| headings.get(column)).filter(|heading| !heading.trim().is_empty());
        let place = heading.cloned().unwrap_or_else(|| wrong.field.words(lang).to_owned());
        let value = wrong.column.and_then(|column| cells.get(column));
        let value: String = value.map(|value| value.chars().take(VALUE_CHARS_MAX).collect()).unwrap_or_default();
        view! {
            <tr>
                <td>{row.to_string()}</td>
                <td>{place}</td>
                <td>{value}</td>
                <td>{wrong.why.words(lang)}</td>
            </tr>
        }
    };
    wrong.into_iter().map(line).collect_view()
}
