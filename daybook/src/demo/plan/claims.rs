//! What a practice asks payers for, and what becomes of it.

use ledger::claim::Notice;

use super::Planner;
use crate::demo::step::{Answered, ClaimDeed, StatementDeed, What};

/// Days between two claims.
const EVERY: i64 = 11;

impl Planner<'_> {
    /// Claims of all fates, one after the other.
    pub(super) fn claims(&mut self) {
        if !self.org.bills_payers {
            return;
        }
        self.push(self.day(2), What::Delegate);
        for number in 1..=self.days / EVERY {
            self.one_claim(number, number * EVERY);
        }
    }

    fn one_claim(&mut self, number: i64, day: i64) {
        use ClaimDeed::{Acknowledge, Answer, Draft, Submit, WriteOff};
        let mut claim = |after: i64, deed| {
            let on = self.day(day + after);
            self.push(on, What::Claim(number, deed));
        };
        claim(0, Draft);
        match number % 7 {
            // The payer's answer comes before the practice has noted that the claim went out.
            3 => {
                claim(6, Answer(Answered::Paid));
                claim(7, Submit(1));
            }
            5 => {
                claim(1, Submit(1));
                claim(2, Acknowledge(1, Notice::InvalidInformation));
                claim(4, Submit(2));
                claim(5, Acknowledge(2, Notice::Accepted));
                claim(16, Answer(Answered::Paid));
            }
            fate => {
                claim(1, Submit(1));
                claim(2, Acknowledge(1, Notice::Accepted));
                match fate {
                    0 => {
                        claim(14, Answer(Answered::Denied));
                        claim(40, WriteOff);
                    }
                    1 => {
                        claim(14, Answer(Answered::Paid));
                        claim(24, Answer(Answered::Corrected));
                    }
                    // Nobody has answered yet.
                    6 => {}
                    _ => claim(14, Answer(Answered::Paid)),
                }
            }
        }
        let mut statement = |after: i64, deed| {
            let on = self.day(day + after);
            self.push(on, What::Statement(number, deed));
        };
        statement(17, StatementDeed::Contacts);
        match number % 5 {
            0 => statement(30, StatementDeed::Pay(40)),
            1 | 2 => statement(30, StatementDeed::Pay(100)),
            3 => statement(20, StatementDeed::Send),
            _ => {}
        }
    }
}
