//! A payment provider's statement.

use adapters::stripe::StripeStatement;
use ledger::ports::statements::{StatementError, StatementReader};
use ledger::reconciliation::{Line, Statement};

/// A payment provider's statement, as CSV or JSON.
///
/// # Panics
///
/// When a line passes whose amounts do not add up or whose ids are none, when nothing is said of
/// what is wrong, or when the lines are others once written as CSV.
pub fn statement(bytes: &[u8]) {
    let read = match read(bytes) {
        Ok(read) => read,
        Err(StatementError::Lines { total, told }) => {
            assert!(total > 0 && !told.is_empty(), "{total} wrong lines and none of them told");
            return;
        }
        Err(_) => return,
    };
    let is_id = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    for line in &read.lines {
        assert_eq!(line.gross.minus(line.fee), Ok(line.net), "{line:?}");
        let mut ids = line.references.iter().chain(&line.source).chain(&line.payout);
        assert!(!line.id.is_empty() && is_id(&line.id) && ids.all(|id| is_id(id)), "{line:?}");
    }
    let text = written(&read.lines);
    match self::read(text.as_bytes()) {
        Ok(again) => assert!(again.lines.iter().map(figures).eq(read.lines.iter().map(figures))),
        Err(error) => panic!("{error} in {text:?}"),
    }
}

fn read(bytes: &[u8]) -> Result<Statement, StatementError> {
    let mut source = bytes;
    StripeStatement.read(&mut source, &mut |_| {})
}

fn figures(line: &Line) -> (&str, [i64; 3], &str) {
    let minor = [line.gross, line.fee, line.net].map(ledger::values::Money::minor);
    (&line.id, minor, line.source.as_deref().unwrap_or_default())
}

fn written(lines: &[Line]) -> String {
    let mut text =
        "balance_transaction_id,created_utc,currency,gross,fee,net,type,source_id\n".to_owned();
    for line in lines {
        let (gross, fee, net) = (line.gross, line.fee, line.net);
        let source = line.source.as_deref().unwrap_or_default();
        let currency = gross.currency();
        text += &format!("{},2026-01-01,{currency},{gross},{fee},{net},x,{source}\n", line.id);
    }
    text
}
