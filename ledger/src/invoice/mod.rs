//! An invoice: lines while it is a draft, a fixed document once issued, then money.
//!
//! # The rule
//!
//! 1. An invoice has one currency. Its lines are in it; money in another is refused
//!    (`invoice.currency_mismatch`) and the caller holds it on the account.
//! 2. Lines change only while it is a draft. A line and a charge key are taken once; a charge
//!    that was taken off by hand is not put back by a late retry.
//! 3. Totals are kept line by line as sums per tax rate, never by walking the lines. Tax is
//!    rounded once per invoice and rate, in the mode the invoice was opened with.
//! 4. Lines whose rate comes from the account's configuration follow it until issue, all of them
//!    together. The last word is the rate of the day of issue.
//! 5. Issuing gives it its gapless number `INV-YYYYMM-NNNNN`, its due date and the tax snapshot.
//!    Nothing of that changes any more. An invoice over nothing is paid at once.
//! 6. A payment settles what is still owed; the rest is unapplied credit. One payment counts
//!    once; success is not undone by a late failure, only by a reversal.
//! 7. A reversal takes back what was received and not refunded, from the credit first. The
//!    status stays until somebody reconciles: that is the mismatch finance looks for. Where the
//!    payment's credit had already settled another invoice, `paid` falls below zero and more is
//!    owed here than was billed.
//! 8. A refund never exceeds what its payment brought and was not refunded yet. It comes out of
//!    the credit first; the rest cuts revenue and tax in proportion, so that what is owed and
//!    what is paid shrink alike. A refund that came back is still owed.
//! 9. Credit moves to another invoice as it is: released here and applied there in one append.
//! 10. The status follows settled funds: paid when nothing is owed, partial when something is
//!     settled, otherwise overdue past the due date and sent before it.
//! 11. A write-off gives up all that is owed, with a reason. Money that comes later is credit.
//! 12. A draft can always be canceled; an issued invoice only while it holds no money. Its number
//!     stays used.
//!
//! # Money is conserved
//!
//! At every moment `received − reversed − refunded + credit applied − credit released` equals
//! `paid + credit`, and `total − refunded revenue and tax − paid − written off` is the balance.
//!
//! # States
//!
//! ```text
//!            issue (total 0) ───────────────────────┐
//!            │                                      ▼
//! (none) ─▶ draft ─ issue ─▶ sent ──────────────▶ paid ─ reconcile ─▶ partial | sent | overdue
//!            │               │ ▲ ╲ partial ▶────────▲ ▲
//!            │               ▼ │  ╲                 │ │
//!            │      overdue ◀──┴── failed ──────────┘ │
//!            │         └──────────────────────────────┘
//!            └─ cancel ─▶ canceled ◀─ cancel, no money held ─ sent | overdue | failed
//!                         open with a balance ─ write off ─▶ failed, for good
//! ```

mod aggregate;
mod closing;
mod command;
mod crediting;
mod crediting_notes;
mod disputing;
mod drafting;
mod earning;
mod error;
mod event;
mod hearing;
mod hearing_corrections;
pub mod identity;
mod issuing;
mod left;
mod lines;
mod paying;
mod reading;
mod refunding;
mod schedules;
mod state;
mod status;
mod taking_over;
#[cfg(test)]
mod tests;
mod upcast;

pub use aggregate::Invoice;
pub use command::*;
pub use error::{CorrectionError, InvoiceError};
pub use event::*;
pub use identity::{monthly_invoice_id, setup_fee_invoice_id};
pub use state::{
    CreditNote, Dispute, DisputeStanding, Payment, PaymentStanding, Refund, RefundStanding,
};
pub use status::status_by_funds;

use earning::{Earning, Wanted};
use left::{Left, LinePart, Taken};
use state::{GivenUp, Undo};

/// What a decision comes to.
type Decision = Result<Vec<InvoiceEvent>, InvoiceError>;
