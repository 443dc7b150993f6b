//! Stripe's exports as they come, and as they should not.

use adapters::stripe::StripeStatement;
use ledger::{
    ports::statements::{BadLine, StatementError, StatementReader},
    reconciliation::{LineKind, LineStatus, Statement},
    values::{Currency, Money},
};
use time::macros::{date, datetime};

const ITEMIZED: &str = "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,\
    net,reporting_category,source_id,description,automatic_payout_id,payment_intent_id\n";

fn read(text: &str) -> Result<Statement, StatementError> {
    StripeStatement.read(&mut text.as_bytes(), &mut |_| {})
}

fn bad(text: &str) -> Vec<BadLine> {
    match read(text) {
        Err(StatementError::Lines { told, .. }) => told,
        other => panic!("{other:?}"),
    }
}

fn itemized(line: &str) -> String {
    format!("{ITEMIZED}{line}\n")
}

#[test]
fn an_itemized_export_is_read() {
    let text = [
        "txn_1,2026-09-14 10:02:11,2026-09-16 00:00:00,usd,600.00,8.70,591.30,charge,ch_1,x,po_1,pi_1",
        "txn_2,2026-09-14 15:40:02,2026-09-16,usd,-20.00,0.00,-20.00,refund,re_1,,po_1,pi_1",
        "txn_3,2026-09-15 09:12,2026-09-17,usd,-100.00,15.00,-115.00,dispute,dp_1,,po_1,pi_2",
        "txn_4,2026-09-18T00:00:00Z,2026-09-19,usd,-456.30,0,-456.30,payout,po_1,,,",
        "txn_5,2026-09-18 01:00:00,,usd,-2.00,0.00,-2.00,fee,,Radar,,",
        "txn_6,2026-09-18 01:00:00,,jpy,5000,150,4850,something_new,,,,",
    ];
    let statement = read(&format!("{ITEMIZED}{}\n", text.join("\n"))).unwrap();
    assert!(statement.names_payouts);
    let kinds: Vec<LineKind> = statement.lines.iter().map(|line| line.kind).collect();
    assert_eq!(
        kinds,
        [
            LineKind::Charge,
            LineKind::Refund,
            LineKind::Dispute,
            LineKind::Payout,
            LineKind::Fee,
            LineKind::Adjustment,
        ]
    );
    let first = &statement.lines[0];
    assert_eq!(first.gross, Money::from_minor(60_000, Currency::USD));
    assert_eq!(first.fee, Money::from_minor(870, Currency::USD));
    assert_eq!(first.created, datetime!(2026-09-14 10:02:11 UTC));
    assert_eq!(first.available_on, Some(date!(2026 - 09 - 16)));
    assert_eq!((first.source.as_deref(), first.payout.as_deref()), (Some("ch_1"), Some("po_1")));
    assert_eq!(first.references, ["pi_1"]);
    assert_eq!(statement.lines[5].gross.minor(), 5_000, "yen have no cents");
}

#[test]
fn a_balance_history_is_read_with_bom_crlf_and_quoted_newlines() {
    let text = "\u{feff}id,Type,Source,Amount,Fee,Net,Currency,Created (UTC),\
        Available On (UTC),Description,Transfer,daybook_invoice_id (metadata)\r\n\
        txn_1,charge,ch_1,120.00,3.78,116.22,usd,2026-09-01 14:03,2026-09-03 00:00,\
        \"Two\r\nlines, \"\"quoted\"\"\",po_1,0190a000-0000-7000-8000-000000000011\r\n\
        txn_2,adjustment,du_1,-120.00,15.00,-135.00,usd,2026-09-02 14:03,2026-09-02 14:03,,,\r\n\
        txn_3,adjustment,du_1,120.00,-15.00,135.00,usd,2026-09-03 14:03,2026-09-03 14:03,,,not ours\r\n\
        txn_4,payout,po_1,-116.22,0.00,-116.22,usd,2026-09-05 14:03,2026-09-05 00:00,,,\r\n";
    let statement = read(text).unwrap();
    let kinds: Vec<LineKind> = statement.lines.iter().map(|line| line.kind).collect();
    assert_eq!(
        kinds,
        [LineKind::Charge, LineKind::Dispute, LineKind::DisputeReversal, LineKind::Payout]
    );
    assert!(statement.lines[0].invoice_id.is_some());
    assert!(statement.lines[2].invoice_id.is_none());
    // The line of a fault is that of the file, whatever is quoted before it.
    let wrong = text.replace("txn_3,adjustment", "txn_3,");
    assert_eq!(bad(&wrong)[0].line, 5);
}

#[test]
fn a_list_of_the_api_is_read() {
    let entry = serde_json::json!({
        "id": "txn_1", "type": "charge", "reporting_category": "charge", "amount": 1_000,
        "fee": 59, "net": 941, "currency": "usd", "created": 1_760_300_000,
        "available_on": 1_760_400_000, "status": "pending",
        "source": {"id": "ch_1", "payment_intent": "pi_1",
            "metadata": {"daybook_invoice_id": "0190a000-0000-7000-8000-000000000011"}},
    });
    let list = |data: serde_json::Value, more: bool| {
        serde_json::json!({"object": "list", "data": data, "has_more": more}).to_string()
    };
    let statement = read(&list(serde_json::json!([entry]), false)).unwrap();
    let line = &statement.lines[0];
    assert_eq!((line.kind, line.status), (LineKind::Charge, LineStatus::Pending));
    assert_eq!((line.source.as_deref(), line.net.minor()), (Some("ch_1"), 941));
    assert_eq!(line.references, ["pi_1"]);
    assert!(line.invoice_id.is_some());
    assert!(matches!(read(&list(serde_json::json!([entry]), true)), Err(StatementError::Form(_))));
    let mut wrong = entry.clone();
    wrong["net"] = serde_json::json!(940);
    wrong["id"] = serde_json::json!("=1+1");
    let told = bad(&list(serde_json::json!([entry, wrong]), false));
    assert_eq!((told[0].line, told[0].column.as_deref()), (2, Some("id")));
    for text in ["{", "{}", "{\"data\": 1}"] {
        assert!(matches!(read(text), Err(StatementError::Form(_))), "{text}");
    }
}

#[test]
fn every_fault_is_told_with_its_line_and_column() {
    let good = "txn_1,2026-09-14 10:02:11,,usd,1.00,0.10,0.90,charge,ch_1,,,";
    for (line, column, problem) in [
        (good.replace("1.00", "=1+1"), "gross", "not an amount"),
        (good.replace("1.00", "1.001"), "gross", "decimal places"),
        (good.replace("1.00", "99999999999999999999.00"), "gross", "out of range"),
        (good.replace("0.90", "0.80"), "net", "gross less fee"),
        (good.replace("usd", "xyz"), "currency", "unknown currency"),
        (good.replace("usd", ""), "currency", "must be given"),
        (good.replace("txn_1", "=HYPERLINK(1)"), "balance_transaction_id", "no id"),
        (good.replace("ch_1", "ch 1"), "source_id", "no id"),
        (good.replace("2026-09-14 10:02:11", "8/6/2026 12:00"), "created_utc", "no time"),
        (good.replace("charge", ""), "reporting_category", "must be given"),
    ] {
        let told = bad(&itemized(&line));
        assert_eq!(told.len(), 1, "{line}: {told:?}");
        assert_eq!((told[0].line, told[0].column.as_deref()), (2, Some(column)), "{line}");
        assert!(told[0].problem.contains(problem), "{line}: {}", told[0].problem);
    }
    let told = bad(&format!("{ITEMIZED}{good}\ntxn_2,short\n{good},long\n"));
    assert_eq!(told.iter().map(|bad| bad.line).collect::<Vec<_>>(), [3, 4], "nothing is lost");
    assert!(told.iter().all(|bad| bad.column.is_none()));
    // What stands in a cell is never repeated: it may be about a person.
    let told = bad(&itemized(&good.replace("1.00", "Jane Doe")));
    assert!(!told[0].problem.contains("Jane"));
}

#[test]
fn many_faults_are_counted_and_the_first_are_told() {
    let text = format!("{ITEMIZED}{}", "x\n".repeat(1_000));
    match read(&text) {
        Err(StatementError::Lines { total, told }) => assert_eq!((total, told.len()), (1_000, 100)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_statement_is_refused() {
    assert!(matches!(read(""), Err(StatementError::Empty)));
    assert!(read(ITEMIZED).unwrap().lines.is_empty(), "a quiet month");
    match read("id,Amount\n1,2\n") {
        Err(StatementError::Columns(missing)) => {
            assert!(missing.contains(&"net") && missing.contains(&"fee"), "{missing:?}");
        }
        other => panic!("{other:?}"),
    }
    let mut bytes = itemized("txn_1,2026-09-14,,usd,1.00,0,1.00,charge,ch_1,,,").into_bytes();
    let at = bytes.windows(4).position(|part| part == b"ch_1").unwrap();
    bytes[at] = 0xff;
    match StripeStatement.read(&mut bytes.as_slice(), &mut |_| {}) {
        Err(StatementError::Lines { told, .. }) => assert_eq!(told[0].problem, "is not UTF-8"),
        other => panic!("{other:?}"),
    }
}
