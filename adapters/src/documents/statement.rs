//! A patient's statement as it is printed: address in the window, charges, and a coupon to cut
//! off and send back.

use ledger::{documents::StatementDocument, ports::documents::Unprintable, values::Money};

use super::{
    fonts::Fonts,
    head,
    print::{About, print},
    sheet::{
        ACCENT, BODY, FIGURE, HAIR, HEIGHT, LABEL, LEFT, Mark, Meaning, QUIET, RIGHT, SMALL,
        STRONG, Sheets, Style, TINT, WINDOW_LEFT,
    },
    table::{Align, Cell, Column, Sum, Table, sums},
    text::{day, figure, less, short_day, wrap},
};

const COLUMNS: &[Column] = &[
    Column { label: "DATE OF SERVICE", span: (LEFT + 6.0, 136.0), align: Align::Wrapped },
    Column { label: "DESCRIPTION", span: (142.0, 452.0), align: Align::Wrapped },
    Column { label: "CHARGE", span: (460.0, RIGHT - 4.0), align: Align::Right },
];

/// How much of the first page the coupon takes.
const COUPON: f32 = 188.0;

pub(super) fn pdf(document: &StatementDocument) -> Result<Vec<u8>, Unprintable> {
    let practice = &document.practice.party.name;
    let title = format!("Statement {}", document.number);
    let owes = document.balance.is_positive();
    let kept = if owes { COUPON } else { 0.0 };
    let mut sheets = Sheets::new(kept, format!("{practice} \u{00b7} {title}"));
    head::letterhead(&mut sheets, &document.practice, "Statement", Some(&document.number), None);
    head::addressee(&mut sheets, "", &document.patient);
    let mut facts = vec![("Statement date", day(document.issued_on))];
    facts.extend(document.due_on.map(|due| ("Payment due", day(due))));
    head::facts(&mut sheets, &facts, &balance(document));
    let table = Table::begin(&mut sheets, COLUMNS);
    for charge in &document.charges {
        let text = Cell { text: charge.text.clone(), detail: charge.detail.clone() };
        let cells = [short_day(charge.service_on).into(), text, figure(charge.amount).into()];
        table.row(&mut sheets, &cells);
    }
    sums(&mut sheets, &totals(document), &balance(document));
    if let Some(offer) = &document.plan_offer {
        plan(&mut sheets, offer);
    }
    for note in &document.notes {
        sheets.flow(Style { ink: QUIET, ..BODY }, note);
        sheets.y += 4.0;
    }
    if owes {
        coupon(&mut sheets, document);
    }
    let contact = document.practice.contact.as_deref().unwrap_or_default();
    let foot = if contact.is_empty() {
        practice.clone()
    } else {
        format!("{practice} \u{00b7} Questions about this statement? {contact}")
    };
    print(sheets, &About { title, author: practice.clone(), foot })
}

fn balance(document: &StatementDocument) -> Sum {
    let currency = document.balance.currency();
    let word = if document.balance.minor() < 0 { "Your credit" } else { "Balance due" };
    Sum::new(format!("{word} ({currency})"), figure(document.balance))
}

fn totals(document: &StatementDocument) -> Vec<Sum> {
    let taken = |label: &str, amount: Money| Sum::new(label, less(amount));
    let mut sums = vec![
        Sum::new("Charges", figure(document.charged)),
        taken("Insurance paid", document.insurance_paid),
    ];
    if !document.insurance_pending.is_zero() {
        sums.push(taken("Still with insurance", document.insurance_pending));
    }
    sums.push(taken("Adjustments", document.adjusted));
    sums.push(taken("Your payments", document.paid));
    sums
}

/// An offer in a frame.
fn plan(sheets: &mut Sheets, offer: &str) {
    let width = RIGHT - LEFT - 24.0;
    let lines = wrap(Fonts::get().of(BODY.cut), BODY.size, offer, width);
    let shown = lines.len().min(12);
    #[expect(clippy::cast_precision_loss, reason = "at most twelve lines")]
    let height = 34.0 + shown as f32 * BODY.leading();
    sheets.room(height + 10.0);
    let top = sheets.y;
    sheets.frame(LEFT, top, RIGHT - LEFT, height, ACCENT);
    let node = sheets.paragraph_node();
    let strong = Style { ink: ACCENT, ..STRONG };
    sheets.line(LEFT + 12.0, top + 18.0, strong, "Pay in instalments", node);
    sheets.lines((LEFT + 12.0, width), top + 33.0, BODY, offer, shown, node);
    sheets.y = top + height + 12.0;
}

/// The coupon at the foot of the first page. On the way back the practice's address stands in
/// the window.
fn coupon(sheets: &mut Sheets, document: &StatementDocument) {
    // It belongs to the first page, whatever page the charges end on.
    let later = sheets.pages.split_off(1);
    let top = HEIGHT - 62.0 - COUPON + 10.0;
    let (from, to) = ((LEFT, top), (RIGHT, top));
    sheets.mark(Mark::Rule { from, to, weight: 0.8, ink: QUIET, dashed: true });
    let node = sheets.paragraph_node();
    let words = "Please cut here and send this part with your payment";
    sheets.line(LEFT, top + 12.0, SMALL, words, node);
    let node = sheets.paragraph_node();
    let place = (WINDOW_LEFT, 240.0);
    sheets.line(WINDOW_LEFT, top + 48.0, LABEL, "SEND TO", node);
    let party = &document.practice.party;
    let strong = Style { size: 10.5, ..STRONG };
    let mut baseline = sheets.lines(place, top + 64.0, strong, &party.name, 2, node);
    for line in party.address.iter().take(5) {
        baseline = sheets.lines(place, baseline, Style { size: 10.0, ..BODY }, line, 1, node);
    }
    let node = sheets.node(Meaning::Table, None);
    let mut baseline = top + 40.0;
    let due = document.due_on.map(day).unwrap_or_default();
    let facts = [
        ("Statement", document.number.clone()),
        ("Patient", document.patient.name.clone()),
        ("Payment due", due),
        ("Amount due", figure(document.balance)),
    ];
    for (label, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
        let row = sheets.node(Meaning::Row, Some(node));
        let cell = Some(sheets.node(Meaning::HeaderCell, Some(row)));
        sheets.line(352.0, baseline, SMALL, label, cell);
        let cell = Some(sheets.node(Meaning::Cell, Some(row)));
        sheets.line_to(RIGHT, RIGHT - 352.0 - 70.0, baseline, BODY, &value, cell);
        sheets.rule(352.0, RIGHT, baseline + 5.0, 0.4, HAIR);
        baseline += 18.0;
    }
    let top = baseline - 6.0;
    sheets.area(352.0, top, RIGHT - 352.0, 30.0, TINT);
    sheets.frame(352.0, top, RIGHT - 352.0, 30.0, ACCENT);
    let node = sheets.paragraph_node();
    sheets.line(360.0, top + 19.0, STRONG, "Amount enclosed", node);
    let currency = document.balance.currency().to_string();
    let style = Style { ink: QUIET, ..FIGURE };
    sheets.line(450.0, top + 20.0, Style { size: 9.0, ..style }, &currency, node);
    sheets.pages.extend(later);
}
