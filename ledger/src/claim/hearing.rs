//! How a claim hears the longer parts of its history.

use std::collections::BTreeSet;

use super::{
    Acknowledged, Adjudicated, Claim, Content, Reversed, Status, Submitted,
    aggregate::{Filing, Posted},
    contract,
    outline::{self, Outline},
};
use crate::{claim::PayerOrder, remittance::AdviceStatus, values::Code};

impl Claim {
    pub(super) fn hear_content(&mut self, content: &Content) {
        self.fingerprint = outline::fingerprint(content);
        self.outline = Some(Outline::of(content));
        self.validated = None;
    }

    pub(super) fn hear_submitted(&mut self, event: Submitted) {
        self.drawn.retain(|draw| !event.given_back.contains(draw));
        for draw in event.draws {
            if !self.drawn.contains(&draw) {
                self.drawn.push(draw);
            }
        }
        self.learn_number(event.payer_order, event.payer_claim_number);
        self.standing = Some(event.standing);
        self.filing = Some(Filing {
            answered: false,
            control: event.control,
            digest: event.digest,
            frequency: event.frequency,
            notices: BTreeSet::new(),
            payer_order: event.payer_order,
            submission: event.submission,
        });
    }

    pub(super) fn hear_acknowledged(&mut self, event: Acknowledged) {
        let Some(filing) = &mut self.filing else { return };
        filing.notices.insert(event.notice);
        let payer_order = filing.payer_order;
        self.learn_number(payer_order, event.payer_claim_number);
        self.set_status(event.status);
    }

    pub(super) fn hear_adjudicated(&mut self, event: Adjudicated) {
        self.standing = Some(event.standing);
        self.learn_number(event.payer_order, event.key.payer_claim_number.clone());
        if event.key.status != AdviceStatus::Predetermination
            && let Some(filing) = &mut self.filing
        {
            filing.answered = true;
        }
        if !self.has_posted(&event.key) {
            self.posted.push(Posted::of(&event));
        }
    }

    pub(super) fn hear_reversed(&mut self, event: Reversed) {
        self.standing = Some(event.standing);
        if let Some(posted) = self.posted.iter_mut().find(|posted| posted.key == event.reverses) {
            posted.reversed = true;
        }
        self.reversals.insert(event.key);
    }

    pub(super) fn set_status(&mut self, status: Status) {
        if let Some(standing) = &mut self.standing {
            standing.status = status;
        }
    }

    fn learn_number(&mut self, order: PayerOrder, number: Option<Code>) {
        if let Some(number) = number {
            self.payer_claim_numbers.insert(order, number);
        }
    }
}

impl Posted {
    pub(super) fn of(event: &Adjudicated) -> Self {
        Self {
            charge: event.charge.minor(),
            contractual: event.sorted.contractual.minor(),
            key: event.key.clone(),
            lines: contract::stated(event),
            open: event.sorted.open.minor(),
            order: event.payer_order,
            paid: event.sorted.paid.minor(),
            paid_on: event.paid_on,
            patient: event.sorted.patient.minor(),
            prior: event.sorted.prior.minor(),
            reversed: false,
        }
    }
}
