//! One stream read for everybody who asks at about the same time.
//!
//! Whoever asks while a reading is on its way takes part in the next one, never in that one: what
//! they are told was there when they asked. Like the writer, it batches by queueing: nobody waits
//! on purpose, and the more ask the fewer readings each costs.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

use super::{
    ExecuteError,
    erased::{AnyAggregate, Stream, StreamKey},
    writer::{Loader, Request},
};
use crate::values::OrgId;

/// A stream as it stood at its org's head.
#[derive(Clone)]
pub(super) struct Read {
    pub(super) aggregate: Arc<dyn AnyAggregate>,
    pub(super) version: i64,
    pub(super) head: i64,
}

type Answer = Result<Read, ExecuteError>;
type Waiting = HashMap<(OrgId, StreamKey), Vec<oneshot::Sender<Answer>>>;

/// Who waits for the next reading of a stream; a stream that is not here is not being read.
#[derive(Clone, Default)]
pub(super) struct Sharing(Arc<Mutex<Waiting>>);

impl Sharing {
    /// Reads a stream as it stands now or a little later.
    pub(super) async fn read(&self, loader: &Loader, org: OrgId, stream: Stream) -> Answer {
        let (sender, receiver) = oneshot::channel();
        let first = match self.lock().entry((org, stream.key())) {
            std::collections::hash_map::Entry::Occupied(mut waiting) => {
                waiting.get_mut().push(sender);
                None
            }
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(Vec::new());
                Some(sender)
            }
        };
        if let Some(sender) = first {
            // Of its own, so that one who hangs up takes nobody along.
            tokio::spawn(self.clone().all(loader.clone(), org, stream, sender));
        }
        receiver.await.unwrap_or(Err(ExecuteError::Closed))
    }

    /// Reads until nobody waits.
    async fn all(self, loader: Loader, org: OrgId, stream: Stream, first: oneshot::Sender<Answer>) {
        let key = (org, stream.key());
        let mut turn = Turn { sharing: &self, key, ended: false };
        let mut waiting = vec![first];
        while !waiting.is_empty() {
            let answer = once(&loader, org, stream).await;
            for sender in waiting.drain(..) {
                // A caller that hung up needs no answer.
                let _ = sender.send(answer.clone());
            }
            let mut all = self.lock();
            match all.get_mut(&key) {
                Some(more) if !more.is_empty() => waiting = std::mem::take(more),
                _ => {
                    all.remove(&key);
                    turn.ended = true;
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn once(loader: &Loader, org: OrgId, stream: Stream) -> Answer {
    let request = Request {
        org,
        streams: vec![stream],
        series: std::collections::HashSet::new(),
        since: None,
    };
    let loaded = loader.load(&request).await?.ok_or(ExecuteError::UnknownOrg)?;
    let head = loaded.head;
    let (aggregate, version) = loaded.single()?;
    Ok(Read { aggregate: Arc::from(aggregate), version, head })
}

/// Somebody's turn at reading. Should it break off (its runtime ends, a fold panics), those who
/// wait are let go, and the next who asks begins anew.
struct Turn<'a> {
    sharing: &'a Sharing,
    key: (OrgId, StreamKey),
    ended: bool,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.sharing.lock().remove(&self.key);
        }
    }
}
