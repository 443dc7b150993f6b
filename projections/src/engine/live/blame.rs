//! A transaction failed and it is not the world's fault: find the org, the follower and the
//! event that it belongs to, park just that, and let all others go on.

use ledger::values::OrgId;

use super::{
    super::{EngineError, log::describe},
    Backoff, Shared, again,
    dirty::Places,
    parking,
    work::{Portion, work},
};

/// Works on each org alone; where that fails too, on each follower alone.
pub(super) async fn each_alone(
    shared: &Shared,
    orgs: &[(OrgId, Option<Places>)],
    backoff: &mut Backoff,
) {
    let portion = Portion { events: shared.options.events_per_org, only: None };
    for (org, _) in orgs {
        let alone = [(*org, None)];
        match work(shared, &alone, portion).await {
            Ok(done) => done.into_iter().for_each(|done| shared.finish(done)),
            Err(EngineError::Poison { .. }) => again(shared, &alone),
            Err(error) if error.is_transient() => {
                again(shared, &alone);
                shared.pause(backoff.next()).await;
            }
            Err(_) => {
                if let Err(error) = each_follower(shared, *org).await {
                    tracing::error!(%org, error = describe(&error), "no cause was found");
                    shared.pause(backoff.next()).await;
                }
                again(shared, &alone);
            }
        }
        shared.progress.notify_waiters();
    }
}

/// Lets every follower go on alone; who cannot is parked at the event that stops it.
async fn each_follower(shared: &Shared, org: OrgId) -> Result<(), EngineError> {
    for follower in 0..shared.followers.len() {
        let all = Portion { events: shared.options.events_per_org, only: Some(follower) };
        match work(shared, &[(org, None)], all).await {
            Ok(_) => {}
            Err(error) if error.is_transient() => return Err(error),
            Err(EngineError::Poison { .. }) => {}
            Err(_) => event_by_event(shared, org, follower).await?,
        }
    }
    Ok(())
}

async fn event_by_event(shared: &Shared, org: OrgId, follower: usize) -> Result<(), EngineError> {
    let one = Portion { events: 1, only: Some(follower) };
    for _ in 0..=shared.options.events_per_org {
        match work(shared, &[(org, None)], one).await {
            Ok(done) if done.iter().any(|done| done.more) => {}
            Ok(_) | Err(EngineError::Poison { .. }) => return Ok(()),
            Err(error) if error.is_transient() => return Err(error),
            Err(error) => return parking::park(shared, org, follower, &describe(&error)).await,
        }
    }
    Ok(())
}
