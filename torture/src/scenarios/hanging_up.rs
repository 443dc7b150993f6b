//! Clients that hang up: in the middle of a request, right after it, while it is carried out.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::{Outcome, Settings, Stage};
use crate::dice::Dice;
use crate::notes::Command;

/// How many hang up.
const CALLS: usize = 400;

/// Beside others who stay on the line.
pub(super) async fn run(settings: &Settings, dice: &mut Dice) -> anyhow::Result<Outcome> {
    let mut stage = Stage::new(settings, 1, 3).await?;
    let load = stage.load(dice, 3, 30);
    load.hear(1).await?;
    let to = stage.clients.doors[0].address().context("the service does not run")?;
    for number in 0..CALLS {
        let tenant = stage.clients.tenants[dice.index(3)].clone();
        let path = "/v1/billing/charges/one-off".to_owned();
        let (body, key) = (json!({"amount": "7.00"}), format!("hung-up-{number}"));
        let command = Command { tenant, method: "POST", path, body, key };
        stage.clients.notes.open().open.insert(command.id(), command.clone());
        // A line that breaks on their side, too, is fine.
        let _hung_up = hang_up(to, &command, dice).await;
    }
    load.hear(20).await?;
    load.stop().await;
    let report = stage.check().await?;
    Ok(Outcome::Held(format!("{CALLS} hung up; {}", stage.figures(&report))))
}

async fn hang_up(to: SocketAddr, command: &Command, dice: &mut Dice) -> std::io::Result<()> {
    let body = command.body.to_string();
    let (path, secret, key, length) =
        (&command.path, &command.tenant.secret, &command.key, body.len());
    let said = format!(
        "POST {path} HTTP/1.1\r\nHost: {to}\r\nAuthorization: Bearer {secret}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: {key}\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    );
    let whole = said.len();
    let sent = if dice.percent(25) { dice.index(whole) } else { whole };
    let mut stream = TcpStream::connect(to).await?;
    stream.write_all(&said.as_bytes()[..sent]).await?;
    stream.flush().await?;
    if dice.percent(70) {
        sleep(Duration::from_micros(dice.between(0, 8_000))).await;
    }
    Ok(())
}
