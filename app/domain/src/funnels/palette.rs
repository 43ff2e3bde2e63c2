//! The colours of stages: few, named, and apart from each other for every eye.
//! A stage keeps the name of its colour; the values differ between the light and the dark page.

use serde::{Deserialize, Serialize};

use super::StageKind;

/// A hue that people pick for a stage. In the order of a picker: cold to warm, then the neutral one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    Blue,
    /// The light blue.
    Sky,
    Indigo,
    Violet,
    Pink,
    Red,
    Orange,
    Brown,
    Yellow,
    Green,
    Teal,
    Grey,
}

/// One colour on one page, each value as red, green and blue of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swatch {
    /// The bar, the dot, the chart: drawn on the page or on a card.
    pub solid: [u8; 3],
    /// The tinted ground of a chip or of a column's head.
    pub soft: [u8; 3],
    /// Text on `soft`.
    pub ink: [u8; 3],
}

/// A deal's stages in order: initiation, proposal, negotiation, closing, lost.
pub const DEAL_DEFAULTS: [Colour; 5] = [Colour::Blue, Colour::Sky, Colour::Violet, Colour::Green, Colour::Red];

/// What open stages take in turn. Green and red are kept for the two ends, grey for what is put aside.
const OPEN_CYCLE: [Colour; 9] = [
    Colour::Blue,
    Colour::Sky,
    Colour::Violet,
    Colour::Yellow,
    Colour::Teal,
    Colour::Pink,
    Colour::Indigo,
    Colour::Orange,
    Colour::Brown,
];

/// The colour of a new stage that stands at `index` of its funnel.
pub fn default_for(index: usize, kind: StageKind) -> Colour {
    match kind {
        StageKind::Open => OPEN_CYCLE[index % OPEN_CYCLE.len()],
        StageKind::Won => Colour::Green,
        StageKind::Lost => Colour::Red,
    }
}

impl Colour {
    pub const ALL: [Colour; 12] = [
        Colour::Blue,
        Colour::Sky,
        Colour::Indigo,
        Colour::Violet,
        Colour::Pink,
        Colour::Red,
        Colour::Orange,
        Colour::Brown,
        Colour::Yellow,
        Colour::Green,
        Colour::Teal,
        Colour::Grey,
    ];

    /// The name in the database, on the wire and in the style's `.c-<key>`.
    pub fn key(self) -> &'static str {
        match self {
            Colour::Blue => "blue",
            Colour::Sky => "sky",
            Colour::Indigo => "indigo",
            Colour::Violet => "violet",
            Colour::Pink => "pink",
            Colour::Red => "red",
            Colour::Orange => "orange",
            Colour::Brown => "brown",
            Colour::Yellow => "yellow",
            Colour::Green => "green",
            Colour::Teal => "teal",
            Colour::Grey => "grey",
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.key() == key)
    }

    /// On the light page. The solids were searched for, not picked: lightness differs where a colour-blind eye
    /// loses the hue, hence the deep indigo and red beside the bright pink and grey.
    pub fn light(self) -> Swatch {
        match self {
            Colour::Blue => swatch(0x0146b4, 0xdeeaff, 0x204993),
            Colour::Sky => swatch(0x3b96cb, 0xd5eefe, 0x015278),
            Colour::Indigo => swatch(0x25007e, 0xe5e8ff, 0x424293),
            Colour::Violet => swatch(0x8243f9, 0xe9e6ff, 0x523c8e),
            Colour::Pink => swatch(0xfc368d, 0xffe0e8, 0x85284d),
            Colour::Red => swatch(0xa41403, 0xffe2dc, 0x892b1f),
            Colour::Orange => swatch(0xad5b18, 0xffe3d3, 0x773a04),
            Colour::Brown => swatch(0x4d2f22, 0xf5e6e0, 0x61463a),
            Colour::Yellow => swatch(0xb28800, 0xf8e8c5, 0x604800),
            Colour::Green => swatch(0x1c8853, 0xd2f3dd, 0x055832),
            Colour::Teal => swatch(0x04584f, 0xd7f0eb, 0x18554d),
            Colour::Grey => swatch(0x8a8e9a, 0xe8e9ee, 0x484b55),
        }
    }

    /// On the dark page.
    pub fn dark(self) -> Swatch {
        match self {
            Colour::Blue => swatch(0x719fff, 0x1d2d4e, 0xb1cbfe),
            Colour::Sky => swatch(0x79dbff, 0x0f333f, 0x98d5ed),
            Colour::Indigo => swatch(0x5a68a7, 0x272c44, 0xbcc8f7),
            Colour::Violet => swatch(0x8f58ff, 0x30274b, 0xccc0fe),
            Colour::Pink => swatch(0xd778b6, 0x422136, 0xf5b3dc),
            Colour::Red => swatch(0xe50104, 0x491f1a, 0xfeb6ab),
            Colour::Orange => swatch(0xfb7102, 0x47220d, 0xfeb895),
            Colour::Brown => swatch(0x856553, 0x372b24, 0xddc5b8),
            Colour::Yellow => swatch(0xffea39, 0x342f00, 0xd7cd7f),
            Colour::Green => swatch(0x82c57a, 0x1d351b, 0xacd9a7),
            Colour::Teal => swatch(0x419786, 0x16342e, 0xa2d8cb),
            Colour::Grey => swatch(0xbbbdc2, 0x2d2e2f, 0xc9cace),
        }
    }
}

/// Written as in a style sheet, so that the two can be compared by eye.
const fn swatch(solid: u32, soft: u32, ink: u32) -> Swatch {
    Swatch { solid: rgb(solid), soft: rgb(soft), ink: rgb(ink) }
}

const fn rgb(hex: u32) -> [u8; 3] {
    let [_, red, green, blue] = hex.to_be_bytes();
    [red, green, blue]
}

#[cfg(test)]
#[path = "palette_tests.rs"]
mod tests;
