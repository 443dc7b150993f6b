//! What the writer's session does while commands run, looked at now and then.

use std::{collections::HashMap, time::Duration};

use tokio::{sync::oneshot, task::JoinHandle, time::timeout};

use crate::ground::Database;

/// Between two looks: seldom enough not to be felt.
const EVERY: Duration = Duration::from_millis(25);
const LOOK: &str = "select case
        when state <> 'active' then 'idle'
        when wait_event_type is null then 'runs'
        else wait_event end
    from pg_stat_activity
    where datname = current_database() and application_name = 'daybook-writer'
        and query like 'with want%'";
/// What is told, each as a share of all looks in per cent; the rest is seldom.
const TOLD: [(&str, &str); 4] = [
    ("runs", "% of looks: writer runs"),
    ("WALSync", "% waits for the disk"),
    ("WALWrite", "% for another's flush"),
    ("idle", "% for us"),
];

/// Somebody looking.
pub(super) struct Waits {
    stop: oneshot::Sender<()>,
    looking: JoinHandle<anyhow::Result<HashMap<String, u32>>>,
}

impl Waits {
    pub(super) async fn watch(database: &Database) -> anyhow::Result<Self> {
        let client = database.client().await?;
        let statement = client.prepare(LOOK).await?;
        let (stop, mut stopped) = oneshot::channel();
        let looking = tokio::spawn(async move {
            let mut seen: HashMap<String, u32> = HashMap::new();
            while timeout(EVERY, &mut stopped).await.is_err() {
                for row in client.query(&statement, &[]).await? {
                    *seen.entry(row.try_get(0)?).or_default() += 1;
                }
            }
            anyhow::Ok(seen)
        });
        Ok(Self { stop, looking })
    }

    /// Ends; what was seen, in per cent.
    pub(super) async fn seen(self) -> anyhow::Result<Vec<(&'static str, f64)>> {
        let _ = self.stop.send(());
        let seen = self.looking.await??;
        let all: u32 = seen.values().sum();
        let share = |name: &str| f64::from(seen.get(name).copied().unwrap_or_default()) * 100.0;
        let told = TOLD.iter().map(|(name, said)| (*said, share(name) / f64::from(all.max(1))));
        Ok(told.collect())
    }
}
