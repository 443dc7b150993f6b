//! An invoice that nobody expects money for, and one that is void.

use super::{
    invoices::{Invoice, NOT_OPEN, Status},
    state::{Expected, done, refused},
};

impl Invoice {
    pub(super) fn write_off(&mut self) -> Expected {
        if !self.is_open() {
            return NOT_OPEN;
        }
        if self.balance <= 0 {
            return if self.given_up { done(200) } else { refused(422, "invoice.nothing_owed") };
        }
        self.before = self.status;
        self.written_off = self.balance;
        self.balance = 0;
        self.status = Status::Failed;
        self.given_up = true;
        done(200)
    }

    pub(super) fn unwrite(&mut self) -> Expected {
        if !self.is_open() {
            return NOT_OPEN;
        }
        if self.written_off == 0 {
            let again = refused(422, "invoice.nothing_written_off");
            return if self.reversed { done(200) } else { again };
        }
        self.balance += self.written_off;
        self.written_off = 0;
        self.given_up = false;
        self.reversed = true;
        let stays = self.before == Status::Failed && self.paid <= 0;
        self.status = if stays { Status::Failed } else { self.by_funds() };
        done(200)
    }

    pub(super) fn cancel(&mut self) -> Expected {
        if self.status == Status::Canceled {
            return done(200);
        }
        if self.given_up {
            return refused(422, "invoice.written_off");
        }
        if self.paid != 0 || self.credit != 0 {
            return refused(422, "invoice.has_payments");
        }
        if self.lost > 0 {
            return refused(422, "invoice.written_off");
        }
        self.status = Status::Canceled;
        self.balance = 0;
        done(200)
    }
}
