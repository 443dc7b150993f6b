//! Tables: a header that comes again on every page, one wide column that wraps, figures to the
//! right.

use super::{
    fonts::Fonts,
    sheet::{
        ACCENT, BODY, FIGURE, HAIR, LABEL, LEFT, Meaning, Node, RIGHT, SMALL, STRONG, Sheets,
        Style, TINT,
    },
    text::wrap,
};

/// Lines that a cell may have.
const MOST_LINES: usize = 12;

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) label: &'static str,
    /// Where it begins and ends.
    pub(super) span: (f32, f32),
    pub(super) align: Align,
}

/// Where a column's texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// From its left edge, in lines that fit.
    Wrapped,
    /// In one line to its right edge.
    Right,
}

/// A cell: what stands in it, and what stands below in small letters.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) detail: Option<String>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, detail: None }
    }
}

/// A table that is being set.
pub(super) struct Table<'a> {
    columns: &'a [Column],
    node: Node,
}

impl<'a> Table<'a> {
    /// Sets the header.
    pub(super) fn begin(sheets: &mut Sheets, columns: &'a [Column]) -> Self {
        let node = sheets.node(Meaning::Table, None);
        let table = Self { columns, node };
        sheets.room(60.0);
        let row = sheets.node(Meaning::Row, Some(node));
        table.header(sheets, Some(row));
        table
    }

    /// On later pages the header is decoration: whoever listens has heard it.
    fn header(&self, sheets: &mut Sheets, row: Option<Node>) {
        let (top, height) = (sheets.y, 20.0);
        sheets.area(LEFT, top, RIGHT - LEFT, height, TINT);
        let style = Style { ink: ACCENT, ..LABEL };
        for column in self.columns {
            let cell = row.map(|row| sheets.node(Meaning::HeaderCell, Some(row)));
            let (left, right) = column.span;
            match column.align {
                Align::Wrapped => sheets.line(left, top + 13.0, style, column.label, cell),
                Align::Right => {
                    sheets.line_to(right, right - left, top + 13.0, style, column.label, cell);
                }
            }
        }
        sheets.y += height + 5.0;
    }

    /// Sets one row; it is never torn apart.
    pub(super) fn row(&self, sheets: &mut Sheets, cells: &[Cell]) {
        let height = cells.iter().zip(self.columns).map(|(cell, column)| height(cell, column));
        let height = height.fold(BODY.leading(), f32::max) + 9.0;
        if sheets.room(height) {
            self.header(sheets, None);
        }
        let row = sheets.node(Meaning::Row, Some(self.node));
        let baseline = sheets.y + BODY.size;
        for (cell, column) in cells.iter().zip(self.columns) {
            let node = Some(sheets.node(Meaning::Cell, Some(row)));
            let (left, right) = column.span;
            match column.align {
                Align::Right => {
                    sheets.line_to(right, right - left, baseline, BODY, &cell.text, node);
                }
                Align::Wrapped => {
                    let place = (left, right - left);
                    let below = sheets.lines(place, baseline, BODY, &cell.text, MOST_LINES, node);
                    if let Some(detail) = &cell.detail {
                        sheets.lines(place, below, SMALL, detail, MOST_LINES, node);
                    }
                }
            }
        }
        sheets.y += height;
        sheets.rule(LEFT, RIGHT, sheets.y - 4.5, 0.4, HAIR);
    }
}

fn height(cell: &Cell, column: &Column) -> f32 {
    if column.align == Align::Right {
        return BODY.leading();
    }
    let width = column.span.1 - column.span.0;
    let lines = |text: &str, style: Style| -> f32 {
        let lines = wrap(Fonts::get().of(style.cut), style.size, text, width);
        let shown = lines.iter().take(MOST_LINES).filter(|line| !line.is_empty()).count();
        (0..shown).map(|_| style.leading()).sum()
    };
    lines(&cell.text, BODY) + cell.detail.as_deref().map_or(0.0, |detail| lines(detail, SMALL))
}

/// One line of the sum below a table.
pub(super) struct Sum {
    pub(super) label: String,
    pub(super) figure: String,
    /// What everything comes to.
    pub(super) strong: bool,
}

impl Sum {
    pub(super) fn new(label: impl Into<String>, figure: String) -> Self {
        Self { label: label.into(), figure, strong: false }
    }

    pub(super) fn strong(label: impl Into<String>, figure: String) -> Self {
        Self { strong: true, ..Self::new(label, figure) }
    }
}

/// Sums to the right, the last one in a band; all on one page where they fit one.
pub(super) fn sums(sheets: &mut Sheets, sums: &[Sum], last: &Sum) {
    const FROM: f32 = 318.0;
    const BREAK: f32 = 462.0;
    let (step, band) = (16.0, 26.0);
    let node = sheets.node(Meaning::Table, None);
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let height = sums.len() as f32 * step + band + 14.0;
    sheets.room(height.min(560.0));
    sheets.y += 6.0;
    let row = |sheets: &mut Sheets, sum: &Sum, baseline: f32, style: Style| {
        let row = sheets.node(Meaning::Row, Some(node));
        let cell = Some(sheets.node(Meaning::Cell, Some(row)));
        let label = wrap(Fonts::get().of(style.cut), style.size, &sum.label, BREAK - FROM);
        sheets.line(FROM + 8.0, baseline, style, label.first().map_or("", |it| it), cell);
        let cell = Some(sheets.node(Meaning::Cell, Some(row)));
        sheets.line_to(RIGHT - 4.0, RIGHT - BREAK, baseline, style, &sum.figure, cell);
    };
    for sum in sums {
        sheets.room(step);
        if sum.strong {
            sheets.rule(FROM, RIGHT, sheets.y + 0.5, 0.6, ACCENT);
        }
        let baseline = sheets.y + 11.5;
        row(sheets, sum, baseline, if sum.strong { STRONG } else { BODY });
        sheets.y += step;
    }
    sheets.room(band);
    let top = sheets.y + 3.0;
    sheets.area(FROM, top, RIGHT - FROM, band, TINT);
    row(sheets, last, top + 17.0, FIGURE);
    sheets.y = top + band + 12.0;
}
