//! All that the service should know of one org, and what it should answer.

use ledger::{
    invoice::monthly_invoice_id,
    values::{CycleKey, OrgId},
};

use super::{
    Order, accounts, accounts::Account, authorizations, authorizations::Authorization, claims,
    claims::Claim, invoices, invoices::Invoice, statements, statements::Statement,
};

/// What a command comes to: the status, and the code where it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) status: u16,
    pub(crate) code: Option<&'static str>,
}

pub(crate) const fn done(status: u16) -> Expected {
    Expected { status, code: None }
}

pub(crate) const fn refused(status: u16, code: &'static str) -> Expected {
    Expected { status, code: Some(code) }
}

/// The org.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) org: OrgId,
    /// The month in which the orders are given.
    pub(crate) month: CycleKey,
    pub(crate) account: Account,
    pub(crate) authorizations: Vec<Authorization>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) invoices: Vec<Invoice>,
    pub(crate) statements: Vec<Statement>,
    /// The statement that asks for what a claim leaves to the patient, and whether it went out,
    /// as looked up for the order at hand.
    pub(crate) asks: Option<(String, bool)>,
    /// Money that fits no invoice.
    pub(crate) held: i64,
    /// Money that came for invoices, less what went back.
    pub(crate) received: i64,
}

/// One thing that is known, as it should be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    Authorization(Authorization),
    Claim(Claim),
    Invoice(Invoice),
    Patient(accounts::Patient),
    Statement(Statement),
}

/// An order, and the place of what it is about; none where there is no such thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    pub(crate) order: Order,
    pub(crate) place: Option<usize>,
}

impl State {
    pub(crate) fn new(org: OrgId, month: CycleKey) -> Self {
        Self {
            org,
            month,
            account: Account::default(),
            authorizations: Vec::new(),
            claims: Vec::new(),
            invoices: Vec::new(),
            statements: Vec::new(),
            asks: None,
            held: 0,
            received: 0,
        }
    }

    /// How many there are of what the order is about.
    pub(crate) fn many(&self, order: Order) -> usize {
        match order {
            Order::Account(_) => 0,
            Order::Authorization(_) => self.authorizations.len(),
            Order::Claim(_) => self.claims.len(),
            Order::Invoice(_) => self.invoices.len(),
            Order::Statement(_) => self.statements.len(),
        }
    }

    /// What an order is about, where it is there already.
    pub(crate) fn subject(&self, given: Given) -> Option<Subject> {
        let place = given.place;
        match given.order {
            Order::Account(verb) => self.account.patient(verb).cloned().map(Subject::Patient),
            Order::Authorization(_) => {
                place.map(|place| Subject::Authorization(self.authorizations[place].clone()))
            }
            Order::Claim(_) => place.map(|place| {
                // What came too early is not on the claim.
                Subject::Claim(Claim { parked: Vec::new(), ..self.claims[place].clone() })
            }),
            Order::Invoice(_) => place.map(|place| Subject::Invoice(self.invoices[place].clone())),
            Order::Statement(_) => {
                place.map(|place| Subject::Statement(self.statements[place].clone()))
            }
        }
    }

    /// All that is there.
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let authorizations = self.authorizations.iter().cloned().map(Subject::Authorization);
        authorizations
            .chain(self.claims.iter().cloned().map(Subject::Claim))
            .chain(self.invoices.iter().cloned().map(Subject::Invoice))
            .chain(self.account.patients.values().cloned().map(Subject::Patient))
            .chain(self.statements.iter().cloned().map(Subject::Statement))
            .collect()
    }

    /// Does it; what is new has this id.
    pub(crate) fn tell(&mut self, given: Given, new: &str) -> Expected {
        match given.order {
            Order::Account(verb) => self.tell_account(verb),
            Order::Authorization(verb) => match given.place {
                Some(place) if !matches!(verb, authorizations::Verb::Request(_)) => {
                    self.authorizations[place].tell(verb)
                }
                _ => added(&mut self.authorizations, Authorization::of(verb, new)),
            },
            Order::Claim(verb) => self.tell_claim(verb, given.place, new),
            Order::Invoice(verb) => self.tell_invoice(verb, given.place, new),
            Order::Statement(verb) => match (verb, given.place) {
                (statements::Verb::Generate(charge, paid), _) => {
                    let made = Statement::generate(new, (charge, paid), self.account.is_paused());
                    added(&mut self.statements, made)
                }
                (_, Some(place)) => self.statements[place].tell(verb, new),
                (_, None) => statements::UNKNOWN,
            },
        }
    }

    /// Whoever is billed for a cycle is a line of its monthly invoice, or, where that went out,
    /// of the next one that did not.
    fn tell_account(&mut self, verb: accounts::Verb) -> Expected {
        let (expected, billed) = self.account.tell(verb, self.month);
        let Some(fee) = billed else { return expected };
        let mut month = self.month;
        loop {
            let id = monthly_invoice_id(self.org, month).to_string();
            match self.invoices.iter_mut().find(|invoice| invoice.id == id) {
                None => {
                    self.invoices.push(Invoice::draft(id, fee));
                    return expected;
                }
                Some(invoice) if invoice.status == invoices::Status::Draft => {
                    invoice.line(fee);
                    return expected;
                }
                Some(_) => month = month.next(),
            }
        }
    }

    fn tell_invoice(&mut self, verb: invoices::Verb, place: Option<usize>, new: &str) -> Expected {
        use invoices::Verb;
        if let Verb::Draft(minor) = verb {
            if self.account.is_paused() {
                return accounts::PAUSED;
            }
            self.invoices.push(Invoice::draft(new.to_owned(), minor));
            return done(201);
        }
        let expected = match (place, verb) {
            (Some(place), Verb::Credit(which, _) | Verb::GiveBack(which, _)) => {
                self.tell_credit(verb, place, which)
            }
            (Some(place), _) => self.tell_disputed(verb, place, new),
            (None, _) => invoices::of_nothing(verb),
        };
        match verb {
            _ if expected.code.is_some() => {}
            Verb::Pay(minor) => {
                self.received += minor;
                self.held += if expected.status == 202 { minor } else { 0 };
            }
            Verb::Refund(_, minor) => self.received -= minor,
            Verb::Draft(_)
            | Verb::Line(_)
            | Verb::Issue
            | Verb::Dispute(..)
            | Verb::Win(_)
            | Verb::Lose(_)
            | Verb::Credit(..)
            | Verb::GiveBack(..)
            | Verb::Note(_)
            | Verb::WriteOff
            | Verb::Unwrite
            | Verb::Cancel => {}
        }
        expected
    }

    fn tell_claim(&mut self, verb: claims::Verb, place: Option<usize>, new: &str) -> Expected {
        let claims::Verb::Draft { charge, units, by } = verb else {
            let Some(place) = place else { return claims::of_nothing(verb) };
            let waits = self.asks.as_ref().is_some_and(|(_, went_out)| !went_out);
            if matches!(verb, claims::Verb::Settle(_)) && waits {
                return statements::NOT_FINALIZED;
            }
            let claim = &mut self.claims[place];
            let expected = claim.tell(verb, new);
            let moved = claim.draw_now();
            if let Some((authorization, units)) = moved {
                let id = self.claims[place].id.clone();
                let authorization = &mut self.authorizations[authorization];
                match units {
                    Some(units) => authorization.draw(&id, units),
                    None => authorization.give_back(&id),
                }
            }
            return expected;
        };
        let there = self.authorizations.len();
        let by = by.filter(|_| there > 0).map(|by| by.index(there));
        self.claims.push(Claim::draft(new, charge, units, by));
        done(201)
    }
}

fn added<T>(all: &mut Vec<T>, made: Result<T, Expected>) -> Expected {
    match made {
        Ok(made) => {
            all.push(made);
            done(201)
        }
        Err(refusal) => refusal,
    }
}
