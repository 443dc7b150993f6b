//! What is to be printed: marks on pages, and the tree that says what they mean.
//!
//! Lengths are points (1/72 inch) from the top left of a US letter page. Marks are collected
//! first and printed afterwards, since every page tells how many there are.

use super::{
    fonts::{Cut, Fonts},
    text::{clean, wrap},
};

/// A US letter page.
pub(super) const WIDTH: f32 = 612.0;
pub(super) const HEIGHT: f32 = 792.0;
/// Where text begins and ends.
pub(super) const LEFT: f32 = 54.0;
pub(super) const RIGHT: f32 = WIDTH - 54.0;
/// Where an address shows through the window of a US number 10 envelope, in thirds or not.
pub(super) const WINDOW_LEFT: f32 = 65.0;
pub(super) const WINDOW_TOP: f32 = 180.0;
/// Below this stands the foot of the page.
const BOTTOM: f32 = HEIGHT - 62.0;
/// Where text begins on every page but the first.
const TOP: f32 = 84.0;

/// A colour: red, green, blue.
pub(super) type Ink = (u8, u8, u8);
pub(super) const BLACK: Ink = (24, 28, 36);
pub(super) const QUIET: Ink = (96, 104, 118);
pub(super) const ACCENT: Ink = (23, 62, 97);
pub(super) const HAIR: Ink = (203, 209, 218);
pub(super) const TINT: Ink = (240, 244, 248);
pub(super) const WHITE: Ink = (255, 255, 255);
pub(super) const WARNING: Ink = (158, 42, 43);

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) cut: Cut,
    pub(super) size: f32,
    pub(super) ink: Ink,
}

pub(super) const BODY: Style = Style { cut: Cut::Regular, size: 9.5, ink: BLACK };
pub(super) const STRONG: Style = Style { cut: Cut::Semibold, size: 9.5, ink: BLACK };
pub(super) const SMALL: Style = Style { cut: Cut::Regular, size: 8.0, ink: QUIET };
pub(super) const LABEL: Style = Style { cut: Cut::Semibold, size: 7.5, ink: QUIET };
pub(super) const NAME: Style = Style { cut: Cut::Semibold, size: 15.0, ink: BLACK };
pub(super) const TITLE: Style = Style { cut: Cut::Semibold, size: 22.0, ink: ACCENT };
pub(super) const FIGURE: Style = Style { cut: Cut::Semibold, size: 12.0, ink: ACCENT };

impl Style {
    /// From one line to the next.
    pub(super) fn leading(self) -> f32 {
        (self.size * 1.32 * 2.0).round() / 2.0
    }
}

/// What a mark means to a reader who does not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Title,
    Paragraph,
    Table,
    Row,
    HeaderCell,
    Cell,
}

/// A place in the tree of meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(pub(super) usize);

/// A mark on a page.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A line of text; without a node it is decoration.
    Text { x: f32, baseline: f32, style: Style, text: String, node: Option<Node> },
    /// A line.
    Rule { from: (f32, f32), to: (f32, f32), weight: f32, ink: Ink, dashed: bool },
    /// A filled area.
    Area { x: f32, y: f32, width: f32, height: f32, ink: Ink },
}

/// All pages of a paper.
pub(super) struct Sheets {
    pub(super) pages: Vec<Vec<Mark>>,
    /// Each meaning and its parent.
    pub(super) tree: Vec<(Meaning, Option<Node>)>,
    /// Where the next thing goes.
    pub(super) y: f32,
    first_bottom: f32,
    running: String,
}

impl Sheets {
    /// The first page; `kept` of its foot stays free. `running` heads every other page.
    pub(super) fn new(kept: f32, running: String) -> Self {
        let first_bottom = BOTTOM - kept;
        Self { pages: vec![Vec::new()], tree: Vec::new(), y: LEFT, first_bottom, running }
    }

    /// A new meaning.
    pub(super) fn node(&mut self, meaning: Meaning, parent: Option<Node>) -> Node {
        self.tree.push((meaning, parent));
        Node(self.tree.len() - 1)
    }

    /// A paragraph of its own.
    pub(super) fn paragraph_node(&mut self) -> Option<Node> {
        Some(self.node(Meaning::Paragraph, None))
    }

    /// Makes room for something that high; `true` when that took a new page.
    pub(super) fn room(&mut self, height: f32) -> bool {
        let bottom = if self.pages.len() == 1 { self.first_bottom } else { BOTTOM };
        if self.y + height <= bottom {
            return false;
        }
        self.pages.push(Vec::new());
        let running = self.running.clone();
        self.line(LEFT, 54.0, SMALL, &running, None);
        self.rule(LEFT, RIGHT, 62.0, 0.5, HAIR);
        self.y = TOP;
        true
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// One line of text that begins at `x`.
    pub(super) fn line(
        &mut self,
        x: f32,
        baseline: f32,
        style: Style,
        text: &str,
        node: Option<Node>,
    ) {
        let text = clean(text);
        if !text.is_empty() {
            self.mark(Mark::Text { x, baseline, style, text, node });
        }
    }

    /// One line of text that ends at `x` and takes no more than `width`: it grows smaller rather
    /// than run into its neighbour.
    pub(super) fn line_to(
        &mut self,
        x: f32,
        width: f32,
        baseline: f32,
        style: Style,
        text: &str,
        node: Option<Node>,
    ) {
        let (text, face) = (clean(text), Fonts::get().of(style.cut));
        let wide = face.width(&text, style.size);
        let shrink = if wide > width && wide > 0.0 { width / wide } else { 1.0 };
        let style = Style { size: style.size * shrink, ..style };
        self.line(x - wide * shrink, baseline, style, &text, node);
    }

    /// Lines of text of a width at `x`, the first one's baseline at `baseline`, at most `most` of
    /// them; says where the next baseline would be.
    pub(super) fn lines(
        &mut self,
        (x, width): (f32, f32),
        baseline: f32,
        style: Style,
        text: &str,
        most: usize,
        node: Option<Node>,
    ) -> f32 {
        let mut baseline = baseline;
        let lines = wrap(Fonts::get().of(style.cut), style.size, text, width);
        for line in lines.iter().take(most).filter(|line| !line.is_empty()) {
            self.line(x, baseline, style, line, node);
            baseline += style.leading();
        }
        baseline
    }

    /// A horizontal line.
    pub(super) fn rule(&mut self, from: f32, to: f32, y: f32, weight: f32, ink: Ink) {
        self.mark(Mark::Rule { from: (from, y), to: (to, y), weight, ink, dashed: false });
    }

    /// A filled area.
    pub(super) fn area(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        self.mark(Mark::Area { x, y, width, height, ink });
    }

    /// The frame of an area.
    pub(super) fn frame(&mut self, x: f32, y: f32, width: f32, height: f32, ink: Ink) {
        let (right, bottom) = (x + width, y + height);
        for (from, to) in [
            ((x, y), (right, y)),
            ((x, bottom), (right, bottom)),
            ((x, y), (x, bottom)),
            ((right, y), (right, bottom)),
        ] {
            self.mark(Mark::Rule { from, to, weight: 0.6, ink, dashed: false });
        }
    }

    /// A paragraph as wide as the page, over as many pages as it takes.
    pub(super) fn flow(&mut self, style: Style, text: &str) {
        let node = self.paragraph_node();
        for line in wrap(Fonts::get().of(style.cut), style.size, text, RIGHT - LEFT) {
            self.room(style.leading());
            let baseline = self.y + style.size;
            self.line(LEFT, baseline, style, &line, node);
            self.y += style.leading();
        }
    }
}
