//! What the palette promises, measured: readable text, visible marks, and colours apart for every eye.

use super::*;

/// Text on a tinted ground: WCAG's 4.5 (AA) is the duty, 7 (AAA) is what the values reach.
const TEXT_CONTRAST_MIN: f64 = 7.0;
/// A mark that carries meaning against its ground (WCAG 2.1, 1.4.11).
const MARK_CONTRAST_MIN: f64 = 3.0;
/// The least CIEDE2000 distance of two solids for people who see all colours; 2.3 is one just noticeable step.
const APART_MIN: f64 = 16.0;
/// The same for a dichromat, who has one axis of hue fewer: four just noticeable steps are what twelve colours reach.
const APART_MIN_DICHROMAT: f64 = 10.0;

/// Page, then card.
const LIGHT_GROUNDS: [[u8; 3]; 2] = [rgb(0xf6f7f9), rgb(0xffffff)];
const DARK_GROUNDS: [[u8; 3]; 2] = [rgb(0x14171c), rgb(0x1d2128)];

type Vector = [f64; 3];
type Vision = [Vector; 3];

const ALL_COLOURS: Vision = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
/// Severity 1.0, for linear RGB: Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of
/// Color Vision Deficiency", IEEE TVCG 15 (6), 2009. Protanopia, deuteranopia, tritanopia.
const DICHROMATS: [(&str, Vision); 3] = [
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

/// A page's name, its colours, and what lies under them.
type Theme = (&'static str, fn(Colour) -> Swatch, [[u8; 3]; 2]);

const THEMES: [Theme; 2] = [("light", Colour::light, LIGHT_GROUNDS), ("dark", Colour::dark, DARK_GROUNDS)];

#[test]
fn keys_read_back_and_are_the_wire_s() {
    for colour in Colour::ALL {
        assert_eq!(Colour::parse(colour.key()), Some(colour));
        assert_eq!(serde_json::to_string(&colour).expect("a word"), format!("\"{}\"", colour.key()));
    }
    assert_eq!(Colour::parse("Blue"), None);
    assert_eq!(Colour::parse(""), None);
}

#[test]
fn text_is_readable_on_its_tint() {
    for (theme, swatch_of, _) in THEMES {
        for colour in Colour::ALL {
            let swatch = swatch_of(colour);
            let found = contrast(swatch.ink, swatch.soft);
            assert!(found >= TEXT_CONTRAST_MIN, "{theme} {colour:?}: {found:.2}");
        }
    }
}

#[test]
fn marks_are_visible_on_the_page_and_on_a_card() {
    for (theme, swatch_of, grounds) in THEMES {
        for colour in Colour::ALL {
            for ground in grounds {
                let found = contrast(swatch_of(colour).solid, ground);
                assert!(found >= MARK_CONTRAST_MIN, "{theme} {colour:?} on {ground:?}: {found:.2}");
            }
        }
    }
}

#[test]
fn no_two_colours_are_taken_for_each_other() {
    for (theme, swatch_of, _) in THEMES {
        apart(theme, "all colours", &ALL_COLOURS, swatch_of, APART_MIN);
        for (vision, matrix) in &DICHROMATS {
            apart(theme, vision, matrix, swatch_of, APART_MIN_DICHROMAT);
        }
    }
}

/// Says the closest pair, so that whoever changes a value sees what it costs.
fn apart(theme: &str, vision: &str, matrix: &Vision, swatch_of: fn(Colour) -> Swatch, least: f64) {
    for (i, a) in Colour::ALL.into_iter().enumerate() {
        for b in &Colour::ALL[..i] {
            let found = ciede2000(seen(swatch_of(a).solid, matrix), seen(swatch_of(*b).solid, matrix));
            assert!(found >= least, "{theme}, {vision}: {a:?} and {b:?} are {found:.2} apart");
        }
    }
}

#[test]
fn ends_keep_their_colours_and_open_stages_never_take_them() {
    for index in 0..super::super::STAGES_MAX {
        assert_eq!(default_for(index, StageKind::Won), Colour::Green);
        assert_eq!(default_for(index, StageKind::Lost), Colour::Red);
        let open = default_for(index, StageKind::Open);
        assert!(!matches!(open, Colour::Green | Colour::Red), "{index}: {open:?}");
        assert_ne!(open, default_for(index + 1, StageKind::Open), "neighbours differ at {index}");
    }
    let kinds = [StageKind::Open, StageKind::Open, StageKind::Open, StageKind::Won, StageKind::Lost];
    assert_eq!(std::array::from_fn(|index| default_for(index, kinds[index])), DEAL_DEFAULTS);
}

#[test]
fn the_style_sheet_says_the_same() {
    let written = include_str!("../../../../style/palette.css");
    let wanted = style_sheet();
    if std::env::var_os("UPDATE_PALETTE").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../style/palette.css");
        std::fs::write(path, &wanted).expect("style/palette.css is writable");
        return;
    }
    assert!(
        written == wanted,
        "style/palette.css differs from funnels/palette.rs; write it anew: UPDATE_PALETTE=1 cargo test -p domain palette"
    );
    for (_, swatch_of, _) in THEMES {
        for colour in Colour::ALL {
            let Swatch { solid, soft, ink } = swatch_of(colour);
            for value in [solid, soft, ink] {
                assert!(written.contains(&hex(value)), "{colour:?} {}", hex(value));
            }
        }
    }
}

fn style_sheet() -> String {
    let mut out = String::from(
        "/* The colours of stages, written by the test of app/domain/src/funnels/palette.rs:\n   \
         UPDATE_PALETTE=1 cargo test -p domain palette. The page's own choice wins over the system's. */\n",
    );
    rules(&mut out, "", "", Colour::light);
    out.push_str("@media (prefers-color-scheme: dark) {\n");
    rules(&mut out, "  ", ":root:not([data-theme=light]) ", Colour::dark);
    out.push_str("}\n");
    rules(&mut out, "", ":root[data-theme=dark] ", Colour::dark);
    out
}

fn rules(out: &mut String, indent: &str, scope: &str, swatch_of: fn(Colour) -> Swatch) {
    for colour in Colour::ALL {
        let Swatch { solid, soft, ink } = swatch_of(colour);
        let (key, solid, soft, ink) = (colour.key(), hex(solid), hex(soft), hex(ink));
        out.push_str(&format!("{indent}{scope}.c-{key} {{ --solid: {solid}; --soft: {soft}; --on-soft: {ink}; }}\n"));
    }
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[test]
fn the_measures_agree_with_their_sources() {
    assert!((contrast(rgb(0x000000), rgb(0xffffff)) - 21.0).abs() < 1e-9);
    // Sharma, Wu, Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes", 2005, table 1.
    let cases = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
    ];
    for (a, b, wanted) in cases {
        let found = ciede2000(a, b);
        assert!((found - wanted).abs() < 1e-4, "{a:?} {b:?}: {found}");
        assert!((ciede2000(b, a) - wanted).abs() < 1e-4, "{b:?} {a:?}");
    }
    for (vision, matrix) in DICHROMATS {
        for row in matrix {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{vision} keeps white and grey");
        }
    }
}

/// WCAG 2: (lighter + 0.05) / (darker + 0.05).
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// The colour in CIELAB (D65) after the eye; what falls out of a screen's gamut is cut off, as a screen would.
fn seen(colour: [u8; 3], vision: &Vision) -> Vector {
    let source = colour.map(linear);
    let [red, green, blue] = vision.map(|row| dot(row, source).clamp(0.0, 1.0));
    let x = dot([0.4124564, 0.3575761, 0.1804375], [red, green, blue]) / 0.95047;
    let y = dot([0.2126729, 0.7151522, 0.0721750], [red, green, blue]);
    let z = dot([0.0193339, 0.1191920, 0.9503041], [red, green, blue]) / 1.08883;
    let root = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let [x, y, z] = [x, y, z].map(root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn dot(a: Vector, b: Vector) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The distance of two CIELAB colours as Sharma's notes spell it out, with all weights 1.
fn ciede2000([l1, a1, b1]: Vector, [l2, a2, b2]: Vector) -> f64 {
    let high = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25.0f64.powi(7))).sqrt();
    let stretch = 1.5 - 0.5 * high(f64::midpoint(a1.hypot(b1), a2.hypot(b2)));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let coloured = c1 * c2 > 0.0;
    let turn = if coloured { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 } else { 0.0 };
    let h = if coloured { h1 + turn / 2.0 } else { h1 + h2 };
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));

    let wave = |times: f64, shift: f64| (times * h + shift).to_radians().cos();
    let t = 1.0 - 0.17 * wave(1.0, -30.0) + 0.24 * wave(2.0, 0.0) + 0.32 * wave(3.0, 6.0) - 0.20 * wave(4.0, -63.0);
    let middle = (l - 50.0).powi(2);
    let lightness = (l2 - l1) / (1.0 + 0.015 * middle / (20.0 + middle).sqrt());
    let chroma = (c2 - c1) / (1.0 + 0.045 * c);
    let hues = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * c * t);
    let blue = 60.0 * (-((h.rem_euclid(360.0) - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * high(c) * blue.to_radians().sin();
    (lightness.powi(2) + chroma.powi(2) + hues.powi(2) + rotation * chroma * hues).sqrt()
}
