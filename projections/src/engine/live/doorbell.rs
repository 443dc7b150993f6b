//! Bells: they say where to look, never what is there.

use std::{collections::BTreeSet, future::poll_fn, sync::Arc, time::Duration};

use ledger::values::OrgId;
use tokio::sync::{broadcast::error::RecvError, mpsc};
use tokio_postgres::{AsyncMessage, Client, NoTls};

use super::{Backoff, Shared};

/// The channel between processes.
pub(crate) const CHANNEL: &str = "daybook_events";

/// Orgs in one message: a payload holds 8,000 bytes.
const ORGS_PER_MESSAGE: usize = 200;

/// Time within which bells of this process become one message.
const COALESCE: Duration = Duration::from_millis(20);

/// Listens to the writer of this process.
pub(super) async fn hear_own(shared: Arc<Shared>) {
    let mut bell = shared.ledger.doorbell();
    let mut stop = shared.stop.clone();
    loop {
        tokio::select! {
            rung = bell.recv() => match rung {
                Ok((org, head)) => shared.dirty.ring(org, head),
                // Missed some: the scan finds them within a second.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            _ = stop.changed() => return,
        }
    }
}

/// Exchanges bells with other processes over one connection, and makes a new one when it breaks.
pub(super) async fn exchange(shared: Arc<Shared>) {
    let Some(config) = shared.options.relay.clone() else { return };
    let mut backoff = Backoff::default();
    while !shared.stopping() {
        match connect(&config).await {
            Ok((client, heard)) => {
                backoff = Backoff::default();
                converse(&shared, &client, heard).await;
            }
            Err(error) => tracing::warn!(%error, "no connection to listen on"),
        }
        if !shared.stopping() {
            shared.pause(backoff.next()).await;
        }
    }
}

/// A connection that listens; what others say arrives in the channel, which closes with it.
async fn connect(
    config: &tokio_postgres::Config,
) -> Result<(Client, mpsc::UnboundedReceiver<String>), tokio_postgres::Error> {
    let (client, mut connection) = config.connect(NoTls).await?;
    let (hand_over, heard) = mpsc::unbounded_channel();
    // Our own messages come back to us; the backend's number tells them apart.
    let (own_known, own) = tokio::sync::watch::channel(0);
    tokio::spawn(async move {
        while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
            match message {
                Ok(AsyncMessage::Notification(said)) if said.process_id() != *own.borrow() => {
                    let _gone = hand_over.send(said.payload().to_owned());
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the connection to listen on broke");
                    return;
                }
            }
        }
    });
    let number: i32 = client.query_one("select pg_backend_pid()", &[]).await?.try_get(0)?;
    own_known.send_replace(number);
    client.batch_execute(&format!("listen {CHANNEL}")).await?;
    Ok((client, heard))
}

/// Until the connection breaks or the engine stops.
async fn converse(shared: &Shared, client: &Client, mut heard: mpsc::UnboundedReceiver<String>) {
    let mut bell = shared.ledger.doorbell();
    let mut stop = shared.stop.clone();
    let mut rung: BTreeSet<OrgId> = BTreeSet::new();
    let mut tick = tokio::time::interval(COALESCE);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            said = heard.recv() => match said {
                Some(payload) => orgs(&payload).for_each(|org| shared.dirty.reload(org)),
                None => return,
            },
            own = bell.recv() => match own {
                Ok((org, _)) => {
                    rung.insert(org);
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
            _ = tick.tick(), if !rung.is_empty() => {
                if let Err(error) = tell(client, &std::mem::take(&mut rung)).await {
                    tracing::warn!(%error, "other processes were not told");
                    return;
                }
            }
            _ = stop.changed() => return,
        }
    }
}

async fn tell(client: &Client, orgs: &BTreeSet<OrgId>) -> Result<(), tokio_postgres::Error> {
    let orgs: Vec<String> = orgs.iter().map(ToString::to_string).collect();
    for some in orgs.chunks(ORGS_PER_MESSAGE) {
        client.execute("select pg_notify($1, $2)", &[&CHANNEL, &some.join(",")]).await?;
    }
    Ok(())
}

fn orgs(payload: &str) -> impl Iterator<Item = OrgId> {
    payload.split(',').filter_map(|org| org.parse().ok())
}

/// Tells every engine to look at an org anew.
pub(crate) async fn look_again(
    client: &tokio_postgres::Client,
    org: OrgId,
) -> Result<(), tokio_postgres::Error> {
    client.execute("select pg_notify($1, $2)", &[&CHANNEL, &org.to_string()]).await.map(|_| ())
}
