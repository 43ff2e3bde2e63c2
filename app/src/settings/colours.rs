//! Choosing a colour: each has its name for a screen reader, and the chosen one a check mark.

use domain::funnels::Colour;
use domain::i18n::t;
use leptos::prelude::*;

use crate::boot::use_lang;
use crate::kit::{Glyph, Icon};

#[component]
pub fn Colours(
    group: String,
    label: &'static str,
    chosen: RwSignal<Colour>,
    #[prop(into)] on_choose: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    view! {
        <fieldset class="colours">
            <legend>{label} ": " {move || t::colour_name(lang, chosen.get())}</legend>
            {Colour::ALL
                .map(|colour| view! {
                    <label class=format!("colour c-{}", colour.key()) title=t::colour_name(lang, colour)>
                        <input
                            type="radio"
                            name=group.clone()
                            value=colour.key()
                            checked=chosen.get_untracked() == colour
                            prop:checked=move || chosen.get() == colour
                            on:change=move |_| { chosen.set(colour); on_choose.run(()); }
                        />
                        <span class="colour-dot"><Icon glyph=Glyph::Check/></span>
                        <span class="visually-hidden">{t::colour_name(lang, colour)}</span>
                    </label>
                })}
        </fieldset>
    }
}
