//! The least that can ask over HTTP/1.1: one request at a time on a connection that stays open.
//! It reads what it must know of an answer: status, length, position.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use anyhow::{Context, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::oneshot,
    time::{Duration, timeout},
};

use crate::{
    append::ours::Acknowledged,
    drive::{Caller, Measured, arrive, drive},
    options::Plan,
};

/// How long an answer may take before the load gives up.
const PATIENCE: Duration = Duration::from_secs(150);

/// What is asked.
pub(super) trait Requests: Send + Sync + 'static {
    /// Writes the caller's so-and-so-manieth request.
    fn write(&self, caller: u64, asked: u64, into: &mut Vec<u8>);
}

/// How it is asked.
pub(super) struct Load {
    pub(super) address: SocketAddr,
    pub(super) clients: usize,
    /// Arrivals a second; without, a closed loop.
    pub(super) a_second: Option<f64>,
    /// Who wants to know what is acknowledged.
    pub(super) told: Option<Acknowledged>,
}

/// Runs a load on a thread of its own, so that the service's runtime serves and nothing else.
///
/// # Errors
/// When an answer is no success, or none comes.
pub(super) async fn run(
    load: Load,
    requests: Arc<impl Requests>,
    plan: &Plan,
) -> anyhow::Result<Measured> {
    let (done, result) = oneshot::channel();
    let plan = Plan { parts: Vec::new(), points: String::new(), report: None, ..*plan };
    std::thread::Builder::new().name("load".to_owned()).spawn(move || {
        // Nobody waiting means that the point was given up.
        let _ = done.send(on_this_thread(load, &requests, &plan));
    })?;
    result.await.context("the load ended without an answer")?
}

fn on_this_thread(
    load: Load,
    requests: &Arc<impl Requests>,
    plan: &Plan,
) -> anyhow::Result<Measured> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut callers = Vec::with_capacity(load.clients);
        for caller in 0..load.clients {
            callers.push(Client {
                connection: Connection::open(load.address).await?,
                caller: caller as u64,
                asked: 0,
                request: Vec::new(),
                requests: Arc::clone(requests),
                told: load.told.clone(),
            });
        }
        match load.a_second {
            Some(a_second) => arrive(callers, plan.pace, a_second).await,
            None => drive(callers, plan.pace).await,
        }
    })
}

struct Client<R> {
    connection: Connection,
    caller: u64,
    asked: u64,
    request: Vec<u8>,
    requests: Arc<R>,
    told: Option<Acknowledged>,
}

impl<R: Requests> Caller for Client<R> {
    async fn call(&mut self) -> anyhow::Result<()> {
        self.asked += 1;
        self.request.clear();
        self.requests.write(self.caller, self.asked, &mut self.request);
        let answer = self.connection.ask(&self.request).await?;
        ensure!(answer.status == 201, "HTTP {}: {}", answer.status, answer.body);
        if let (Some(told), Some(position)) = (&self.told, answer.position) {
            told.send_replace(Some((position, Instant::now())));
        }
        Ok(())
    }
}

/// One connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What is read of an answer.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    /// `Daybook-Position`.
    pub(crate) position: Option<i64>,
    pub(crate) body: &'a str,
}

/// What the head of an answer says.
#[derive(Default)]
struct Head {
    length: usize,
    status: u16,
    content: usize,
    position: Option<i64>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4_096) })
    }

    /// Sends a request and reads its answer to the end.
    ///
    /// # Errors
    /// When none comes that can be read.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        self.buffer.clear();
        self.stream.write_all(request).await?;
        let head = loop {
            let read = timeout(PATIENCE, self.stream.read_buf(&mut self.buffer)).await;
            if read.context("no answer came in time")?? == 0 {
                bail!("the service hung up");
            }
            if let Some(head) = head(&self.buffer)? {
                break head;
            }
        };
        let whole = head.length + head.content;
        while self.buffer.len() < whole {
            let read = timeout(PATIENCE, self.stream.read_buf(&mut self.buffer)).await;
            if read.context("the answer did not end in time")?? == 0 {
                bail!("the service hung up");
            }
        }
        let body = std::str::from_utf8(&self.buffer[head.length..whole])?;
        Ok(Answer { status: head.status, position: head.position, body })
    }
}

/// The head, once it is there as a whole.
fn head(buffer: &[u8]) -> anyhow::Result<Option<Head>> {
    let Some(end) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return Ok(None);
    };
    let text = std::str::from_utf8(&buffer[..end])?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let status = status.context("no HTTP")?.parse()?;
    let mut head = Head { length: end + 4, status, ..Head::default() };
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            head.content = value.trim().parse()?;
        } else if name.eq_ignore_ascii_case("daybook-position") {
            head.position = value.trim().parse().ok();
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            bail!("an answer without a length cannot be read here");
        }
    }
    Ok(Some(head))
}

#[cfg(test)]
mod tests {
    use super::head;

    #[test]
    fn a_head_is_read_once_it_is_whole() {
        let answer = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nDaybook-Position: 7\r\n\r\n{}";
        assert!(head(&answer[..40]).unwrap().is_none());
        let read = head(answer).unwrap().unwrap();
        assert_eq!((read.status, read.content, read.position), (201, 2, Some(7)));
        assert_eq!(answer.len(), read.length + read.content);
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }
}
