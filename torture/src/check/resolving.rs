//! Commands without an answer are given again, under their ids.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::{Finding, Kind};
use crate::http::Client;
use crate::load::Clients;
use crate::notes::{Command, Heard};

/// How long one command may take to be resolved.
const PATIENCE: Duration = Duration::from_secs(90);

/// What became of commands without an answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Resolved {
    /// They had happened: the answer was given again.
    pub before: usize,
    /// They happen now.
    pub now: usize,
}

impl Resolved {
    /// All of them.
    pub fn all(self) -> usize {
        self.before + self.now
    }
}

/// Gives every open command again until it is answered.
///
/// # Errors
/// When there is no service to ask.
pub(super) async fn resolve(clients: &Clients) -> anyhow::Result<(Resolved, Vec<Finding>)> {
    let open: Vec<Command> = clients.notes.open().open.values().cloned().collect();
    resolve_in_order(clients, open).await
}

/// The same for these commands, where later ones rest on earlier ones.
///
/// # Errors
/// When there is no service to ask.
pub(crate) async fn resolve_in_order(
    clients: &Clients,
    open: Vec<Command>,
) -> anyhow::Result<(Resolved, Vec<Finding>)> {
    let (mut resolved, mut findings) = (Resolved::default(), Vec::new());
    let mut client = Client::default();
    for command in open {
        match again(clients, &mut client, &command).await {
            Heard::Done(answer) if answer.replayed => resolved.before += 1,
            Heard::Done(_) => resolved.now += 1,
            Heard::Later(_) | Heard::Lost | Heard::Wrong(_) => {
                let (id, path) = (command.id(), &command.path);
                let what = format!("command {id} ({path}) is not answered when given again");
                findings.push(Finding::new(Kind::Unresolved, what));
            }
        }
    }
    Ok((resolved, findings))
}

async fn again(clients: &Clients, client: &mut Client, command: &Command) -> Heard {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let door = clients.doors.iter().find_map(crate::service::Door::address);
        let heard = match door {
            Some(to) => {
                let answered = client.ask(to, &command.request(false)).await;
                clients.notes.hear(command, answered)
            }
            None => Heard::Lost,
        };
        match heard {
            Heard::Later(_) | Heard::Lost if Instant::now() < deadline => {
                sleep(Duration::from_millis(100)).await;
            }
            heard => return heard,
        }
    }
}
