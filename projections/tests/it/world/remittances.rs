//! Payments of payers, posted and parked as the policy does, in another order than they came.

use ledger::{
    Refusal,
    claim::{ClaimCommand, LineRule, PostingPolicy, claim_id},
    decide::Decider,
    remittance::{
        Adjustment, AdviceStatus, Group, MarkPosted, MatchDeposit, Park, ParkReason, PaymentKey,
        ProviderAdjustment, Receive, RemittanceCommand, RemittedClaim, remittance_id,
    },
    values::{ClaimId, Money, RemittanceId},
};
use time::Date;

use super::{
    World,
    claims::{account, code},
    usd,
};

impl World {
    pub(super) fn remittance_step(&mut self, which: u8, amount: u16) {
        let today = self.today();
        match amount % 8 {
            0 => self.post_waiting(amount),
            1 => {
                let ids: Vec<_> = self.remittances.keys().copied().collect();
                let Some(id) = ids.get(usize::from(which) % ids.len().max(1)) else { return };
                let paid = self.remittances[id].0.received().map(|received| received.paid);
                let command = RemittanceCommand::MatchDeposit(MatchDeposit {
                    amount: paid.unwrap_or(usd(0)),
                    deposited_on: today,
                    reference: Some(code("BANK1")),
                });
                self.give(|world| &mut world.remittances, RemittanceId::new(*id), command);
            }
            _ => {
                let claims = self.advices(which, amount);
                let receive = receive(&format!("EFT{}", amount % 90), claims, today);
                self.receive(receive);
                if !amount.is_multiple_of(3) {
                    self.post_waiting(amount);
                }
            }
        }
    }

    /// One answer, or its reversal with a correction.
    fn advices(&self, which: u8, amount: u16) -> Vec<RemittedClaim> {
        let claim = self.claims.get(&self.claim_of(which).uuid());
        let asked = claim.and_then(|(claim, _)| claim.money()).map(|money| money.charge);
        let charge = asked.filter(|charge| charge.is_positive()).unwrap_or(usd(500)).minor();
        let first = answer(which, charge, amount);
        match amount % 5 {
            0 => vec![reversal(&first)],
            1 => vec![reversal(&first), answer(which, charge, amount / 2)],
            2 => vec![first, answer((which + 1) % 6, charge, amount / 3)],
            _ => vec![first],
        }
    }

    pub(crate) fn receive(&mut self, receive: Receive) -> RemittanceId {
        let id = remittance_id(self.org, &receive.payment);
        self.give(|world| &mut world.remittances, id, RemittanceCommand::Receive(receive));
        id
    }

    /// Tries everything that waits, as the policy would.
    pub(crate) fn post_waiting(&mut self, amount: u16) {
        let mut waiting: Vec<(RemittanceId, u32)> = Vec::new();
        for (id, (held, _)) in &self.remittances {
            waiting.extend(held.waiting().keys().map(|place| (RemittanceId::new(*id), *place)));
        }
        if amount.is_multiple_of(2) {
            waiting.reverse();
        }
        for (id, sequence) in waiting {
            self.post_one(id, sequence);
        }
    }

    fn post_one(&mut self, id: RemittanceId, sequence: u32) {
        let today = self.today();
        let (held, _) = &self.remittances[&id.uuid()];
        let policy = PostingPolicy { lines: LineRule::PostClaim, ..PostingPolicy::default() };
        let Ok(order) = held.adjudication(sequence, policy, today) else { return };
        let claim: ClaimId = claim_id(self.org, &order.advice.account);
        let held = self.claims.get(&claim.uuid()).map(|(claim, _)| claim.clone());
        let command = ClaimCommand::Adjudicate(order);
        let refused = held.unwrap_or_default().decide(command.clone()).err();
        let open = self
            .books
            .values()
            .all(|(books, _)| books.closed_through().is_none_or(|through| through < today));
        if !open {
            return;
        }
        let settle = match refused {
            Some(refusal) => {
                let reason = ParkReason::of_refusal(refusal.code());
                RemittanceCommand::Park(Park { parked_on: today, reason, sequence })
            }
            None => {
                self.give(|world| &mut world.claims, claim, command);
                let claim_id = claim;
                RemittanceCommand::MarkPosted(MarkPosted { claim_id, posted_on: today, sequence })
            }
        };
        self.give(|world| &mut world.remittances, id, settle);
    }
}

/// Paid in part, cut by contract, the rest to the patient; or denied.
pub(crate) fn answer(which: u8, charge: i64, amount: u16) -> RemittedClaim {
    let third = charge / 3;
    let patient = charge - 2 * third;
    let (status, paid, cuts) = match amount % 9 {
        0 => (AdviceStatus::Denied, 0, vec![cut(Group::Co, "29", charge)]),
        1 => (AdviceStatus::Predetermination, 0, vec![cut(Group::Oa, "101", charge)]),
        2 => (AdviceStatus::PrimaryForwarded, third, both(third, patient)),
        3 => (AdviceStatus::Secondary, third, vec![cut(Group::Oa, "23", charge - third)]),
        _ => (AdviceStatus::Primary, third, both(third, patient)),
    };
    RemittedClaim {
        account: account(which),
        adjustments: cuts,
        charge: usd(charge),
        lines: vec![],
        paid: usd(paid),
        patient_responsibility: None,
        payer_claim_number: Some(code("ICN1")),
        status,
    }
}

fn both(contract: i64, patient: i64) -> Vec<Adjustment> {
    vec![cut(Group::Co, "45", contract), cut(Group::Pr, "3", patient)]
}

pub(crate) fn cut(group: Group, reason: &str, minor: i64) -> Adjustment {
    Adjustment { amount: usd(minor), group, quantity: None, reason: code(reason) }
}

pub(crate) fn reversal(answer: &RemittedClaim) -> RemittedClaim {
    let negated = |amount: Money| amount.negated().unwrap();
    let mut back = answer.clone();
    back.status = AdviceStatus::Reversal;
    (back.charge, back.paid) = (negated(back.charge), negated(back.paid));
    back.adjustments.iter_mut().for_each(|cut| cut.amount = negated(cut.amount));
    back
}

/// A payment of payer `P` that adds up; what is below zero is forwarded.
pub(crate) fn receive(trace: &str, claims: Vec<RemittedClaim>, today: Date) -> Receive {
    let sum: i64 = claims.iter().map(|claim| claim.paid.minor()).sum();
    let forwarded = (sum < 0).then(|| ProviderAdjustment {
        amount: usd(sum),
        code: code("FB"),
        reference: Some(code(trace)),
    });
    Receive {
        claims,
        lines: LineRule::Refuse,
        method: code(if sum < 0 { "NON" } else { "ACH" }),
        paid: usd(sum.max(0)),
        paid_on: today,
        payment: PaymentKey { payer_id: code("P"), trace: code(trace) },
        posted_on: today,
        provider_adjustments: forwarded.into_iter().collect(),
    }
}
