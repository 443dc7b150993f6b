//! Everybody who follows the log: read models first, then policies, by one index.

use std::sync::Arc;

use super::super::{Projector, follow::Follower};

/// Read models and policies.
#[derive(Clone, Default)]
pub(crate) struct Followers {
    pub models: Vec<Arc<dyn Projector>>,
    pub policies: Vec<Arc<dyn Follower>>,
}

/// One of them.
pub(crate) enum One<'a> {
    Model(&'a dyn Projector),
    Policy(&'a dyn Follower),
}

impl Followers {
    pub(crate) fn len(&self) -> usize {
        self.models.len() + self.policies.len()
    }

    pub(crate) fn one(&self, index: usize) -> One<'_> {
        match self.models.get(index) {
            Some(model) => One::Model(model.as_ref()),
            None => One::Policy(self.policies[index - self.models.len()].as_ref()),
        }
    }

    pub(crate) fn model(&self, index: usize) -> Option<&dyn Projector> {
        self.models.get(index).map(AsRef::as_ref)
    }

    pub(crate) fn name(&self, index: usize) -> &'static str {
        match self.one(index) {
            One::Model(model) => model.name(),
            One::Policy(policy) => policy.name(),
        }
    }

    pub(crate) fn version(&self, index: usize) -> i32 {
        match self.one(index) {
            One::Model(model) => model.version(),
            One::Policy(policy) => policy.version(),
        }
    }

    pub(crate) fn index_of(&self, name: &str) -> Option<usize> {
        (0..self.len()).find(|index| self.name(*index) == name)
    }

    /// The index of the first policy.
    pub(crate) fn first_policy(&self) -> usize {
        self.models.len()
    }

    /// Names and versions of all, for statements.
    pub(crate) fn names_and_versions(&self) -> (Vec<&'static str>, Vec<i32>) {
        (0..self.len()).map(|index| (self.name(index), self.version(index))).unzip()
    }
}
