//! What came out of a verification, and its exit code.

use ledger::values::OrgId;

use crate::checkpoint::Head;

/// What came out for one log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whose log; unknown where a file does not even say that.
    pub org: Option<OrgId>,
    /// Sound, or what cannot be.
    pub outcome: Outcome,
}

/// Sound or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything fits.
    Sound {
        /// The head of the log, to be kept.
        head: Head,
        /// How many streams it has.
        streams: usize,
        /// The highest position of a head that was kept elsewhere and fits.
        held: Option<i64>,
        /// What is kept of its tree, where that was looked at.
        tree: Option<Tree>,
    },
    /// Everything in a bundle fits.
    Proved {
        /// What the bundle says and shows.
        what: String,
        /// Whose signature is on its checkpoint; `None` where no key was given to check it.
        signed_by: Option<String>,
    },
    /// The first thing that does not fit, position first.
    Damaged(String),
}

/// What is kept of a log's tree, all of which fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// Whole tiles.
    pub tiles: i64,
    /// Checkpoints signed by keys that are known.
    pub signed: i64,
    /// Checkpoints whose keys are not known here, by the first one's words.
    pub strange: Option<String>,
}

/// Everything fits, and heads kept elsewhere say so too.
pub const PROVED: u8 = 0;
/// Something does not fit.
pub const DAMAGED: u8 = 2;
/// Everything fits, but nobody outside has said how far the log went.
pub const UNWITNESSED: u8 = 3;

/// What the verdicts come to, as the program's exit code.
pub fn exit_code(verdicts: &[Verdict]) -> u8 {
    let mut code = PROVED;
    for verdict in verdicts {
        match &verdict.outcome {
            Outcome::Damaged(_) => return DAMAGED,
            Outcome::Sound { held: None, .. } | Outcome::Proved { signed_by: None, .. } => {
                code = UNWITNESSED;
            }
            Outcome::Sound { held: Some(_), .. } | Outcome::Proved { signed_by: Some(_), .. } => {}
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(held: Option<i64>) -> Verdict {
        let head = Head { position: 1, root: [0; 32] };
        Verdict { org: None, outcome: Outcome::Sound { head, streams: 1, held, tree: None } }
    }

    #[test]
    fn damage_outweighs_a_missing_witness_and_that_outweighs_proof() {
        let damaged = Verdict { org: None, outcome: Outcome::Damaged(String::new()) };
        assert_eq!(exit_code(&[sound(Some(1))]), PROVED);
        assert_eq!(exit_code(&[sound(Some(1)), sound(None)]), UNWITNESSED);
        assert_eq!(exit_code(&[sound(None), damaged, sound(Some(1))]), DAMAGED);
    }
}
