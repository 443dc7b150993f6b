//! What payers allow, in whole units, and what claims take of it.

use proptest::prelude::*;

use super::state::{Expected, done, refused};

/// An order about an authorization.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    Request(u32),
    Pend,
    Approve(u32),
    Deny,
    MarkUsed,
}

/// Where an authorization stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    Requested,
    Pended,
    Approved,
    PartlyApproved,
    Denied,
    Used,
}

/// A payer's permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Authorization {
    pub(crate) id: String,
    pub(crate) stands: Stands,
    asked: u32,
    /// How many, and whether that is all that was asked.
    approved: Option<(u32, Stands)>,
    /// What claims took, by claim.
    drawn: Vec<(String, u32)>,
    /// Those who wait, the first first.
    waiting: Vec<(String, u32)>,
    /// Counts what happened.
    turns: u32,
}

pub(crate) fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        4 => (0..12_u32).prop_map(Verb::Request),
        1 => Just(Verb::Pend),
        6 => (0..12_u32).prop_map(Verb::Approve),
        1 => Just(Verb::Deny),
        1 => Just(Verb::MarkUsed),
    ]
}

const UNKNOWN: Expected = refused(404, "prior_auth.unknown");
const NO_UNITS: Expected = refused(422, "prior_auth.no_units");

impl Authorization {
    /// A new one, or what an order about none comes to.
    pub(crate) fn of(verb: Verb, id: &str) -> Result<Self, Expected> {
        match verb {
            Verb::Request(0) => Err(NO_UNITS),
            Verb::Request(asked) => Ok(Self {
                id: id.to_owned(),
                stands: Stands::Requested,
                asked,
                approved: None,
                drawn: Vec::new(),
                waiting: Vec::new(),
                turns: 0,
            }),
            Verb::Pend | Verb::Approve(_) | Verb::Deny | Verb::MarkUsed => Err(UNKNOWN),
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self.stands {
            Stands::Requested => "requested",
            Stands::Pended => "pended",
            Stands::Approved => "approved",
            Stands::PartlyApproved => "partly_approved",
            Stands::Denied => "denied",
            Stands::Used => "used",
        }
    }

    pub(crate) fn units_drawn(&self) -> u32 {
        self.drawn.iter().map(|(_, units)| units).sum()
    }

    pub(crate) fn units_left(&self) -> u32 {
        self.approved.map_or(0, |(units, _)| units) - self.units_drawn()
    }

    pub(crate) fn units_waiting(&self) -> u32 {
        self.waiting.iter().map(|(_, units)| units).sum()
    }

    /// Does it.
    pub(crate) fn tell(&mut self, verb: Verb) -> Expected {
        match verb {
            Verb::Request(_) => done(201),
            Verb::Pend => {
                if self.stands == Stands::Requested {
                    self.turn(Stands::Pended);
                }
                done(200)
            }
            Verb::Approve(units) => self.approve(units),
            Verb::Deny => match self.stands {
                Stands::Requested | Stands::Pended => self.turn(Stands::Denied),
                Stands::Denied => done(200),
                Stands::Approved | Stands::PartlyApproved | Stands::Used => {
                    refused(422, "prior_auth.not_open")
                }
            },
            Verb::MarkUsed => match self.stands {
                Stands::Approved | Stands::PartlyApproved => self.turn(Stands::Used),
                Stands::Used => done(200),
                Stands::Requested | Stands::Pended | Stands::Denied => {
                    refused(422, "prior_auth.not_approved")
                }
            },
        }
    }

    fn turn(&mut self, stands: Stands) -> Expected {
        self.stands = stands;
        self.turns += 1;
        done(200)
    }

    /// The same word again says nothing new, whatever came since.
    fn approve(&mut self, units: u32) -> Expected {
        if units == 0 {
            return NO_UNITS;
        }
        if units < self.units_drawn() {
            return refused(422, "prior_auth.below_drawn");
        }
        let stands = if units < self.asked { Stands::PartlyApproved } else { Stands::Approved };
        if self.approved != Some((units, stands)) {
            self.approved = Some((units, stands));
            self.turn(stands);
            self.serve();
        }
        done(200)
    }

    /// Gives those who wait what there is.
    fn serve(&mut self) {
        for (claim, units) in std::mem::take(&mut self.waiting) {
            if self.may_draw(units) {
                self.drawn.push((claim, units));
            } else {
                self.waiting.push((claim, units));
            }
        }
    }

    fn may_draw(&self, units: u32) -> bool {
        let stands = matches!(self.stands, Stands::Approved | Stands::PartlyApproved);
        stands && units <= self.units_left()
    }

    /// A claim that was sent takes its units, or waits for them.
    pub(crate) fn draw(&mut self, claim: &str, units: u32) {
        self.turns += 1;
        let taken = if self.may_draw(units) { &mut self.drawn } else { &mut self.waiting };
        taken.push((claim.to_owned(), units));
    }

    /// A claim that was voided waits no longer, and what it took goes to those who wait.
    pub(crate) fn give_back(&mut self, claim: &str) {
        self.turns += 1;
        if let Some(place) = self.waiting.iter().position(|(waits, _)| waits == claim) {
            self.waiting.remove(place);
            return;
        }
        self.drawn.retain(|(took, _)| took != claim);
        if let (Stands::Used, Some((_, approved))) = (self.stands, self.approved) {
            self.stands = approved;
        }
        self.serve();
    }
}
