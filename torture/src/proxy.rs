//! A TCP line between the service and PostgreSQL that cuts and delays where it hurts: at the
//! moment an append, or a commit, is on its way or its answer is.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// What is done to the line, and what was done.
#[derive(Debug, Default)]
pub struct Orders {
    /// Of so many appends and commits one is cut; 0 cuts none.
    pub cut_one_in: AtomicU32,
    /// How long the answer to each append is held back, in milliseconds.
    pub delay: AtomicU64,
    /// Nothing goes through any more, and nobody is told.
    pub silent: AtomicBool,
    /// Appends and commits that were carried out and whose answer was lost.
    pub answers_lost: AtomicU32,
    /// Appends and commits that never arrived.
    pub statements_lost: AtomicU32,
    /// Appends that were delayed.
    pub delayed: AtomicU32,
    seen: AtomicU32,
}

/// What becomes of an append or a commit.
enum Fate {
    Passes,
    Delayed(Duration),
    LosesItsAnswer,
    NeverArrives,
}

impl Orders {
    fn of_the_next(&self, append: bool) -> Fate {
        let one_in = self.cut_one_in.load(Ordering::Relaxed);
        let number = self.seen.fetch_add(1, Ordering::Relaxed);
        if one_in > 0 && number.is_multiple_of(one_in) {
            let lost = number / one_in;
            return if lost.is_multiple_of(2) { Fate::LosesItsAnswer } else { Fate::NeverArrives };
        }
        match self.delay.load(Ordering::Relaxed) {
            delay @ 1.. if append => {
                self.delayed.fetch_add(1, Ordering::Relaxed);
                Fate::Delayed(Duration::from_millis(delay))
            }
            _ => Fate::Passes,
        }
    }
}

/// A line that listens on a port of this machine.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    /// What it does.
    pub orders: Arc<Orders>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// A line to PostgreSQL's socket.
    ///
    /// # Errors
    /// When there is no port to be had.
    pub async fn start(socket: &Path) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let orders = Arc::new(Orders::default());
        let (socket, shared): (PathBuf, _) = (socket.to_owned(), Arc::clone(&orders));
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (socket, orders) = (socket.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    // A line that ends is what we are here for.
                    let _ended = pass(client, &socket, &orders).await;
                });
            }
        });
        Ok(Self { port, orders, accepting })
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// What the client says, message by message.
#[derive(Default)]
struct Spoken {
    bytes: Vec<u8>,
    begun: bool,
    /// The names of statements that append.
    appends: VecDeque<Vec<u8>>,
}

/// What a message is, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Append,
    Commit,
    Other,
}

impl Spoken {
    /// The next whole message, and what it is.
    fn next(&mut self) -> Option<(Vec<u8>, What)> {
        // The first message has no type.
        let head = usize::from(self.begun);
        let length = self.bytes.get(head..head + 4)?;
        let length = u32::from_be_bytes(length.try_into().ok()?);
        let end = head + usize::try_from(length).ok()?;
        if self.bytes.len() < end {
            return None;
        }
        let rest = self.bytes.split_off(end);
        let message = std::mem::replace(&mut self.bytes, rest);
        let what = if self.begun { self.what(&message) } else { What::Other };
        self.begun = true;
        Some((message, what))
    }

    fn what(&mut self, message: &[u8]) -> What {
        match message.first() {
            Some(b'P') if contains(message, b"insert into events") => {
                self.appends.push_back(text_at(message, 5));
                What::Other
            }
            // Bind names the portal (empty), then the statement.
            Some(b'B') if self.appends.contains(&text_at(message, 6)) => What::Append,
            Some(b'Q') if text_at(message, 5).eq_ignore_ascii_case(b"commit") => What::Commit,
            _ => What::Other,
        }
    }
}

async fn pass(mut client: TcpStream, socket: &Path, orders: &Orders) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    let mut server = UnixStream::connect(socket).await?;
    let (mut up, mut down) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let mut spoken = Spoken::default();
    let (mut lose_answer, mut hold_back) = (false, None);
    loop {
        tokio::select! {
            read = client.read(&mut up) => {
                let count = read?;
                if count == 0 {
                    return Ok(());
                }
                spoken.bytes.extend_from_slice(&up[..count]);
                while let Some((message, what)) = spoken.next() {
                    if what != What::Other {
                        match orders.of_the_next(what == What::Append) {
                            Fate::Passes => {}
                            Fate::Delayed(delay) => hold_back = Some(delay),
                            Fate::LosesItsAnswer => lose_answer = true,
                            Fate::NeverArrives => {
                                orders.statements_lost.fetch_add(1, Ordering::Relaxed);
                                return Ok(());
                            }
                        }
                    }
                    server.write_all(&message).await?;
                }
            }
            read = server.read(&mut down) => {
                let count = read?;
                if count == 0 {
                    return Ok(());
                }
                if lose_answer {
                    orders.answers_lost.fetch_add(1, Ordering::Relaxed);
                    return Ok(());
                }
                if let Some(delay) = hold_back.take() {
                    sleep(delay).await;
                }
                while orders.silent.load(Ordering::Relaxed) {
                    sleep(Duration::from_millis(10)).await;
                }
                client.write_all(&down[..count]).await?;
            }
        }
    }
}

/// The zero-terminated text at an offset of a message.
fn text_at(message: &[u8], offset: usize) -> Vec<u8> {
    message.iter().skip(offset).take_while(|byte| **byte != 0).copied().collect()
}

fn contains(message: &[u8], text: &[u8]) -> bool {
    message.windows(text.len()).any(|window| window == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, text: &[u8]) -> Vec<u8> {
        let length = u32::try_from(text.len() + 4).unwrap();
        [&[kind], &length.to_be_bytes()[..], text].concat()
    }

    #[test]
    fn appends_and_commits_are_known_however_the_bytes_are_cut() {
        let start = [&8_u32.to_be_bytes()[..], &[0; 4]].concat();
        let said = [
            start,
            message(b'P', b"s7\0with x as (insert into events ...)\0\0\0"),
            message(b'B', b"\0s7\0\0\0"),
            message(b'B', b"\0s8\0\0\0"),
            message(b'Q', b"COMMIT\0"),
        ]
        .concat();
        let mut spoken = Spoken::default();
        let mut heard = Vec::new();
        for byte in said {
            spoken.bytes.push(byte);
            heard.extend(spoken.next().map(|(_, what)| what));
        }
        use What::{Append, Commit, Other};
        assert!(heard == [Other, Other, Append, Other, Commit]);
    }
}
