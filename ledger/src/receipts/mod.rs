//! What a payment provider's messages mean to the ledger.
//!
//! # The rule
//!
//! 1. A message is kept once, before anything else ([`accept`]); then it is worked off, as often
//!    as it takes ([`work_off`]). Ids of commands follow from the provider's ids, so that
//!    repeating is harmless and order does not matter.
//! 2. Several messages may speak of one payment. A payment is named after the provider's
//!    *invoice*: "paid" and "payment succeeded" are the same money, taken once.
//! 3. A payment that went towards an invoice in part is only tied to it; the money is taken when
//!    the provider calls the invoice paid, in full.
//! 4. Money that fits no invoice (unknown, void or still a draft, another currency) is held on the
//!    account, never dropped.
//! 5. An invoice that was paid elsewhere brings no money: that it is called paid is noted, and
//!    reconcile shows the difference.
//! 6. A refund is named after the provider's refund. One whose payment is not known yet waits.
//! 7. Since 2025 an invoice no longer names its payment. A charge is recognised by the message
//!    that ties them, or else by its amount, where exactly one payment had that amount. A second
//!    payment of the same amount makes the amount say nothing.
//! 8. A failed attempt moves no money; one that is heard of after the success changes nothing.
//! 9. What happened on a day that is sealed by now is booked on the first open day; the event
//!    keeps the instant at which it happened.
//! 10. A dispute is named after the provider's dispute. It counts once the funds are withdrawn;
//!     money is back when the funds are reinstated or the dispute is won, and gone when it is
//!     lost. What is heard out of order waits; a dispute says how much of a charge is disputed,
//!     not how large it was, so its payment is never guessed by the amount.

mod accepting;
mod desk;
mod disputes;
mod payments;
mod refunds;
mod working;

pub use accepting::{accept, org_of_invoice};
pub use working::{work_off, work_off_waiting};
