//! Claims to one payer, what it answers, and what is given up, in cents.

use proptest::{prelude::*, sample::Index};

use super::{
    minor,
    state::{Expected, refused},
};

/// An order about a claim.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verb {
    Draft {
        charge: i64,
        units: u32,
        by: Option<Index>,
    },
    /// As it was sent last, or under new control numbers.
    Submit {
        anew: bool,
    },
    /// The payer's machine takes it in, or turns it away.
    Acknowledge {
        taken: bool,
    },
    /// Hundredths that are paid, and of the rest those left to the patient; or no.
    Answer(Option<(i64, i64)>),
    TakeBack(Index),
    /// Of what the patient owes, or the payer.
    GiveUp {
        minor: i64,
        patients: bool,
    },
    Regain(Index),
    /// The payer's answer is disputed.
    Appeal,
    Decide(Index, &'static str),
    Void,
    Close,
    /// The patient pays on the claim's statement.
    Settle(i64),
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stands {
    Draft,
    Submitted,
    Accepted,
    Rejected,
    Adjudicated,
    Denied,
    Reversed,
    Appealed,
    Voided,
    Closed,
}

/// What the payer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) paid: i64,
    pub(crate) contractual: i64,
    pub(crate) share: i64,
    pub(crate) denied: bool,
    pub(crate) stands: bool,
}

/// What was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GivenUp {
    pub(crate) id: String,
    pub(crate) minor: i64,
    pub(crate) patients: bool,
    pub(crate) stands: bool,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) stands: Stands,
    pub(crate) drafted: i64,
    /// What it asks for, once it was sent.
    pub(crate) charge: i64,
    pub(crate) submissions: u32,
    pub(crate) answers: Vec<Answer>,
    /// What came before it was sent.
    pub(crate) parked: Vec<Answer>,
    pub(crate) given_up: Vec<GivenUp>,
    pub(crate) patient_paid: i64,
    /// All of them, and the place of the one that is open.
    pub(crate) appeals: Vec<String>,
    pub(crate) open_appeal: Option<usize>,
    /// The place of the authorization that it takes units of.
    pub(crate) by: Option<usize>,
    pub(crate) units: u32,
    /// What the machine said of the latest submission, and whether a person answered since.
    pub(crate) heard: Vec<bool>,
    pub(crate) answered: bool,
    /// What is to be taken or given back just now.
    pub(crate) moved: Option<Option<u32>>,
}

pub(crate) fn verb() -> impl Strategy<Value = Verb> {
    let draft = (1..30_000_i64, 1..6_u32, proptest::option::weighted(0.7, any::<Index>()));
    let answer = proptest::option::weighted(0.85, (0..=100_i64, 0..=100_i64));
    let give_up = (minor(), any::<bool>());
    let outcome = prop_oneof![Just("overturned"), Just("upheld"), Just("withdrawn")];
    prop_oneof![
        5 => draft.prop_map(|(charge, units, by)| Verb::Draft { charge, units, by }),
        7 => proptest::bool::weighted(0.3).prop_map(|anew| Verb::Submit { anew }),
        3 => proptest::bool::weighted(0.6).prop_map(|taken| Verb::Acknowledge { taken }),
        6 => answer.prop_map(Verb::Answer),
        2 => any::<Index>().prop_map(Verb::TakeBack),
        3 => give_up.prop_map(|(minor, patients)| Verb::GiveUp { minor, patients }),
        1 => any::<Index>().prop_map(Verb::Regain),
        3 => Just(Verb::Appeal),
        2 => (any::<Index>(), outcome).prop_map(|(which, outcome)| Verb::Decide(which, outcome)),
        3 => Just(Verb::Void),
        1 => Just(Verb::Close),
        2 => minor().prop_map(Verb::Settle),
    ]
}

/// What an order about no claim comes to.
pub(crate) const fn of_nothing(_verb: Verb) -> Expected {
    refused(404, "claim.unknown")
}

/// An answer in parts of the charge.
pub(crate) const fn parts(charge: i64, said: Option<(i64, i64)>) -> Answer {
    let Some((paid, left)) = said else {
        return Answer { paid: 0, contractual: 0, share: 0, denied: true, stands: true };
    };
    let paid = charge * paid / 100;
    let share = (charge - paid) * left / 100;
    Answer { paid, contractual: charge - paid - share, share, denied: false, stands: true }
}

impl Claim {
    pub(crate) fn draft(id: &str, drafted: i64, units: u32, by: Option<usize>) -> Self {
        Self {
            id: id.to_owned(),
            stands: Stands::Draft,
            drafted,
            charge: 0,
            submissions: 0,
            answers: Vec::new(),
            parked: Vec::new(),
            given_up: Vec::new(),
            patient_paid: 0,
            appeals: Vec::new(),
            open_appeal: None,
            by,
            units,
            heard: Vec::new(),
            answered: false,
            moved: None,
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self.stands {
            Stands::Draft => "draft",
            Stands::Submitted => "submitted",
            Stands::Accepted => "accepted",
            Stands::Rejected => "rejected",
            Stands::Adjudicated => "adjudicated",
            Stands::Denied => "denied",
            Stands::Reversed => "reversed",
            Stands::Appealed => "appealed",
            Stands::Voided => "voided",
            Stands::Closed => "closed",
        }
    }

    fn sum(&self, part: fn(&Answer) -> i64) -> i64 {
        self.answers.iter().filter(|answer| answer.stands).map(part).sum()
    }

    pub(crate) fn insurance_paid(&self) -> i64 {
        self.sum(|answer| answer.paid)
    }

    pub(crate) fn share(&self) -> i64 {
        self.sum(|answer| answer.share)
    }

    fn off(&self, patients: bool) -> i64 {
        let stands = self.given_up.iter().filter(|one| one.stands && one.patients == patients);
        stands.map(|one| one.minor).sum()
    }

    pub(crate) fn insurance_off(&self) -> i64 {
        self.sum(|answer| answer.contractual) + self.off(false)
    }

    pub(crate) fn patient_off(&self) -> i64 {
        self.off(true)
    }

    pub(crate) fn insurance_balance(&self) -> i64 {
        self.charge - self.insurance_paid() - self.insurance_off() - self.share()
    }

    pub(crate) fn patient_balance(&self) -> i64 {
        self.share() - self.patient_off() - self.patient_paid
    }

    /// The answer that an order takes back; none where none stands.
    pub(crate) fn standing_answer(&self, which: Index) -> Option<&Answer> {
        let standing: Vec<_> = self.answers.iter().filter(|answer| answer.stands).collect();
        (!standing.is_empty()).then(|| *which.get(&standing))
    }

    /// Of which authorization units go or come back, just now.
    pub(crate) fn draw_now(&mut self) -> Option<(usize, Option<u32>)> {
        let moved = self.moved.take()?;
        Some((self.by?, moved))
    }
}
