//! So many requests a minute, per key.

use std::{
    collections::HashMap,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
};

use governor::{DefaultDirectRateLimiter, Quota, RateLimiter, clock::Clock};
use uuid::Uuid;

/// Keys remembered; beyond that everybody starts afresh.
const REMEMBERED: usize = 100_000;

type Bucket = (u32, Arc<DefaultDirectRateLimiter>);

/// A leaky bucket per key: a minute's requests at once, then evenly.
#[derive(Default)]
pub(crate) struct KeyLimiter {
    buckets: Mutex<HashMap<Uuid, Bucket>>,
}

impl KeyLimiter {
    /// Lets a request through, or says after how many seconds one will be.
    pub(crate) fn admit(&self, key_id: Uuid, per_minute: u32) -> Result<(), u64> {
        let bucket = self.bucket(key_id, per_minute);
        bucket.check().map_err(|refused| {
            let wait = refused.wait_time_from(bucket.clock().now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }

    fn bucket(&self, key_id: Uuid, per_minute: u32) -> Arc<DefaultDirectRateLimiter> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.clear();
        }
        let (limit, bucket) = buckets.entry(key_id).or_insert_with(|| new(per_minute));
        if *limit != per_minute {
            (*limit, *bucket) = new(per_minute);
        }
        Arc::clone(bucket)
    }
}

fn new(per_minute: u32) -> Bucket {
    let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
    (per_minute, Arc::new(RateLimiter::direct(quota)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_asks_too_often_waits_and_its_neighbour_does_not() {
        let limiter = KeyLimiter::default();
        let (busy, calm) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!((0..3).all(|_| limiter.admit(busy, 3).is_ok()));
        let wait = limiter.admit(busy, 3).unwrap_err();
        assert!((1..=60).contains(&wait), "{wait}");
        assert!(limiter.admit(calm, 3).is_ok());
    }

    #[test]
    fn a_new_limit_counts_from_the_next_request_on() {
        let limiter = KeyLimiter::default();
        let key = Uuid::from_u128(1);
        assert!(limiter.admit(key, 1).is_ok());
        assert!(limiter.admit(key, 1).is_err());
        assert!(limiter.admit(key, 2).is_ok());
    }
}
