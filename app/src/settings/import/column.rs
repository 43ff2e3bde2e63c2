//! One column of a file: its heading, a few of its values, what it means.

use domain::i18n::t;
use domain::import::{Field, Kind};
use leptos::prelude::*;

use super::mapping::is_twice;
use crate::boot::use_lang;

#[component]
pub fn Column(
    at: usize,
    heading: String,
    values: Vec<String>,
    kind: Kind,
    fields: RwSignal<Vec<Option<Field>>>,
) -> impl IntoView {
    let lang = use_lang();
    let heading = heading.trim();
    let heading = if heading.is_empty() { t::import_column(lang, &letters(at)) } else { heading.to_owned() };
    let values = if values.is_empty() { t::import_column_blank(lang).to_owned() } else { values.join(" · ") };
    let id = format!("import-column-{at}");
    let first = fields.with_untracked(|fields| fields.get(at).copied().flatten());
    let twice = Memo::new(move |_| fields.with(|fields| is_twice(fields, at)));
    let choose = move |event| {
        let field = Field::parse(&event_target_value(&event));
        fields.update(|fields| {
            if let Some(place) = fields.get_mut(at) {
                *place = field;
            }
        });
    };
    let needed = |field: Field| kind.required().iter().any(|any| any.contains(&field));
    let name = |field: Field| format!("{}{}", field.words(lang), if needed(field) { " *" } else { "" });
    view! {
        <li class="import-column">
            <label class="settings-name" for=id.clone()>{heading}</label>
            <p class="settings-hint import-values">{values}</p>
            <div class="field">
                <select
                    id=id.clone()
                    aria-invalid=move || twice.get().then_some("true")
                    aria-describedby=move || twice.get().then(|| format!("import-column-{at}-again"))
                    on:change=choose
                >
                    <option value="" selected=first.is_none()>{t::import_column_skip(lang)}</option>
                    {Field::of(kind)
                        .map(|field| view! {
                            <option value=field.key() selected=first == Some(field)>{name(field)}</option>
                        })
                        .collect_view()}
                </select>
                <Show when=move || twice.get()>
                    <p class="fault" id=format!("import-column-{at}-again")>{t::import_column_again(lang)}</p>
                </Show>
            </div>
        </li>
    }
}

/// As a spreadsheet names it: A to Z, then AA.
fn letters(at: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    match at / 26 {
        0 => letter(at).to_string(),
        before => format!("{}{}", letter(before - 1), letter(at)),
    }
}
