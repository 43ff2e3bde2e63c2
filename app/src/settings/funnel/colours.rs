//! Choosing a colour: each has its name for a screen reader, and the chosen one a check mark.

use domain::funnels::Colour;
use domain::i18n::t;
use leptos::prelude::*;

use super::draft::Draft;
use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};

#[component]
pub fn Colours(group: String, draft: Draft) -> impl IntoView {
    let lang = use_lang();
    view! {
        <fieldset class="colours">
            <legend>{t::stage_colour(lang)} ": " {move || t::colour_name(lang, draft.colour.get())}</legend>
            {Colour::ALL
                .map(|colour| view! {
                    <label class=format!("colour c-{}", colour.key()) title=t::colour_name(lang, colour)>
                        <input
                            type="radio"
                            name=group.clone()
                            value=colour.key()
                            checked=draft.colour.get_untracked() == colour
                            prop:checked=move || draft.colour.get() == colour
                            on:change=move |_| { draft.chosen.set(true); draft.colour.set(colour); }
                        />
                        <span class="colour-dot"><Icon glyph=Glyph::Check/></span>
                        <span class="visually-hidden">{t::colour_name(lang, colour)}</span>
                    </label>
                })}
        </fieldset>
    }
}
