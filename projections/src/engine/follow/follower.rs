//! A policy without its types.

use std::{marker::PhantomData, sync::Arc};

use ledger::{
    canonical,
    policies::{Answer, Policy, Reaction, Refused},
    recorded::Recorded,
};

/// A policy as the engine sees it.
pub trait Follower: Send + Sync {
    /// [`Policy::NAME`].
    fn name(&self) -> &'static str;

    /// [`Policy::VERSION`].
    fn version(&self) -> i32;

    /// [`Policy::hears`].
    fn hears(&self, event_type: &str) -> bool;

    /// [`Policy::key`].
    fn key(&self, event: &Recorded) -> Option<String>;

    /// Reads what the policy remembers about a key; nothing yet without bytes.
    #[doc(hidden)]
    fn memory(&self, bytes: Option<&[u8]>) -> Result<Box<dyn Memory>, serde_json::Error>;
}

/// What a policy remembers about one key.
#[doc(hidden)]
pub trait Memory: Send + Sync {
    /// [`Policy::react`].
    fn react(&mut self, event: &Recorded) -> Vec<Reaction>;

    /// [`Policy::on_refusal`].
    fn on_refusal(&mut self, event: &Recorded, refused: &Refused<'_>) -> Answer;

    /// As bytes; `None` when there is nothing to remember.
    fn bytes(&self) -> Result<Option<Vec<u8>>, serde_json::Error>;
}

/// Wraps a policy for the engine.
pub fn following<P: Policy>() -> Arc<dyn Follower> {
    Arc::new(Typed::<P>(PhantomData))
}

struct Typed<P>(PhantomData<fn() -> P>);

struct Held<P: Policy>(P::State);

impl<P: Policy> Follower for Typed<P> {
    fn name(&self) -> &'static str {
        P::NAME
    }

    fn version(&self) -> i32 {
        P::VERSION
    }

    fn hears(&self, event_type: &str) -> bool {
        P::hears(event_type)
    }

    fn key(&self, event: &Recorded) -> Option<String> {
        P::key(event)
    }

    fn memory(&self, bytes: Option<&[u8]>) -> Result<Box<dyn Memory>, serde_json::Error> {
        let state = match bytes {
            Some(bytes) => serde_json::from_slice(bytes)?,
            None => P::State::default(),
        };
        Ok(Box::new(Held::<P>(state)))
    }
}

impl<P: Policy> Memory for Held<P> {
    fn react(&mut self, event: &Recorded) -> Vec<Reaction> {
        P::react(&mut self.0, event)
    }

    fn on_refusal(&mut self, event: &Recorded, refused: &Refused<'_>) -> Answer {
        P::on_refusal(&mut self.0, event, refused)
    }

    fn bytes(&self) -> Result<Option<Vec<u8>>, serde_json::Error> {
        if self.0 == P::State::default() {
            return Ok(None);
        }
        canonical(&self.0).map(Some)
    }
}
