//! Drawn signs, 20 × 20, in the colour of the text. They say nothing to a screen reader: the words beside them do.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    Board,
    Box,
    Check,
    Clock,
    Cross,
    Dots,
    Down,
    Download,
    Filter,
    Gear,
    Left,
    Rows,
    Plus,
    Right,
    Search,
    Trash,
    Up,
    Warning,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Glyph::Board => "M3 4h4v12H3zM8.5 4h4v8h-4zM14 4h3v10h-3z",
            Glyph::Box => "M3 6.500l7-3.500 7 3.500v7.500l-7 3.500-7-3.500zM3 6.500l7 3.500 7-3.500M10 10v7.500",
            Glyph::Check => "M4 10.5l4 4 8-9",
            Glyph::Clock => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.5l3 1.8",
            Glyph::Cross => "M5 5l10 10M15 5L5 15",
            Glyph::Dots => "M4.5 10h.01M10 10h.01M15.5 10h.01",
            Glyph::Down => "M5 8l5 5 5-5",
            Glyph::Download => "M10 3v9.500M6 9l4 4 4-4M4 16.500h12",
            Glyph::Filter => "M3 5h14M6 10h8M9 15h2",
            Glyph::Gear => {
                "M3 5.500h7M15 5.500h2M3 10h2M10 10h7M3 14.500h7M15 14.500h2M12.500 3.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM7.500 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM12.500 12.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
            }
            Glyph::Left => "M12 5l-5 5 5 5",
            Glyph::Rows => "M3 3.5h14v5H3zM3 11.500h14v5H3z",
            Glyph::Plus => "M10 4v12M4 10h12",
            Glyph::Right => "M8 5l5 5-5 5",
            Glyph::Search => "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13 13l4 4",
            Glyph::Trash => "M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6",
            Glyph::Up => "M5 12l5-5 5 5",
            Glyph::Warning => "M10 3l7.5 13.5h-15zM10 8v4M10 14.3h.01",
        }
    }
}

#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
            <path d=glyph.path()></path>
        </svg>
    }
}
