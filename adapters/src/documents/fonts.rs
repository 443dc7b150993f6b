//! The two cuts of the house's typeface, and how wide words are in them.
//!
//! Source Sans Pro (SIL Open Font License 1.1, `fonts/OFL.txt`). All its figures have one width,
//! so that columns of money stand straight.

use std::sync::OnceLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider as _,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

static REGULAR: &[u8] = include_bytes!("../../fonts/SourceSansPro-Regular.otf");
static SEMIBOLD: &[u8] = include_bytes!("../../fonts/SourceSansPro-Semibold.otf");

/// What stands for a character that the typeface does not have.
const UNKNOWN: char = '\u{25a1}';

/// A cut of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Regular,
    Semibold,
}

/// A cut, ready to set.
pub(super) struct Typeface {
    pub(super) font: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    unknown: GlyphId,
    units_per_em: f32,
}

/// Both cuts.
pub(super) struct Fonts {
    regular: Typeface,
    semibold: Typeface,
}

impl Fonts {
    /// The fonts that come with the program; read once.
    pub(super) fn get() -> &'static Self {
        static FONTS: OnceLock<Fonts> = OnceLock::new();
        FONTS.get_or_init(|| Self {
            regular: Typeface::read(REGULAR),
            semibold: Typeface::read(SEMIBOLD),
        })
    }

    pub(super) fn of(&self, cut: Cut) -> &Typeface {
        match cut {
            Cut::Regular => &self.regular,
            Cut::Semibold => &self.semibold,
        }
    }
}

impl Typeface {
    /// Both fonts are part of the program, and a test reads them.
    fn read(bytes: &'static [u8]) -> Self {
        let read = FontRef::new(bytes).expect("the program's own font can be read");
        let font = Font::new(bytes.into(), 0).expect("the program's own font can be read");
        let charmap = read.charmap();
        let metrics = read.glyph_metrics(Size::unscaled(), LocationRef::default());
        let unknown = charmap.map(UNKNOWN).or_else(|| charmap.map('?')).unwrap_or_default();
        let unknown = GlyphId::new(unknown.to_u32());
        let units_per_em = font.units_per_em();
        Self { font, charmap, metrics, unknown, units_per_em }
    }

    /// The glyph of a character; never the "missing" one.
    fn glyph(&self, character: char) -> GlyphId {
        let found = self.charmap.map(character).filter(|glyph| glyph.to_u32() != 0);
        found.map_or(self.unknown, |glyph| GlyphId::new(glyph.to_u32()))
    }

    /// As a part of the font's size.
    fn advance(&self, glyph: GlyphId) -> f32 {
        let glyph = skrifa::GlyphId::new(glyph.to_u32());
        self.metrics.advance_width(glyph).unwrap_or(0.0) / self.units_per_em
    }

    /// How wide a character is at size 1.
    pub(super) fn width_of(&self, character: char) -> f32 {
        self.advance(self.glyph(character))
    }

    /// How wide a text is at a size.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|character| self.width_of(character)).sum::<f32>() * size
    }

    /// The glyphs of a text, one for each character.
    pub(super) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, character): (usize, char)| {
            let glyph = self.glyph(character);
            let range = at..at + character.len_utf8();
            KrillaGlyph::new(glyph, self.advance(glyph), 0.0, 0.0, 0.0, range, None)
        };
        text.char_indices().map(glyph).collect()
    }

    #[cfg(test)]
    pub(super) fn has(&self, character: char) -> bool {
        self.charmap.map(character).is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_cuts_have_what_papers_are_made_of_and_figures_of_one_width() {
        for cut in [Cut::Regular, Cut::Semibold] {
            let face = Fonts::get().of(cut);
            for character in "AZaz09.,·–−€$£%áñçéüßłĐ".chars() {
                assert!(face.has(character), "{character}");
            }
            let widths = ('0'..='9').map(|digit| face.width_of(digit));
            assert!(widths.clone().all(|width| Some(width) == widths.clone().next()));
        }
    }

    #[test]
    fn what_the_typeface_lacks_is_one_sign() {
        let face = Fonts::get().of(Cut::Regular);
        let glyphs = face.glyphs("\u{4e2d}\u{1f600}");
        assert_eq!(glyphs.len(), 2);
        assert!(glyphs.iter().all(|glyph| glyph.glyph_id == face.unknown));
        assert_ne!(face.unknown.to_u32(), 0);
    }
}
