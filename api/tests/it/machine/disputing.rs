//! Money of an invoice that the bank takes back, in cents.

use proptest::sample::Index;

use super::{
    invoices::{Invoice, NOT_POSITIVE, Status, Verb},
    state::{Expected, State, done, refused},
};

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    Open,
    Won,
    Lost,
}

/// Money that is away while the bank looks into it, or for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dispute {
    pub(crate) id: String,
    pub(crate) minor: i64,
    pub(crate) stands: Stands,
    /// The place of the payment.
    payment: usize,
    /// Not out of credit.
    settled: i64,
}

impl Invoice {
    pub(super) fn dispute(&mut self, which: Index, minor: i64, id: &str) -> Expected {
        if minor == 0 {
            return NOT_POSITIVE;
        }
        if self.payments.is_empty() {
            return refused(404, "invoice.payment_unknown");
        }
        let place = which.index(self.payments.len());
        let payment = &mut self.payments[place];
        if payment.gone {
            return refused(422, "invoice.payment_not_succeeded");
        }
        if minor > payment.left {
            return refused(422, "invoice.dispute_too_large");
        }
        payment.left -= minor;
        let settled = minor - minor.min(self.credit);
        self.credit -= minor - settled;
        self.paid -= settled;
        self.balance += settled;
        self.follow();
        let (id, stands) = (id.to_owned(), Stands::Open);
        self.disputes.push(Dispute { id, minor, stands, payment: place, settled });
        done(201)
    }

    /// The dispute that an order ends, or what it comes to where that is so already.
    fn ending(&self, which: Index, end: Stands) -> Result<usize, Expected> {
        if self.disputes.is_empty() {
            return Err(refused(404, "invoice.dispute_unknown"));
        }
        let place = which.index(self.disputes.len());
        match self.disputes[place].stands {
            Stands::Open => Ok(place),
            stands if stands == end => Err(done(200)),
            Stands::Won | Stands::Lost => Err(refused(422, "invoice.dispute_closed")),
        }
    }

    pub(super) fn win(&mut self, which: Index) -> Expected {
        let place = match self.ending(which, Stands::Won) {
            Ok(place) => place,
            Err(already) => return already,
        };
        let Dispute { minor, payment, .. } = self.disputes[place];
        self.disputes[place].stands = Stands::Won;
        self.payments[payment].left += minor;
        let applied = minor.min(self.balance);
        self.balance -= applied;
        self.paid += applied;
        self.credit += minor - applied;
        self.follow();
        done(200)
    }

    /// What is still owed of it is a loss.
    pub(super) fn lose(&mut self, which: Index) -> Expected {
        let place = match self.ending(which, Stands::Lost) {
            Ok(place) => place,
            Err(already) => return already,
        };
        let Dispute { settled, payment, .. } = self.disputes[place];
        self.disputes[place].stands = Stands::Lost;
        self.payments[payment].gone = self.payments[payment].left == 0;
        let loss = settled.min(self.balance);
        if loss == 0 {
            return done(200);
        }
        self.balance -= loss;
        self.lost += loss;
        if self.balance > 0 {
            self.follow();
            return done(200);
        }
        self.given_up = true;
        if self.status != Status::Canceled {
            self.status = Status::Failed;
        }
        done(200)
    }

    pub(super) fn is_disputed(&self, payment: usize) -> bool {
        let open = |one: &Dispute| one.payment == payment && one.stands == Stands::Open;
        self.disputes.iter().any(open)
    }

    /// The status follows the money, unless nobody expects any.
    pub(super) fn follow(&mut self) {
        if self.is_open() && !self.given_up {
            self.status = self.by_funds();
        }
    }
}

impl State {
    /// What banks took came no longer, or came again.
    pub(super) fn tell_disputed(&mut self, verb: Verb, place: usize, new: &str) -> Expected {
        let away = |invoice: &Invoice| -> i64 {
            let away = invoice.disputes.iter().filter(|one| one.stands != Stands::Won);
            away.map(|one| one.minor).sum()
        };
        let invoice = &mut self.invoices[place];
        let before = away(invoice);
        let expected = invoice.tell(verb, new);
        self.received -= away(invoice) - before;
        expected
    }
}
