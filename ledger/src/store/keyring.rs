//! Sealing and opening personal data, and destroying the keys of a person.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use deadpool_postgres::Pool;

use super::{
    Clock, Context, MasterKey, StoreError, context::draw, data_key::DataKey, pools::tenant,
};
use crate::{
    recorded::Actor,
    values::{OrgId, Sealed, SubjectRef},
};

/// Cached keys; beyond that the cache starts anew.
const CACHED_KEYS: usize = 100_000;
/// How long another process may go on opening what this one erased.
const CACHED_FOR: Duration = Duration::from_secs(2);

type KeyName = (OrgId, SubjectRef, i32);

/// The keys of people: wrapped in the database by a key that is not in it.
#[derive(Clone)]
pub struct Keyring {
    inner: Arc<Inner>,
}

struct Inner {
    app: Pool,
    wrapping: [u8; 32],
    /// `None` where the key is destroyed.
    cache: Mutex<HashMap<KeyName, (Option<DataKey>, Instant)>>,
    /// The number of a person's newest key.
    newest: Mutex<HashMap<(OrgId, SubjectRef), (i32, Instant)>>,
}

impl Keyring {
    pub(super) fn new(app: Pool, master: &MasterKey) -> Self {
        Self {
            inner: Arc::new(Inner {
                app,
                wrapping: master.derive("subject keys"),
                cache: Mutex::default(),
                newest: Mutex::default(),
            }),
        }
    }

    /// Seals a value for an event of the command: only the subject's key opens it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the subject's key cannot be had.
    pub async fn seal(
        &self,
        context: &Context,
        subject: SubjectRef,
        field: &str,
        plain: &str,
    ) -> Result<Sealed<String>, StoreError> {
        let (number, key) = self.key_for_sealing(context.org, subject).await?;
        let closed = key.close(context.org, context.event_base, field, plain)?;
        Ok(Sealed::new(
            context.event_base,
            closed,
            field.to_owned(),
            u32::try_from(number).map_err(|_| StoreError::Sealing("sealed"))?,
            subject,
        ))
    }

    /// Opens a value; `None` once the person is erased.
    ///
    /// # Errors
    ///
    /// [`StoreError::Sealing`] if it was tampered with.
    pub async fn open(
        &self,
        org: OrgId,
        sealed: &Sealed<String>,
    ) -> Result<Option<String>, StoreError> {
        let number = i32::try_from(sealed.key).map_err(|_| StoreError::Sealing("opened"))?;
        let Some(key) = self.key(org, sealed.subject, number).await? else {
            return Ok(None);
        };
        key.open(org, sealed).map(Some)
    }

    /// Opens several values.
    ///
    /// # Errors
    ///
    /// As [`Keyring::open`].
    pub async fn open_many(
        &self,
        org: OrgId,
        sealed: &[&Sealed<String>],
    ) -> Result<Vec<Option<String>>, StoreError> {
        let missing: Vec<KeyName> = sealed
            .iter()
            .filter_map(|value| Some((org, value.subject, i32::try_from(value.key).ok()?)))
            .filter(|name| self.cached(name).is_none())
            .collect();
        self.fetch(org, &missing).await?;
        let mut opened = Vec::with_capacity(sealed.len());
        for value in sealed {
            opened.push(self.open(org, value).await?);
        }
        Ok(opened)
    }

    /// Notes who opened whose data (append-only).
    ///
    /// # Errors
    ///
    /// [`StoreError`]; then nothing must be shown.
    pub async fn record_access(
        &self,
        org: OrgId,
        actor: &Actor,
        subjects: &[SubjectRef],
        route: &str,
    ) -> Result<(), StoreError> {
        if subjects.is_empty() {
            return Ok(());
        }
        let mut client = self.client("recording an access").await?;
        let transaction = tenant(&mut client, org).await?;
        let ids: Vec<_> = subjects.iter().map(|_| draw()).collect();
        let subjects: Vec<_> = subjects.iter().map(|subject| subject.0).collect();
        transaction
            .execute(
                "insert into access_log (org_id, access_id, actor, subject_id, route, accessed_at) \
                 select $1, a.access_id, $4, a.subject_id, $5, $6 \
                 from unnest($2::uuid[], $3::uuid[]) as a (access_id, subject_id)",
                &[&org.0, &ids, &subjects, &actor.0, &route, &Clock.now()],
            )
            .await
            .map_err(StoreError::database("recording an access"))?;
        transaction.commit().await.map_err(StoreError::database("recording an access"))
    }

    /// Destroys every key of a person, for good. Repeating it is harmless.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the caller repeats.
    pub async fn destroy(&self, org: OrgId, subject: SubjectRef) -> Result<u64, StoreError> {
        let mut client = self.client("destroying keys").await?;
        let transaction = tenant(&mut client, org).await?;
        let destroyed = transaction
            .execute(
                "update subject_keys set wrapped_key = null, destroyed_at = $3 \
                 where org_id = $1 and subject_id = $2 and destroyed_at is null",
                &[&org.0, &subject.0, &Clock.now()],
            )
            .await
            .map_err(StoreError::database("destroying keys"))?;
        transaction.commit().await.map_err(StoreError::database("destroying keys"))?;
        lock(&self.inner.cache).retain(|(of, whose, _), _| (*of, *whose) != (org, subject));
        lock(&self.inner.newest).remove(&(org, subject));
        Ok(destroyed)
    }

    async fn client(
        &self,
        operation: &'static str,
    ) -> Result<deadpool_postgres::Client, StoreError> {
        self.inner.app.get().await.map_err(StoreError::pool(operation))
    }

    fn cached(&self, name: &KeyName) -> Option<Option<DataKey>> {
        let cache = lock(&self.inner.cache);
        let (key, since) = cache.get(name)?;
        (since.elapsed() < CACHED_FOR).then(|| key.clone())
    }

    fn remember(&self, name: KeyName, key: Option<DataKey>) {
        let mut cache = lock(&self.inner.cache);
        if cache.len() >= CACHED_KEYS {
            cache.clear();
        }
        cache.insert(name, (key, Instant::now()));
    }

    async fn key(
        &self,
        org: OrgId,
        subject: SubjectRef,
        number: i32,
    ) -> Result<Option<DataKey>, StoreError> {
        let name = (org, subject, number);
        if let Some(key) = self.cached(&name) {
            return Ok(key);
        }
        self.fetch(org, &[name]).await?;
        Ok(self.cached(&name).flatten())
    }

    async fn fetch(&self, org: OrgId, names: &[KeyName]) -> Result<(), StoreError> {
        if names.is_empty() {
            return Ok(());
        }
        let subjects: Vec<_> = names.iter().map(|(_, subject, _)| subject.0).collect();
        let mut client = self.client("reading keys").await?;
        let transaction = tenant(&mut client, org).await?;
        let rows = transaction
            .query(
                "select subject_id, key_number, wrapped_key from subject_keys \
                 where org_id = $1 and subject_id = any($2)",
                &[&org.0, &subjects],
            )
            .await
            .map_err(StoreError::database("reading keys"))?;
        transaction.commit().await.map_err(StoreError::database("reading keys"))?;
        for row in &rows {
            let name = (org, SubjectRef(row.get(0)), row.get(1));
            let wrapped: Option<Vec<u8>> = row.get(2);
            let key = wrapped
                .map(|wrapped| DataKey::unwrap(&wrapped, &self.inner.wrapping))
                .transpose()?;
            self.remember(name, key);
        }
        Ok(())
    }

    async fn key_for_sealing(
        &self,
        org: OrgId,
        subject: SubjectRef,
    ) -> Result<(i32, DataKey), StoreError> {
        let newest = lock(&self.inner.newest).get(&(org, subject)).copied();
        if let Some((number, since)) = newest
            && since.elapsed() < CACHED_FOR
            && let Some(Some(key)) = self.cached(&(org, subject, number))
        {
            return Ok((number, key));
        }
        let (number, key) = self.get_or_create(org, subject).await?;
        self.remember((org, subject, number), Some(key.clone()));
        let mut newest = lock(&self.inner.newest);
        if newest.len() >= CACHED_KEYS {
            newest.clear();
        }
        newest.insert((org, subject), (number, Instant::now()));
        Ok((number, key))
    }

    async fn get_or_create(
        &self,
        org: OrgId,
        subject: SubjectRef,
    ) -> Result<(i32, DataKey), StoreError> {
        let wrapped = DataKey::draw().wrap(&self.inner.wrapping)?;
        let mut client = self.client("making a key").await?;
        // A second try covers the case that another process made the key first.
        for _ in 0..4 {
            let transaction = tenant(&mut client, org).await?;
            let row = transaction
                .query_opt(
                    include_str!("get_or_create_key.sql"),
                    &[&org.0, &subject.0, &wrapped, &Clock.now()],
                )
                .await
                .map_err(StoreError::database("making a key"))?;
            transaction.commit().await.map_err(StoreError::database("making a key"))?;
            if let Some(row) = row {
                let stored: Vec<u8> = row.get(1);
                return Ok((row.get(0), DataKey::unwrap(&stored, &self.inner.wrapping)?));
            }
        }
        Err(StoreError::Sealing("sealed"))
    }
}

/// A panic elsewhere leaves a cache that is at worst incomplete.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
