//! What payers answered and what was given up, as a claim's row keeps it: JSON without personal
//! data.

use ledger::{
    claim::{
        Adjudicated, AnsweredLine, PayerOrder, PostingKey, Reversed, Sorted, WriteOffKind,
        WrittenOff,
    },
    remittance::{Adjustment, AdviceStatus},
    values::{Code, Money},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use time::Date;
use uuid::Uuid;

/// An answer that was posted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostedAnswer {
    /// Of the claim itself.
    pub adjustments: Vec<Adjustment>,
    /// CLP03.
    pub charge: Money,
    /// By what it is known.
    pub key: PostingKey,
    /// Line by line.
    pub lines: Vec<AnsweredLine>,
    /// When the payer paid.
    pub paid_on: Date,
    /// Whose answer.
    pub payer_order: PayerOrder,
    /// The day of the entry.
    pub posted_on: Date,
    /// When it was taken back.
    pub reversed_on: Option<Date>,
    /// What the reversal stated, less the mirror that was posted.
    pub reversal_difference: Option<Money>,
    /// What it does to the books.
    pub sorted: Sorted,
    /// Lines that do not add up although the claim does.
    pub unbalanced_lines: u16,
}

/// A decision not to collect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// How much.
    pub amount: Money,
    /// What it is.
    pub kind: WriteOffKind,
    /// Why.
    pub reason_code: Code,
    /// When it was taken back.
    pub reversed_on: Option<Date>,
    /// Names the decision.
    pub write_off_id: Uuid,
    /// When.
    pub written_off_on: Date,
}

impl PostedAnswer {
    pub(super) fn of(event: &Adjudicated) -> Self {
        Self {
            adjustments: event.adjustments.clone(),
            charge: event.charge,
            key: event.key.clone(),
            lines: event.lines.clone(),
            paid_on: event.paid_on,
            payer_order: event.payer_order,
            posted_on: event.posted_on,
            reversed_on: None,
            reversal_difference: None,
            sorted: event.sorted,
            unbalanced_lines: event.unbalanced_lines,
        }
    }

    /// Not taken back, and more than a preview.
    pub fn stands(&self) -> bool {
        self.reversed_on.is_none() && self.key.status != AdviceStatus::Predetermination
    }
}

/// Takes the answer back that the reversal names.
pub(super) fn take_back(answers: &mut [PostedAnswer], reversed: &Reversed) {
    let named = |answer: &&mut PostedAnswer| answer.key == reversed.reverses;
    if let Some(answer) = answers.iter_mut().find(named) {
        answer.reversed_on = Some(reversed.posted_on);
        answer.reversal_difference = Some(reversed.difference);
    }
}

/// What the answers that stand neither pay nor take off.
pub(super) fn denied(answers: &[PostedAnswer]) -> i64 {
    let standing = answers.iter().filter(|answer| answer.stands());
    standing.fold(0, |sum, answer| sum.saturating_add(answer.sorted.open.minor()))
}

impl Given {
    pub(super) fn of(event: &WrittenOff) -> Self {
        Self {
            amount: event.amount,
            kind: event.kind,
            reason_code: event.reason_code.clone(),
            reversed_on: None,
            write_off_id: event.write_off_id,
            written_off_on: event.written_off_on,
        }
    }
}

/// Our own lists always have a JSON form.
pub(crate) fn written<T: Serialize>(list: &T) -> String {
    serde_json::to_string(list).expect("amounts, codes, days and ids")
}

/// Reads what [`written`] wrote.
pub(super) fn listed<T: DeserializeOwned>(text: &str) -> Vec<T> {
    serde_json::from_str(text).expect("the row's own list")
}
