//! Papers: what stands on them, the same bytes every time, and no text that breaks the press.

mod samples;

use adapters::documents::PdfPress;
use ledger::{
    documents::{InvoiceDocument, StatementDocument},
    ports::documents::Press as _,
};
use proptest::prelude::*;
use samples::{dollars, invoice, statement};

fn invoice_pdf(document: &InvoiceDocument) -> Vec<u8> {
    PdfPress.invoice(document).unwrap()
}

fn statement_pdf(document: &StatementDocument) -> Vec<u8> {
    PdfPress.statement(document).unwrap()
}

fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    let count = text.split("<xmpTPg:NPages>").nth(1).and_then(|rest| rest.split('<').next());
    count.unwrap().parse().unwrap()
}

/// Where somebody wants to look at them: `PAPERS=/some/folder`.
fn keep(name: &str, pdf: &[u8]) {
    if let Some(folder) = option_env!("PAPERS") {
        std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap();
    }
}

#[test]
fn a_paper_is_a_tagged_pdf_with_a_title_and_one_page_where_one_is_enough() {
    for (name, pdf, title) in [
        ("invoice", invoice_pdf(&invoice(3)), "Invoice INV-202611-00042"),
        ("statement", statement_pdf(&statement(1)), "Statement STMT-202611-00007"),
    ] {
        keep(name, &pdf);
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.starts_with("%PDF-1.7"), "{name}");
        for words in ["/StructTreeRoot", "<pdfuaid:part>1<", "/Lang", title] {
            assert!(text.contains(words), "{name}: {words}");
        }
        assert_eq!(pages(&pdf), 1, "{name}");
    }
}

#[test]
fn the_same_paper_is_the_same_bytes_and_another_amount_is_not() {
    assert_eq!(invoice_pdf(&invoice(3)), invoice_pdf(&invoice(3)));
    assert_eq!(statement_pdf(&statement(3)), statement_pdf(&statement(3)));
    let other = InvoiceDocument { paid: dollars(1), ..invoice(3) };
    assert_ne!(invoice_pdf(&invoice(3)), invoice_pdf(&other));
}

#[test]
fn a_long_table_goes_on_over_pages_and_a_longer_one_over_more() {
    let (long, longer) = (invoice_pdf(&invoice(70)), invoice_pdf(&invoice(400)));
    keep("invoice-long", &long);
    assert!(pages(&long) > 1 && pages(&longer) > pages(&long));
    let statement = statement_pdf(&statement(40));
    keep("statement-long", &statement);
    assert!(pages(&statement) > 1);
}

#[test]
fn who_owes_nothing_gets_no_coupon() {
    let owing = statement(4);
    let settled = StatementDocument { balance: dollars(0), paid: owing.charged, ..owing.clone() };
    let pdf = statement_pdf(&settled);
    keep("statement-settled", &pdf);
    assert!(pdf.len() < statement_pdf(&owing).len());
}

#[test]
fn a_draft_and_a_void_invoice_say_so() {
    use ledger::documents::Stamp;
    let draft = InvoiceDocument { number: None, stamp: Stamp::Draft, ..invoice(2) };
    let pdf = invoice_pdf(&draft);
    keep("invoice-draft", &pdf);
    assert!(String::from_utf8_lossy(&pdf).contains("Draft invoice"));
    let void = InvoiceDocument { stamp: Stamp::Void, balance: dollars(0), ..invoice(2) };
    keep("invoice-void", &invoice_pdf(&void));
    assert_ne!(invoice_pdf(&void), invoice_pdf(&invoice(2)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever people are called and whatever they wrote, the press makes a file of it.
    #[test]
    fn no_text_and_no_amount_breaks_the_press(
        texts in proptest::collection::vec("\\PC{0,60}|.{0,200}|[\\x00-\\x20\u{200b}-\u{202e}\u{e000}\u{fffe}\u{1f468}\u{200d}\u{e0001}\u{5d0}\u{627}\u{4e2d}]{0,40}", 8),
        minor in any::<i64>(),
        rows in 0..40_usize,
    ) {
        let mut document = invoice(rows);
        document.issuer.party.name.clone_from(&texts[0]);
        document.issuer.contact = Some(texts[1].clone());
        document.customer.name.clone_from(&texts[2]);
        document.customer.address = vec![texts[3].clone(), texts[4].clone()];
        document.customer_id = Some(texts[5].clone());
        document.number = Some(texts[6].clone());
        document.balance = dollars(minor);
        document.total = dollars(minor);
        for row in &mut document.rows {
            row.text.clone_from(&texts[7]);
            row.amount = dollars(minor);
            row.quantity = minor;
        }
        prop_assert!(PdfPress.invoice(&document).is_ok());
        let mut paper = statement(rows);
        paper.number.clone_from(&texts[0]);
        paper.practice.party.name.clone_from(&texts[1]);
        paper.patient.name.clone_from(&texts[2]);
        paper.plan_offer = Some(texts[3].clone());
        paper.notes = vec![texts[4].clone(), texts[5].repeat(20)];
        paper.balance = dollars(minor);
        for charge in &mut paper.charges {
            charge.text.clone_from(&texts[6]);
            charge.detail = Some(texts[7].clone());
        }
        prop_assert!(PdfPress.statement(&paper).is_ok());
    }
}
