//! How to write to a patient: a pure function that explains itself.
//!
//! 1. A balance above 1000 of its currency goes by certified letter.
//! 2. Otherwise the first channel in the founder's order that arrived in at least seven of ten
//!    cases, or was tried less than twice.
//! 3. Where none did, the one that arrived most often.
//!
//! Only channels by which the patient can be reached count, and only those in the order; so the
//! same question always has the same answer. Contract S4.4.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Action, Against, Alternative, Channel, Contacts, Factor, FactorName, Rationale, Risk,
    StatementEvent,
};
use crate::{
    delegation::{HardBoundary, Terms},
    values::Money,
};

/// Above this many of the currency's units a letter is certified.
const HIGH_BALANCE: i64 = 1_000;
/// From this share on a channel is good enough; the same below which an alert is raised (S4.8).
const RELIABLE_BP: u16 = 7_000;
/// Fewer attempts say nothing.
const TELLING: u32 = 2;

/// What became of deliveries in one way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Tried.
    pub attempts: u32,
    /// Left the house and did not come back.
    pub successes: u32,
}

impl Tally {
    /// The share that succeeded, in hundredths of a percent; none where nothing was tried.
    pub fn rate_bp(self) -> u16 {
        let share = u64::from(self.successes) * 10_000 / u64::from(self.attempts.max(1));
        u16::try_from(share.min(10_000)).unwrap_or(10_000)
    }

    /// The same with a success and a failure more, so that few attempts weigh little.
    fn careful_bp(self) -> u16 {
        let tried = u64::from(self.attempts) + 2;
        let share = (u64::from(self.successes) + 1) * 10_000 / tried;
        u16::try_from(share.min(10_000)).unwrap_or(10_000)
    }
}

/// What became of deliveries to a patient, channel by channel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History(pub BTreeMap<Channel, Tally>);

impl History {
    /// Of one channel.
    pub fn of(&self, channel: Channel) -> Tally {
        self.0.get(&channel).copied().unwrap_or_default()
    }

    /// Hears what became of a delivery.
    pub fn hear(&mut self, event: &StatementEvent) {
        let (channel, attempts, success) = match event {
            StatementEvent::DeliverySucceeded(event) => (event.channel, 1, 1_i8),
            StatementEvent::DeliveryFailed(event) => (event.channel, 1, 0),
            StatementEvent::Bounced(event) => (event.channel, 0, -1),
            _ => return,
        };
        let tally = self.0.entry(channel).or_default();
        tally.attempts = tally.attempts.saturating_add(attempts);
        tally.successes = tally.successes.saturating_add_signed(i32::from(success));
        tally.attempts = tally.attempts.max(tally.successes);
    }
}

/// A way to write, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What else could have been done.
    pub alternatives: Vec<Alternative>,
    /// Whether the letter is certified.
    pub certified: bool,
    /// In which way.
    pub channel: Channel,
    /// How sure, in hundredths of a percent.
    pub confidence_bp: u16,
    /// What was looked at.
    pub factors: Vec<Factor>,
    /// Why.
    pub rationale: Rationale,
    /// How much depends on it.
    pub risk: Risk,
}

impl Choice {
    /// Nothing was to be chosen.
    pub(super) fn given(channel: Channel, rationale: Rationale) -> Self {
        Self {
            alternatives: vec![],
            certified: false,
            channel,
            confidence_bp: 10_000,
            factors: vec![],
            rationale,
            risk: Risk::Low,
        }
    }

    /// Why, in words: `Email success rate 85% with valid email`.
    pub fn reason(&self, history: &History) -> String {
        let tally = history.of(self.channel);
        let rate = (tally.attempts > 0).then(|| tally.rate_bp());
        super::rationale_text(self.rationale, Some(self.channel), rate)
    }
}

/// How to write to a patient; `None` where the patient cannot be reached.
pub fn select_channel(
    history: &History,
    balance: Money,
    contacts: &Contacts,
    terms: &Terms,
) -> Option<Choice> {
    let is_high = is_high(balance);
    let no_texts = terms.hard_boundaries.contains(&HardBoundary::SendTextMessages);
    let open =
        |channel: &Channel| contacts.reach(*channel) && !(no_texts && *channel == Channel::Sms);
    let ordered: Vec<Channel> =
        terms.preferred_channel_order.iter().copied().filter(|channel| open(channel)).collect();
    let (channel, rationale) = if is_high && open(&Channel::PhysicalMail) {
        (Channel::PhysicalMail, Rationale::HighBalance)
    } else {
        best(history, &ordered)?
    };
    let certified = rationale == Rationale::HighBalance;
    let tally = history.of(channel);
    let confidence_bp = match rationale {
        Rationale::HighBalance => 9_500,
        _ if tally.attempts > 0 => tally.careful_bp().min(9_900),
        Rationale::OnlyContact => 6_000,
        _ => RELIABLE_BP,
    };
    let risk = match confidence_bp {
        _ if is_high && !certified => Risk::High,
        _ if is_high => Risk::Medium,
        ..5_000 => Risk::High,
        5_000..RELIABLE_BP => Risk::Medium,
        _ => Risk::Low,
    };
    let factors = factors(history, balance, contacts, terms);
    let against = |other: Channel| match () {
        () if !contacts.reach(other) => Against::NoContact,
        () if no_texts && other == Channel::Sms => Against::Boundary,
        () if certified => Against::HighBalance,
        () if !ordered.contains(&other) => Against::LaterInOrder,
        () if history.of(other).attempts >= TELLING && rationale != Rationale::OnlyContact => {
            if is_before(&ordered, other, channel) || history.of(other).rate_bp() < tally.rate_bp()
            {
                Against::LowerSuccess
            } else {
                Against::LaterInOrder
            }
        }
        () => Against::LaterInOrder,
    };
    let others = Channel::ALL.into_iter().filter(|other| *other != channel);
    let alternatives =
        others.map(|other| Alternative { action: action(other), against: against(other) });
    let alternatives = alternatives.collect();
    Some(Choice { alternatives, certified, channel, confidence_bp, factors, rationale, risk })
}

fn is_before(ordered: &[Channel], one: Channel, other: Channel) -> bool {
    let place = |channel| ordered.iter().position(|known| *known == channel);
    place(one) < place(other)
}

/// The first good enough in the order, or the one that arrived most often.
fn best(history: &History, ordered: &[Channel]) -> Option<(Channel, Rationale)> {
    let first = *ordered.first()?;
    let why = |channel: Channel| match history.of(channel).attempts {
        1.. => Rationale::SuccessRate,
        0 if ordered.len() == 1 => Rationale::OnlyContact,
        0 => Rationale::ConfiguredOrder,
    };
    let good = |channel: &Channel| {
        let tally = history.of(*channel);
        tally.attempts < TELLING || tally.rate_bp() >= RELIABLE_BP
    };
    let most = |best: Channel, other: &Channel| {
        let better = history.of(*other).careful_bp() > history.of(best).careful_bp();
        if better { *other } else { best }
    };
    let channel = match ordered.iter().copied().find(good) {
        Some(channel) => channel,
        None => ordered.iter().fold(first, most),
    };
    Some((channel, why(channel)))
}

fn is_high(balance: Money) -> bool {
    let scale = 10_i64.checked_pow(balance.currency().minor_digits()).unwrap_or(1);
    balance.minor() > HIGH_BALANCE.saturating_mul(scale)
}

fn factors(history: &History, balance: Money, contacts: &Contacts, terms: &Terms) -> Vec<Factor> {
    let mut factors =
        vec![Factor { channel: None, name: FactorName::BalanceMinor, value: balance.minor() }];
    for channel in Channel::ALL {
        let tally = history.of(channel);
        let place = terms.preferred_channel_order.iter().position(|known| *known == channel);
        let place = place.map_or(0, |place| i64::try_from(place).unwrap_or(0) + 1);
        let values = [
            (FactorName::Contact, i64::from(contacts.reach(channel))),
            (FactorName::Attempts, i64::from(tally.attempts)),
            (FactorName::Successes, i64::from(tally.successes)),
            (FactorName::Order, place),
        ];
        let of = |(name, value)| Factor { channel: Some(channel), name, value };
        factors.extend(values.map(of));
    }
    factors
}

const fn action(channel: Channel) -> Action {
    match channel {
        Channel::Email => Action::Email,
        Channel::PhysicalMail => Action::PhysicalMail,
        Channel::Sms => Action::Sms,
        Channel::PatientPortal => Action::PatientPortal,
    }
}
