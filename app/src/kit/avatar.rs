//! A person as two letters on a colour of their own.

use domain::funnels::Colour;
use domain::ids::UserId;
use leptos::prelude::*;

/// The first letters of the first two words.
fn initials(name: &str) -> String {
    name.split_whitespace().take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

#[component]
pub fn Avatar(id: UserId, name: String) -> impl IntoView {
    let colour = Colour::ALL[(id.0.unsigned_abs() as usize * 5) % Colour::ALL.len()];
    view! { <span class=format!("avatar c-{}", colour.key()) title=name.clone() role="img" aria-label=name.clone()>{initials(&name)}</span> }
}
