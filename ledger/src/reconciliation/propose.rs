//! The entries that a statement asks for: payouts with the fees of what they paid out, and fees
//! that no payout carries (`vectors/journal-entries.json` A7).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use time::Date;
use uuid::Uuid;

use super::{LineKind, LineStatus, Movement, NamedLine};
use crate::{
    books::{EntryKind, EntryLine, Side},
    journal::Account,
    values::{Currency, Money, OrgId},
};

/// An entry that the books lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The same for the same payout or fee, so that it is booked once.
    pub entry_id: Uuid,
    /// For what.
    pub kind: EntryKind,
    /// The day it is booked on.
    pub business_on: Date,
    /// The day of its line in the statement.
    pub happened_on: Date,
    /// The lines; they balance.
    pub lines: Vec<EntryLine>,
    /// The provider's id, to be sealed.
    pub reference: String,
}

/// The entry of a provider's object, by its keyed name.
pub fn entry_id(org: OrgId, kind: LineKind, name: Uuid) -> Uuid {
    let word = match kind {
        LineKind::Payout => "payout",
        LineKind::PayoutReversal => "payout_reversal",
        _ => "fee",
    };
    Uuid::new_v5(&org.0, format!("entry:{word}:{}", name.hyphenated()).as_bytes())
}

/// Entries under which the fees of lines may have been booked for themselves: such a fee is no
/// line of its own.
pub(super) fn booked_apart(lines: &[NamedLine]) -> HashSet<Uuid> {
    let others = lines.iter().filter(|named| named.line.kind != LineKind::Fee);
    others.flat_map(|named| named.names.iter().copied()).collect()
}

/// Entries for the payouts and fees of a statement that are not booked yet, by day. Fees of
/// movements that wait for their payout wait with them.
pub fn propose(
    org: OrgId,
    lines: &[NamedLine],
    movements: &[Movement],
    names_payouts: bool,
) -> Vec<Proposal> {
    // What was booked and undone again was undone by somebody who knows why.
    let booked: BTreeSet<Uuid> = movements.iter().map(|movement| movement.id).collect();
    let mut lines: Vec<&NamedLine> = lines.iter().collect();
    lines.sort_by_key(|named| (named.on, named.name));
    lines.dedup_by_key(|named| named.name);
    lines.retain(|named| named.line.status != LineStatus::Failed);
    let mut fees: BTreeMap<(&str, Currency), i64> = BTreeMap::new();
    let mut proposals = Vec::new();
    for named in lines.iter().filter(|named| carries_fee(named)) {
        let id = entry_id(org, LineKind::Fee, named.name);
        if named.line.fee.is_zero() || booked.contains(&id) {
            continue;
        }
        match &named.line.payout {
            Some(payout) => {
                let sum = fees.entry((payout, named.line.fee.currency())).or_default();
                *sum = sum.saturating_add(named.line.fee.minor());
            }
            None if !names_payouts => {
                proposals.push(fee(id, named, named.line.fee.minor()));
            }
            None => {}
        }
    }
    for named in &lines {
        let line = &named.line;
        let id = entry_id(org, line.kind, named.object);
        let (currency, gross) = (line.gross.currency(), line.gross.minor());
        match line.kind {
            _ if booked.contains(&id) => {}
            LineKind::Payout | LineKind::PayoutReversal => {
                let carried = line.source.as_deref().and_then(|id| fees.get(&(id, currency)));
                let carried = carried.filter(|_| line.kind == LineKind::Payout).copied();
                let cost = line.fee.minor().saturating_add(carried.unwrap_or(0));
                proposals.push(payout(id, named, gross.saturating_neg(), cost));
            }
            LineKind::Fee => {
                let cost = line.fee.minor().saturating_sub(gross);
                proposals.push(fee(id, named, cost));
            }
            LineKind::Adjustment
            | LineKind::Charge
            | LineKind::ChargeFailure
            | LineKind::Dispute
            | LineKind::DisputeReversal
            | LineKind::Refund
            | LineKind::RefundFailure => {}
        }
    }
    proposals.retain(|proposal| !proposal.lines.is_empty());
    proposals.sort_by_key(|proposal| (proposal.business_on, proposal.entry_id));
    proposals
}

/// The fee of a dispute is booked with the dispute; payouts and fees are entries of their own.
fn carries_fee(named: &NamedLine) -> bool {
    match named.line.kind {
        LineKind::Adjustment
        | LineKind::Charge
        | LineKind::ChargeFailure
        | LineKind::Refund
        | LineKind::RefundFailure => true,
        LineKind::Dispute
        | LineKind::DisputeReversal
        | LineKind::Fee
        | LineKind::Payout
        | LineKind::PayoutReversal => false,
    }
}

fn payout(entry_id: Uuid, named: &NamedLine, cash: i64, cost: i64) -> Proposal {
    let parts = [(Account::Cash, cash), (Account::ProcessingFees, cost)];
    entry(entry_id, EntryKind::Payout, named, parts.to_vec())
}

fn fee(entry_id: Uuid, named: &NamedLine, cost: i64) -> Proposal {
    entry(entry_id, EntryKind::ProviderFee, named, vec![(Account::ProcessingFees, cost)])
}

/// What is above zero stands on the left; the provider's balance is the other side.
fn entry(
    entry_id: Uuid,
    kind: EntryKind,
    named: &NamedLine,
    mut parts: Vec<(Account, i64)>,
) -> Proposal {
    let sum = parts.iter().fold(0_i64, |sum, (_, minor)| sum.saturating_add(*minor));
    parts.push((Account::StripeClearing, sum.saturating_neg()));
    let currency = named.line.gross.currency();
    let lines = parts.into_iter().filter(|(_, minor)| *minor != 0).map(|(account, minor)| {
        let side = if minor > 0 { Side::Debit } else { Side::Credit };
        EntryLine { account, amount: Money::from_minor(minor.saturating_abs(), currency), side }
    });
    let arrives = matches!(named.line.kind, LineKind::Payout | LineKind::PayoutReversal);
    let available = named.line.available_on.filter(|_| arrives);
    Proposal {
        entry_id,
        kind,
        business_on: available.unwrap_or(named.on).max(named.on),
        happened_on: named.on,
        lines: lines.collect(),
        reference: named.line.source.clone().unwrap_or_else(|| named.line.id.clone()),
    }
}
