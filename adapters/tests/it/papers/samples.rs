//! Papers as they could be.

use ledger::{
    documents::{
        ChargeRow, InvoiceDocument, InvoiceRow, Issuer, Party, Stamp, StatementDocument, TaxRow,
    },
    values::{Currency, Money},
};
use time::{Duration, macros::date};

pub(crate) fn dollars(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD)
}

fn party(name: &str, address: &[&str]) -> Party {
    let address = address.iter().map(|line| (*line).to_owned()).collect();
    Party { name: name.to_owned(), address }
}

const WORK: [&str; 5] = [
    "Patient activation",
    "Practice plan, billed ahead",
    "On-site training for front desk and hygienists, including the preparation of the material \
     and a second visit four weeks later",
    "Data migration from the former system",
    "Insurance verification desk",
];

pub(crate) fn invoice(rows: usize) -> InvoiceDocument {
    let row = |at: usize| {
        let (quantity, unit) = ((at as i64 % 7 + 1) * 13, (at as i64 % 5 + 1) * 1_250);
        let first = date!(2026 - 11 - 01);
        InvoiceRow {
            text: WORK[at % WORK.len()].to_owned(),
            days: (at % 3 == 1).then_some((first, first + Duration::days(29))),
            quantity,
            unit_price: dollars(unit),
            amount: dollars(quantity * unit),
        }
    };
    let rows: Vec<InvoiceRow> = (0..rows).map(row).collect();
    let subtotal: i64 = rows.iter().map(|row| row.amount.minor()).sum();
    let (gst, qst) = (subtotal / 20, subtotal * 9_975 / 100_000);
    let total = subtotal + gst + qst;
    let tax = |name: &str, rate: &str, minor| TaxRow {
        name: name.to_owned(),
        rate: rate.parse().unwrap(),
        base: dollars(subtotal),
        tax: dollars(minor),
    };
    InvoiceDocument {
        issuer: Issuer {
            party: party(
                "Daybook Services",
                &["1200 Harbour Street, Suite 400", "Portland, OR 97204"],
            ),
            contact: Some("billing@daybook.example \u{b7} (503) 555-0142".to_owned()),
        },
        customer: party(
            "Harbour Dental Group",
            &["Attn. Accounts payable", "88 Quay Road", "Montréal, QC  H2Y 1C6"],
        ),
        customer_id: Some("office-2207".to_owned()),
        number: Some("INV-202611-00042".to_owned()),
        stamp: Stamp::Open,
        issued_on: Some(date!(2026 - 11 - 01)),
        due_on: Some(date!(2026 - 12 - 01)),
        period: Some((date!(2026 - 11 - 01), date!(2026 - 11 - 30))),
        terms_days: 30,
        rows,
        unlisted: None,
        subtotal: dollars(subtotal),
        taxes: vec![tax("GST", "0.05", gst), tax("QST", "0.09975", qst)],
        total: dollars(total),
        credited: dollars(0),
        paid: dollars(total / 4),
        written_off: dollars(0),
        balance: dollars(total - total / 4),
    }
}

const CARE: [(&str, &str); 4] = [
    ("Periodic oral evaluation", "D0120"),
    ("Prophylaxis, adult", "D1110"),
    ("Resin-based composite, two surfaces, posterior", "D2392 \u{b7} tooth 14 \u{b7} surfaces MO"),
    ("Crown, porcelain/ceramic", "D2740 \u{b7} tooth 30"),
];

pub(crate) fn statement(rows: usize) -> StatementDocument {
    let charge = |at: usize| {
        let (text, detail) = CARE[at % CARE.len()];
        ChargeRow {
            service_on: date!(2026 - 09 - 03) + Duration::days(at as i64),
            text: text.to_owned(),
            detail: Some(detail.to_owned()),
            amount: dollars([6_500, 11_200, 24_800, 132_000][at % 4]),
        }
    };
    let charges: Vec<ChargeRow> = (0..rows).map(charge).collect();
    let charged: i64 = charges.iter().map(|charge| charge.amount.minor()).sum();
    let (insurance, adjusted, paid) = (charged / 2, charged / 10, charged / 20);
    StatementDocument {
        practice: Issuer {
            party: party("Cedar Hill Dentistry", &["415 Cedar Hill Avenue", "Boise, ID 83702"]),
            contact: Some("(208) 555-0117".to_owned()),
        },
        patient: party("José Martínez", &["2719 W Idaho Street, Apt 4", "Boise, ID 83702"]),
        number: "STMT-202611-00007".to_owned(),
        issued_on: date!(2026 - 11 - 15),
        due_on: Some(date!(2026 - 12 - 15)),
        charges,
        charged: dollars(charged),
        insurance_paid: dollars(insurance),
        insurance_pending: dollars(0),
        adjusted: dollars(adjusted),
        paid: dollars(paid),
        balance: dollars(charged - insurance - adjusted - paid),
        plan_offer: Some(
            "You may pay in six monthly instalments without interest. Call us before the due \
             date and we set it up together."
                .to_owned(),
        ),
        notes: vec!["Your insurance has paid its part. What is left is yours to pay.".to_owned()],
    }
}
