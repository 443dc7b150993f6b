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
//! 5. Issuing gives it its gapless number `INV-YYYYMM-NNNNN`, its due date, the tax snapshot with
//!    the taxes by name, and the schedules by which what is billed ahead is earned. Nothing of
//!    that changes any more. An invoice over nothing is paid at once.
//! 6. A payment settles what is still owed; the rest is unapplied credit. One payment counts
//!    once; success is not undone by a late failure, only by a reversal. A payment that was held
//!    on the account is taken over the same way, and handed back whole or not at all.
//! 7. A reversal takes back what a payment brought and still holds, from the credit first. The
//!    status stays until somebody reconciles: that is the mismatch finance looks for. Where the
//!    payment's credit had already settled another invoice, `paid` falls below zero and more is
//!    owed here than was billed.
//! 8. A refund never exceeds what its payment brought and still holds. It comes out of the credit
//!    first; the rest cuts revenue and tax in proportion, so that what is owed and what is paid
//!    shrink alike. A refund that came back is still owed.
//! 9. Credit moves to another invoice as it is: released here and applied there in one append;
//!    undone, it is returned there and regained here, as far as it is still there.
//! 10. The status follows settled funds: paid when nothing is owed, partial when something is
//!     settled, otherwise overdue past the due date and sent before it.
//! 11. A write-off gives up all that is owed, with a reason. Money that comes later is credit.
//!     Reversed, all of it is owed again.
//! 12. A draft can always be canceled; an issued invoice only while it holds no money. Its number
//!     stays used.
//! 13. An open invoice of another system is taken over once, with its own number, dates and taxes.
//!     What was settled there counts as paid, and is not a payment that could be refunded here.
//!
//! # Corrections
//!
//! 13. A credit note has a gapless number of its own, `CN-YYYYMM-NNNNN`. It takes back lines, an
//!     amount shared in proportion, or all that is left; never more than refunds, other credit
//!     notes and losses have left of the whole, of an item type, of a rate or of a line. Tax goes
//!     back per rate from the snapshot, rounded on the sum: crediting everything in any steps
//!     takes back exactly the tax of issue.
//! 14. It settles what is owed; the rest, or all of it where that was asked, is credit. What
//!     becomes credit is no longer paid here: `paid` shrinks by it, below zero where the credit
//!     was granted before the money came.
//! 15. A void, a canceled refund and a handed-back payment are exact mirrors. They are refused
//!     once what they would take is not there any more (`invoice.credit_used`,
//!     `invoice.refund_gone`, `invoice.payment_used`). Where the money is as it was before and
//!     nobody has touched the status since, the status is as it was too.
//! 16. What is given up is not credited; the write-off is reversed first.
//! 17. A dispute takes the money away while the bank looks into it, from the credit first; the
//!     rest is owed again and the fee is ours. Its payment can be neither refunded nor reversed
//!     meanwhile. Won, the money settles what is owed. Lost, what is still owed of it is a
//!     chargeback loss.
//!
//! # Earning
//!
//! 18. Revenue is earned through a day: a straight line by day, or the same part at the end of
//!     each month, always rounded on the sum since the beginning, so that the last step is exact.
//!     Interruptions earn nothing and put the end off. The same day again or an earlier one earns
//!     nothing, nor does a day before the issue.
//! 19. What is taken back comes out of deferred revenue first, then out of revenue; a line that
//!     is named takes its own deferred part. The rest is spread anew over what remains.
//!
//! # Money is conserved
//!
//! At every moment `received − reversed − withdrawn − refunded + credit applied − credit
//! released` equals `paid + credit`; `total − refunds and credit notes − paid − written off −
//! lost` is the balance; `billed ahead` is `earned + deferred + taken back unearned`.
//!
//! # States
//!
//! ```text
//!            issue (total 0) ───────────────────────┐
//!            │                                      ▼
//! (none) ─▶ draft ─ issue ─▶ sent ──────────────▶ paid ─ reconcile, dispute ─▶ open again
//!            │               │ ▲ ╲ partial ▶────────▲ ▲
//!            │               ▼ │  ╲                 │ │
//!            │      overdue ◀──┴── failed ──────────┘ │ payment, credit, credit note
//!            │         └──────────────────────────────┘
//!            └─ cancel ─▶ canceled ◀─ cancel, no money held ─ sent | overdue | failed
//!                         open with a balance ─ write off, lost dispute ─▶ failed
//!                         failed by a write-off ─ reverse ─▶ sent | partial | overdue
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
mod importing;
mod issuing;
mod left;
mod lines;
mod paying;
mod progress;
mod reading;
mod refunding;
mod schedules;
mod state;
mod status;
mod taking_over;
#[cfg(test)]
mod tests;
mod totals;
mod unearned;
mod upcast;

pub use aggregate::Invoice;
pub use command::*;
pub use error::{CorrectionError, InvoiceError};
pub use event::*;
pub use identity::{imported_invoice_id, monthly_invoice_id, setup_fee_invoice_id};
pub use importing::{Import, MOST_NUMBER_CHARS, is_foreign_number};
pub use progress::Progress;
pub use state::{
    CreditNote, Dispute, DisputeStanding, Payment, PaymentStanding, Refund, RefundStanding,
};
pub use status::status_by_funds;

use earning::{Earning, Wanted};
use left::{Left, LinePart, Taken};
use state::{GivenUp, Undo};

/// What a decision comes to.
type Decision = Result<Vec<InvoiceEvent>, InvoiceError>;
