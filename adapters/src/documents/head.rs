//! The head of a first page: who writes, what it is, to whom, and the facts at a glance.

use ledger::documents::{Issuer, Party};

use super::{
    sheet::{
        BODY, FIGURE, HAIR, Ink, LABEL, LEFT, Meaning, NAME, QUIET, RIGHT, SMALL, STRONG, Sheets,
        Style, TINT, TITLE, WHITE, WINDOW_LEFT, WINDOW_TOP,
    },
    table::Sum,
};

/// Where the column of facts begins.
const FACTS: f32 = 352.0;

/// Lines of an address that show through a window.
const ADDRESS_LINES: usize = 6;

/// Who writes, at the top left, and what it is, at the top right; a stamp below that.
pub(super) fn letterhead(
    sheets: &mut Sheets,
    issuer: &Issuer,
    title: &str,
    number: Option<&str>,
    stamp: Option<(&str, Ink)>,
) {
    let node = Some(sheets.node(Meaning::Title, None));
    sheets.line_to(RIGHT, RIGHT - FACTS, 68.0, TITLE, title, node);
    let node = sheets.paragraph_node();
    let mut below = 84.0;
    if let Some(number) = number {
        sheets.line_to(RIGHT, RIGHT - FACTS, below, Style { size: 11.0, ..STRONG }, number, node);
        below += 10.0;
    }
    if let Some((word, ink)) = stamp {
        let width = 62.0;
        sheets.area(RIGHT - width, below, width, 17.0, ink);
        let style = Style { ink: WHITE, size: 8.5, ..STRONG };
        sheets.line_to(RIGHT - 10.0, width - 20.0, below + 11.5, style, word, node);
    }
    let node = sheets.paragraph_node();
    let place = (LEFT, FACTS - LEFT - 24.0);
    let mut baseline = sheets.lines(place, 66.0, NAME, &issuer.party.name, 2, node);
    baseline -= 4.0;
    let quiet = Style { ink: QUIET, ..BODY };
    for line in issuer.party.address.iter().take(5) {
        baseline = sheets.lines(place, baseline, quiet, line, 1, node);
    }
    if let Some(contact) = &issuer.contact {
        sheets.lines(place, baseline, quiet, contact, 1, node);
    }
}

/// To whom, where an envelope's window shows it.
pub(super) fn addressee(sheets: &mut Sheets, label: &str, party: &Party) {
    let place = (WINDOW_LEFT, FACTS - WINDOW_LEFT - 30.0);
    let node = sheets.paragraph_node();
    sheets.line(WINDOW_LEFT, WINDOW_TOP - 12.0, LABEL, label, node);
    let strong = Style { size: 10.5, ..STRONG };
    let mut baseline = sheets.lines(place, WINDOW_TOP + 3.0, strong, &party.name, 2, node);
    let body = Style { size: 10.0, ..BODY };
    for line in party.address.iter().take(ADDRESS_LINES) {
        baseline = sheets.lines(place, baseline, body, line, 1, node);
    }
}

/// Facts beside the address, the most important of them last and large.
pub(super) fn facts(sheets: &mut Sheets, facts: &[(&str, String)], most: &Sum) {
    let node = sheets.node(Meaning::Table, None);
    let mut top = WINDOW_TOP - 22.0;
    for (label, value) in facts {
        let row = sheets.node(Meaning::Row, Some(node));
        let cell = Some(sheets.node(Meaning::HeaderCell, Some(row)));
        sheets.line(FACTS, top + 11.0, SMALL, label, cell);
        let cell = Some(sheets.node(Meaning::Cell, Some(row)));
        sheets.line_to(RIGHT, RIGHT - FACTS - 70.0, top + 11.0, BODY, value, cell);
        sheets.rule(FACTS, RIGHT, top + 16.0, 0.4, HAIR);
        top += 17.0;
    }
    top += 4.0;
    sheets.area(FACTS, top, RIGHT - FACTS, 30.0, TINT);
    let row = sheets.node(Meaning::Row, Some(node));
    let cell = Some(sheets.node(Meaning::HeaderCell, Some(row)));
    sheets.line(FACTS + 8.0, top + 19.0, STRONG, &most.label, cell);
    let cell = Some(sheets.node(Meaning::Cell, Some(row)));
    let style = Style { size: 14.0, ..FIGURE };
    sheets.line_to(RIGHT - 8.0, 118.0, top + 20.0, style, &most.figure, cell);
    sheets.y = (top + 52.0).max(WINDOW_TOP + 96.0);
}
