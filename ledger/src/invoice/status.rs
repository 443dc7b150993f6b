//! The status: what settled funds and the due date say it is, and what others report.

use time::Date;

use super::{
    Decision, Invoice, MarkOverdue, OverdueMarked, PaidReported, Reconcile, ReconcileFigures,
    Reconciled, ReportPaid, Standing, Status, Undo,
};
use crate::values::Money;

/// The status that settled funds and the due date give an issued invoice: paid when nothing is
/// owed, partial when something is settled, otherwise overdue past the due date and sent before.
///
/// An invoice that was marked overdue stays so when part of it is paid and it is still past due:
/// funds and status do not disagree there.
///
/// - **Source:** contract S2.13.
pub fn status_by_funds(
    now: Status,
    balance: Money,
    paid: Money,
    due_on: Option<Date>,
    today: Date,
) -> Status {
    let past_due = due_on.is_some_and(|due_on| today > due_on);
    if !balance.is_positive() {
        Status::Paid
    } else if past_due && (now == Status::Overdue || !paid.is_positive()) {
        Status::Overdue
    } else if paid.is_positive() {
        Status::Partial
    } else {
        Status::Sent
    }
}

impl Invoice {
    /// The same money with the status that funds and the due date give it; what is void or given
    /// up stays so.
    pub(super) fn follow_funds(&self, standing: Standing, today: Date) -> Standing {
        let Standing { balance, paid, status, .. } = standing;
        let closed = matches!(status, Status::Draft | Status::Canceled);
        if closed || self.given_up {
            return standing;
        }
        let status = status_by_funds(status, balance, paid, self.due_on(), today);
        Standing { status, ..standing }
    }

    /// What stands once something is taken back: where the money is as it was and nobody has
    /// touched the status since, the status is as it was too; otherwise it follows the funds.
    pub(super) fn undone(&self, undo: Option<&Undo>, after: Standing, today: Date) -> Standing {
        let as_it_was = undo.filter(|undo| {
            let Standing { balance, credit, paid, .. } = undo.before;
            (balance, credit, paid) == (after.balance, after.credit, after.paid)
                && undo.status == after.status
                && !self.given_up
        });
        match as_it_was {
            Some(undo) => undo.before,
            None => self.follow_funds(after, today),
        }
    }

    /// Notes that the provider calls it paid, whatever we know of the money.
    pub(super) fn report_paid(&self, ReportPaid { reported_on }: ReportPaid) -> Decision {
        let standing = self.require_open()?;
        if standing.status == Status::Paid {
            return Ok(vec![]);
        }
        self.require_not_given_up()?;
        Ok(vec![PaidReported { reported_on, status: Status::Paid }.into()])
    }

    /// Works the status out anew from settled funds. It never touches the money. Every look is
    /// kept, with the figures before and after, also where nothing had to change (S2.13).
    pub(super) fn reconcile(&self, Reconcile { today }: Reconcile) -> Decision {
        let (_, standing) = self.begun()?;
        let closed = matches!(standing.status, Status::Draft | Status::Canceled);
        if closed || self.given_up {
            return Ok(vec![]);
        }
        let Standing { balance, paid, status, .. } = standing;
        let after = status_by_funds(status, balance, paid, self.due_on(), today);
        let figures = |status| ReconcileFigures {
            outstanding: balance,
            paid,
            status,
            succeeded_payments: self.succeeded_payments(),
        };
        let reconciled =
            Reconciled { after: figures(after), before: figures(status), reconciled_on: today };
        Ok(vec![reconciled.into()])
    }

    /// Notes that the due date has passed with money still owed.
    pub(super) fn mark_overdue(&self, MarkOverdue { today }: MarkOverdue) -> Decision {
        let (_, standing) = self.begun()?;
        let may_be = matches!(standing.status, Status::Sent | Status::Partial | Status::Failed);
        let past_due = self.due_on().is_some_and(|due_on| today > due_on);
        if !may_be || !past_due || !standing.balance.is_positive() || self.given_up {
            return Ok(vec![]);
        }
        Ok(vec![OverdueMarked { marked_on: today }.into()])
    }
}
