//! Sends spans, some at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use adapters::otlp::{Collector, NotTaken, Resource, Span, request};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};

/// Spans that wait, at most: a few megabytes.
const WAITING: usize = 8_192;

/// Spans in a request, at most.
const TOGETHER: usize = 512;

/// How long the first of them waits for more.
const GATHER: Duration = Duration::from_millis(500);

/// Waits between attempts at the same request; then it is dropped.
const WAITS: [Duration; 3] =
    [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(9)];

/// How long sending what is left may hold up the end.
const LAST: Duration = Duration::from_secs(5);

/// Puts spans into the queue.
#[derive(Clone)]
pub struct Sender {
    queue: mpsc::Sender<Span>,
    dropped: Arc<AtomicU64>,
}

impl Sender {
    pub(super) fn send(&self, span: Span) {
        if self.queue.try_send(span).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Takes them out and sends them.
pub struct Teller {
    queue: mpsc::Receiver<Span>,
    dropped: Arc<AtomicU64>,
    collector: Collector,
    resource: Resource,
    silent: bool,
}

/// A queue to a collector.
pub fn teller(collector: Collector, resource: Resource) -> (Sender, Teller) {
    let (sender, queue) = mpsc::channel(WAITING);
    let dropped = Arc::new(AtomicU64::new(0));
    let sender = Sender { queue: sender, dropped: Arc::clone(&dropped) };
    (sender, Teller { queue, dropped, collector, resource, silent: false })
}

/// A teller at work.
pub struct Running {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    /// Sends what is left, and ends.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::warn!(%error, "telling of traces ended badly");
        }
    }
}

impl Teller {
    /// Begins.
    pub fn start(self) -> Running {
        let (stop, stopping) = watch::channel(false);
        Running { stop, task: tokio::spawn(self.run(stopping)) }
    }

    async fn run(mut self, mut stopping: watch::Receiver<bool>) {
        let mut spans = Vec::new();
        loop {
            let going = tokio::select! {
                // Whoever holds the other end never lets go of it before the end.
                _ = stopping.wait_for(|stopping| *stopping) => false,
                going = gather(&mut self.queue, &mut spans) => going,
            };
            if !going {
                break;
            }
            tokio::select! {
                () = self.tell(&mut spans) => {}
                _ = stopping.wait_for(|stopping| *stopping) => break,
            }
        }
        self.queue.close();
        let rest = async {
            loop {
                // What a broken-off attempt left is there already.
                let room = TOGETHER.saturating_sub(spans.len()).max(1);
                self.queue.recv_many(&mut spans, room).await;
                if spans.is_empty() {
                    break;
                }
                let body = request(&self.resource, std::mem::take(&mut spans));
                if self.collector.send(body).await.is_err() {
                    break;
                }
            }
        };
        if timeout(LAST, rest).await.is_err() {
            tracing::warn!("the collector of traces does not answer: the last spans are lost");
        }
    }

    /// Tries until they are taken, refused, or too old. The spans stay until then, so that the
    /// end, if it comes first, can send them once more.
    async fn tell(&mut self, spans: &mut Vec<Span>) {
        let body = request(&self.resource, spans.clone());
        let mut waits = WAITS.into_iter();
        loop {
            let error = match self.collector.send(body.clone()).await {
                Ok(()) => break self.heard(),
                Err(error) => error,
            };
            let wait = waits.next().filter(|_| matches!(error, NotTaken::NotNow(_)));
            self.unheard(&error);
            match wait {
                Some(wait) => sleep(wait).await,
                None => {
                    self.dropped.fetch_add(spans.len() as u64, Ordering::Relaxed);
                    break;
                }
            }
        }
        spans.clear();
    }

    /// Says once that nobody listens, not with every request.
    fn unheard(&mut self, error: &NotTaken) {
        if !self.silent {
            self.silent = true;
            tracing::warn!(%error, "traces are not told");
        }
    }

    fn heard(&mut self) {
        if self.silent {
            self.silent = false;
            let dropped = self.dropped.swap(0, Ordering::Relaxed);
            tracing::info!(dropped, "traces are told again");
        }
    }
}

/// Waits for a span, and a little for more. `false`: there will be none.
async fn gather(queue: &mut mpsc::Receiver<Span>, spans: &mut Vec<Span>) -> bool {
    if queue.recv_many(spans, TOGETHER).await == 0 {
        return false;
    }
    let until = Instant::now() + GATHER;
    while spans.len() < TOGETHER {
        let more = queue.recv_many(spans, TOGETHER - spans.len());
        match timeout_at(until, more).await {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
    }
    true
}
