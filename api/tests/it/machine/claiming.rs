//! What orders, and the payer's answers, do to a claim.

use proptest::sample::Index;

use super::{
    claims::{Answer, Claim, GivenUp, Stands, Verb, parts},
    state::{Expected, done, refused},
    statements::within,
};

const APPEAL_OPEN: Expected = refused(422, "claim.appeal_open");

impl Claim {
    /// Does it; what is new has this id.
    pub(crate) fn tell(&mut self, verb: Verb, new: &str) -> Expected {
        match verb {
            Verb::Draft { .. } => done(201),
            Verb::Submit { anew } => self.submit(anew),
            Verb::Acknowledge { taken } => self.acknowledge(taken),
            Verb::Answer(said) => {
                let answer = parts(self.drafted, said);
                if self.submissions == 0 {
                    self.parked.push(answer);
                } else {
                    self.post(answer);
                }
                done(201)
            }
            Verb::TakeBack(which) => self.take_back(which),
            Verb::GiveUp { minor, patients } => self.give_up(minor, patients, new),
            Verb::Regain(which) => self.regain(which),
            Verb::Appeal => self.appeal(new),
            Verb::Decide(which, _) => self.decide(which),
            Verb::Void => self.void(),
            Verb::Close => self.close(),
            Verb::Settle(minor) => match within(minor, self.patient_balance()) {
                Some(refusal) => refusal,
                None => {
                    self.patient_paid += minor;
                    self.reopen();
                    done(201)
                }
            },
        }
    }

    fn submit(&mut self, anew: bool) -> Expected {
        if self.submissions > 0 && !anew {
            return done(200);
        }
        match self.stands {
            Stands::Draft | Stands::Rejected | Stands::Denied | Stands::Reversed => {}
            Stands::Submitted
            | Stands::Accepted
            | Stands::Adjudicated
            | Stands::Appealed
            | Stands::Voided
            | Stands::Closed => return refused(422, "claim.not_ready"),
        }
        if self.submissions == 0 {
            self.moved = Some(Some(self.units));
        }
        self.submissions += 1;
        self.charge = self.drafted;
        self.stands = Stands::Submitted;
        self.heard.clear();
        self.answered = false;
        for answer in std::mem::take(&mut self.parked) {
            self.post(answer);
        }
        done(200)
    }

    fn acknowledge(&mut self, taken: bool) -> Expected {
        if self.submissions == 0 {
            return refused(422, "claim.not_submitted");
        }
        if self.heard.contains(&taken) {
            return done(200);
        }
        self.heard.push(taken);
        let under_way =
            matches!(self.stands, Stands::Submitted | Stands::Accepted | Stands::Rejected);
        if under_way && !self.answered {
            let stopped = self.heard.contains(&false);
            self.stands = if stopped { Stands::Rejected } else { Stands::Accepted };
        }
        done(200)
    }

    fn post(&mut self, answer: Answer) {
        self.answers.push(answer);
        self.answered = true;
        self.by_answers();
    }

    /// The first of those that look like it.
    fn take_back(&mut self, which: Index) -> Expected {
        let Some(paid) = self.standing_answer(which).map(|answer| answer.paid) else {
            return done(201);
        };
        let alike = |answer: &&mut Answer| answer.stands && answer.paid == paid;
        if let Some(answer) = self.answers.iter_mut().find(alike) {
            answer.stands = false;
        }
        self.by_answers();
        done(201)
    }

    fn by_answers(&mut self) {
        if self.stands == Stands::Voided {
            return;
        }
        if self.open_appeal.is_some() {
            self.stands = Stands::Appealed;
            return;
        }
        self.stands = match self.answers.iter().rfind(|answer| answer.stands) {
            Some(last) if last.denied => Stands::Denied,
            Some(_) => Stands::Adjudicated,
            None => Stands::Reversed,
        };
    }

    fn reopen(&mut self) {
        if self.stands == Stands::Closed {
            self.by_answers();
        }
    }

    fn give_up(&mut self, minor: i64, patients: bool, id: &str) -> Expected {
        if self.submissions == 0 {
            return refused(422, "claim.not_submitted");
        }
        if minor == 0 {
            return refused(422, "claim.amount_not_positive");
        }
        if self.open_appeal.is_some() && !patients {
            return APPEAL_OPEN;
        }
        let owed = if patients { self.patient_balance() } else { self.insurance_balance() };
        if minor > owed {
            return refused(422, "claim.more_than_owed");
        }
        self.given_up.push(GivenUp { id: id.to_owned(), minor, patients, stands: true });
        self.reopen();
        done(200)
    }

    fn regain(&mut self, which: Index) -> Expected {
        if self.given_up.is_empty() {
            return refused(422, "claim.unknown_write_off");
        }
        let place = which.index(self.given_up.len());
        if std::mem::take(&mut self.given_up[place].stands) {
            self.reopen();
        }
        done(200)
    }

    fn appeal(&mut self, id: &str) -> Expected {
        match self.stands {
            Stands::Adjudicated | Stands::Denied => {
                self.open_appeal = Some(self.appeals.len());
                self.appeals.push(id.to_owned());
                self.stands = Stands::Appealed;
                done(200)
            }
            Stands::Appealed => APPEAL_OPEN,
            _ => refused(422, "claim.not_answered"),
        }
    }

    /// What was decided stays so.
    fn decide(&mut self, which: Index) -> Expected {
        if self.appeals.is_empty() {
            return refused(422, "claim.unknown_appeal");
        }
        if self.open_appeal == Some(which.index(self.appeals.len())) {
            self.open_appeal = None;
            self.by_answers();
        }
        done(200)
    }

    fn void(&mut self) -> Expected {
        match self.stands {
            Stands::Voided => return done(200),
            Stands::Draft => {}
            Stands::Rejected if self.answers.is_empty() => {
                if self.given_up.iter().any(|one| one.stands) {
                    return refused(422, "claim.write_off_stands");
                }
                self.moved = Some(None);
            }
            _ => return refused(422, "claim.payer_has_it"),
        }
        self.charge = 0;
        self.stands = Stands::Voided;
        done(200)
    }

    fn close(&mut self) -> Expected {
        match self.stands {
            Stands::Closed => return done(200),
            Stands::Adjudicated | Stands::Denied | Stands::Reversed => {}
            Stands::Appealed => return APPEAL_OPEN,
            _ => return refused(422, "claim.not_answered"),
        }
        if self.insurance_balance() != 0 || self.patient_balance() != 0 {
            return refused(422, "claim.still_owed");
        }
        self.stands = Stands::Closed;
        done(200)
    }
}
