//! Verified keys, remembered for a few seconds.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use ledger::{
    store::{
        Ledger, StoreError,
        tenants::{Credential, PresentedKey, note_use, verify},
    },
    values::OrgId,
};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// How long another node may go on honouring a key that this one revoked.
const REMEMBERED_FOR: Duration = Duration::from_secs(5);
/// How stale a key's last use may be.
const NOTED_EVERY: Duration = Duration::from_secs(60);
/// Keys remembered; beyond that the cache starts anew.
const REMEMBERED: usize = 50_000;

struct Known {
    credential: Credential,
    digest: [u8; 32],
    fetched: Instant,
    noted: Option<Instant>,
}

/// Spares the database two reads per request.
#[derive(Default)]
pub(crate) struct KeyCache {
    known: Mutex<HashMap<(OrgId, Uuid), Known>>,
}

impl KeyCache {
    /// Whose key this is, or `None`; not yet whether it is still valid.
    pub(crate) async fn verify(
        &self,
        ledger: &Ledger,
        presented: &PresentedKey,
    ) -> Result<Option<Credential>, StoreError> {
        if let Some(known) = self.remembered(presented) {
            return Ok(Some(known));
        }
        let found = verify(ledger, presented).await?;
        if let Some(credential) = &found {
            self.remember(presented, credential.clone());
        }
        Ok(found)
    }

    /// Notes the use of a key, at most once a minute, without holding up the request.
    pub(crate) fn note(&self, ledger: &Ledger, org: OrgId, key_id: Uuid) {
        let due = match self.lock().get_mut(&(org, key_id)) {
            Some(known) if known.noted.is_none_or(|noted| noted.elapsed() >= NOTED_EVERY) => {
                known.noted = Some(Instant::now());
                true
            }
            _ => false,
        };
        if due {
            let ledger = ledger.clone();
            tokio::spawn(async move {
                let at = ledger.clock().now();
                if let Err(error) = note_use(&ledger, org, key_id, at).await {
                    tracing::warn!(%error, "the last use of a key could not be noted");
                }
            });
        }
    }

    /// Forgets an org's keys, after one of them or the org itself changed.
    pub(crate) fn forget(&self, org: OrgId) {
        self.lock().retain(|(of, _), _| *of != org);
    }

    fn remembered(&self, presented: &PresentedKey) -> Option<Credential> {
        let known = self.lock();
        let known = known.get(&(presented.org, presented.key_id))?;
        let fresh = known.fetched.elapsed() < REMEMBERED_FOR;
        let same = bool::from(known.digest.ct_eq(&presented.digest()));
        (fresh && same).then(|| known.credential.clone())
    }

    fn remember(&self, presented: &PresentedKey, credential: Credential) {
        let mut known = self.lock();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let name = (presented.org, presented.key_id);
        let noted = known.get(&name).and_then(|known| known.noted);
        let digest = presented.digest();
        known.insert(name, Known { credential, digest, fetched: Instant::now(), noted });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(OrgId, Uuid), Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
