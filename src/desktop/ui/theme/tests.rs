use super::*;

/// Relative luminance, WCAG 2.2.
fn luminance(color: Color) -> f32 {
    let linear = |channel: f32| {
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            ((channel + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

/// Contrast ratio, WCAG 2.2.
fn contrast(one: Color, other: Color) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn text_pairs(palette: &Palette) -> Vec<(&'static str, Color, Color)> {
    let mut pairs = vec![
        ("text on background", palette.text, palette.background),
        ("text on surface", palette.text, palette.surface),
        ("text on primary soft", palette.text, palette.primary_soft),
        ("muted on background", palette.muted, palette.background),
        ("muted on surface", palette.muted, palette.surface),
        ("muted on primary soft", palette.muted, palette.primary_soft),
        ("on primary", palette.on_primary, palette.primary),
        ("primary on surface", palette.primary, palette.surface),
        ("surface on good", palette.surface, palette.good),
        ("surface on bad", palette.surface, palette.bad),
    ];
    for tone in Tone::ALL {
        pairs.push(("tone on its soft", palette.tone(tone), palette.soft(tone)));
        pairs.push(("tone on surface", palette.tone(tone), palette.surface));
        pairs.push(("text on soft", palette.text, palette.soft(tone)));
    }
    pairs
}

#[test]
fn every_pair_can_be_read() {
    for (palette, least) in [(&LIGHT, 5.0), (&DARK, 5.0), (&HIGH_CONTRAST, 7.0)] {
        for (name, over, under) in text_pairs(palette) {
            let ratio = contrast(over, under);
            assert!(ratio >= least, "{}: {name} is {ratio:.2} : 1", palette.name);
        }
    }
}

#[test]
fn follows_the_system_only_when_asked() {
    assert_eq!(Mode::System.tokens(theme::Mode::Dark), &DARK);
    assert_eq!(Mode::System.tokens(theme::Mode::None), &LIGHT);
    assert_eq!(Mode::Light.tokens(theme::Mode::Dark), &LIGHT);
    assert_eq!(Mode::HighContrast.tokens(theme::Mode::Light), &HIGH_CONTRAST);
}

#[test]
fn every_tone_has_its_own_icon() {
    for (index, one) in Tone::ALL.iter().enumerate() {
        for other in &Tone::ALL[index + 1..] {
            assert_ne!(one.icon(), other.icon());
        }
    }
}
