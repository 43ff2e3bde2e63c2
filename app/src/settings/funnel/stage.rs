//! One stage's line, which opens into its form.

use domain::funnels::{Funnel, Stage, StageKind};
use domain::i18n::t;
use leptos::prelude::*;

use super::edit::EditStage;
use super::stages::Asks;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};
use crate::settings::outcome::focus;

#[component]
pub fn StageItem(funnel: RwSignal<Funnel>, first: Stage, mine: bool, asks: Asks) -> impl IntoView {
    let id = first.id;
    let stage = Memo::new(move |last: Option<&Stage>| {
        funnel.with(|funnel| funnel.stage(id).cloned()).or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
    });
    let index = Memo::new(move |_| {
        funnel.with(|funnel| funnel.stages.iter().position(|other| other.id == id)).unwrap_or_default()
    });
    let open = Memo::new(move |_| asks.editing.get() == Some(id));
    let close = move |()| {
        asks.editing.set(None);
        focus(format!("stage-{id}-edit"));
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => -1,
            "ArrowDown" if event.alt_key() => 1,
            _ => return,
        };
        event.prevent_default();
        asks.shift.run((id, by));
    };
    view! {
        <li class="stage" data-stage-id=id.to_string()>
            {if mine {
                view! { <div class="stage-line" on:keydown=keys><About stage/><Tools funnel stage index asks/></div> }.into_any()
            } else {
                view! { <div class="stage-line"><About stage/></div> }.into_any()
            }}
            <Show when=move || open.get()>
                <EditStage funnel stage=stage.get_untracked() index=index.into() on_close=close/>
            </Show>
        </li>
    }
}

#[component]
fn About(stage: Memo<Stage>) -> impl IntoView {
    let lang = use_lang();
    let limit = move || stage.with(|stage| stage.limit_hours.filter(|_| stage.kind == StageKind::Open));
    view! {
        <span class=move || stage.with(|stage| format!("swatch c-{}", stage.colour.key())) aria-hidden="true"></span>
        <span class="settings-name">{move || stage.with(|stage| stage.name.clone())}</span>
        <span class="settings-hint">
            {move || stage.with(|stage| format!("{} · {}", t::kind_name(lang, stage.kind), t::colour_name(lang, stage.colour)))}
            {move || limit().map(|hours| format!(" · {}", t::stage_limit_is(lang, &t::hours_short(lang, hours))))}
        </span>
    }
}

#[component]
fn Tools(funnel: RwSignal<Funnel>, stage: Memo<Stage>, index: Memo<usize>, asks: Asks) -> impl IntoView {
    let lang = use_lang();
    let id = stage.with_untracked(|stage| stage.id);
    let count = Memo::new(move |_| funnel.with(|funnel| funnel.stages.len()));
    let named =
        move |words: fn(domain::i18n::Lang, &str) -> String| move || stage.with(|stage| words(lang, &stage.name));
    let edit = move |_| {
        asks.editing.update(|open| *open = if *open == Some(id) { None } else { Some(id) });
        focus(format!("stage-{id}-name"));
    };
    view! {
        <span class="stage-tools">
            <button
                id=format!("stage-{id}-up")
                type="button"
                class="icon-button"
                title=t::stage_up(lang)
                aria-label=named(t::stage_up_of)
                disabled=move || index.get() == 0
                on:click=move |_| asks.shift.run((id, -1))
            >
                <Icon glyph=Glyph::Up/>
            </button>
            <button
                id=format!("stage-{id}-down")
                type="button"
                class="icon-button"
                title=t::stage_down(lang)
                aria-label=named(t::stage_down_of)
                disabled=move || index.get() + 1 == count.get()
                on:click=move |_| asks.shift.run((id, 1))
            >
                <Icon glyph=Glyph::Down/>
            </button>
            <button
                id=format!("stage-{id}-edit")
                type="button"
                class="button quiet"
                aria-label=named(t::stage_edit_of)
                aria-expanded=move || (asks.editing.get() == Some(id)).to_string()
                on:click=edit
            >
                {t::stage_edit(lang)}
            </button>
            <button
                type="button"
                class="icon-button"
                title=t::remove(lang)
                aria-label=named(t::stage_remove_of)
                disabled=move || count.get() == 1
                on:click=move |_| asks.removing.set(Some(id))
            >
                <Icon glyph=Glyph::Trash/>
            </button>
        </span>
    }
}
