//! The stages that a new funnel begins with.

use domain::funnels::presets::{Preset, suggestions};
use domain::funnels::{StageKind, palette};
use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;

/// None: an empty funnel, which has its first stage all the same.
#[component]
pub fn Preview(preset: RwSignal<Option<Preset>>) -> impl IntoView {
    let lang = use_lang();
    let stages = move || match preset.get() {
        Some(preset) => preset.stages(lang).into_iter().map(|stage| (stage.name, stage.colour, stage.kind)).collect(),
        None => vec![(suggestions(lang, 0)[1], palette::default_for(0, StageKind::Open), StageKind::Open)],
    };
    view! {
        <div class="preview">
            <p class="settings-hint" id="preview">{t::funnel_preview(lang)}</p>
            <ol aria-labelledby="preview">
                {move || {
                    stages()
                        .into_iter()
                        .map(|(name, colour, kind)| view! {
                            <li class=format!("chip c-{}", colour.key())>
                                {name}
                                {(kind != StageKind::Open).then(|| format!(" · {}", t::kind_name(lang, kind)))}
                            </li>
                        })
                        .collect_view()
                }}
            </ol>
        </div>
    }
}
