//! The two tables of a read model.

use crate::worded;

/// One of a read model's two tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// `<model>_a`
    A,
    /// `<model>_b`
    B,
}

worded! {
    Slot { A = "a", B = "b" }
}

impl Slot {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// As `checkpoints.slot` says it.
    pub(crate) fn letter(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    /// As an index of a pair.
    pub(crate) fn index(self) -> usize {
        match self {
            Self::A => 0,
            Self::B => 1,
        }
    }
}

/// What `checkpoints.slot` says for a follower without tables.
pub(crate) const NO_SLOT: &str = "-";
