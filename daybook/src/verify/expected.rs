//! Heads that somebody kept, compared while a log is followed.

use anyhow::bail;
use ledger::proof::LogCheck;
use ledger::values::OrgId;

use crate::checkpoint::{Head, HeldHead};

/// The heads that were kept of one log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// Lowest position first.
    heads: Vec<Head>,
    matched: usize,
}

impl Expected {
    /// Those of one org. A head without an org belongs to the only log that is verified.
    ///
    /// # Errors
    /// When a head without an org could belong to several logs.
    pub fn of(held: &[HeldHead], org: OrgId, only: bool) -> anyhow::Result<Self> {
        let mut heads = Vec::new();
        for HeldHead { org: whose, head } in held {
            match whose {
                Some(whose) if *whose == org => heads.push(*head),
                Some(_) => {}
                None if only => heads.push(*head),
                None => bail!("several orgs are verified: write --expect-head ORG/POSITION:ROOT"),
            }
        }
        heads.sort_by_key(|head| head.position);
        Ok(Self { heads, matched: 0 })
    }

    /// Compares after each event, and once before the first.
    pub(super) fn compare(&mut self, check: &LogCheck) -> Result<(), String> {
        while let Some(next) = self.heads.get(self.matched) {
            if next.position != check.position() {
                return Ok(());
            }
            if next.root != check.root() {
                return Err(format!(
                    "position {}: the log up to here is not the one whose head you kept",
                    next.position
                ));
            }
            self.matched += 1;
        }
        Ok(())
    }

    /// Compares at the end: the highest position that fitted.
    pub(super) fn finish(&self, check: &LogCheck) -> Result<Option<i64>, String> {
        match self.heads.get(self.matched) {
            Some(missed) => Err(format!(
                "position {}: missing, although you kept a head at position {}: the log was cut",
                check.position() + 1,
                missed.position
            )),
            None => Ok(self.heads.last().map(|head| head.position)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_that_ends_before_a_kept_head_was_cut() {
        let org = OrgId(uuid::Uuid::nil());
        let check = LogCheck::new(org);
        let held = HeldHead { org: None, head: Head { position: 5, root: [1; 32] } };
        let mut expected = Expected::of(&[held], org, true).unwrap();
        assert_eq!(expected.compare(&check), Ok(()));
        assert!(expected.finish(&check).unwrap_err().contains("was cut"));
        assert!(Expected::of(&[held], org, false).is_err());
    }

    #[test]
    fn a_log_with_another_root_is_not_the_one() {
        let org = OrgId(uuid::Uuid::nil());
        let check = LogCheck::new(org);
        let head = |root| HeldHead { org: Some(org), head: Head { position: 0, root } };
        let mut same = Expected::of(&[head(check.root())], org, false).unwrap();
        assert_eq!(same.compare(&check), Ok(()));
        assert_eq!(same.finish(&check), Ok(Some(0)));
        let mut other = Expected::of(&[head([9; 32])], org, false).unwrap();
        assert!(other.compare(&check).is_err());
    }
}
