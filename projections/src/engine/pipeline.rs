//! Several statements in one flight.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::Poll,
};

use tokio_postgres::{Error, Row};

/// A statement on its way; what it answers, row by row.
pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = Result<Vec<Row>, Error>> + Send + 'a>>;

/// Sends all statements in the order given without waiting in between, then collects what they
/// answer. `SET LOCAL` speaks for the statements after it, so the order is a promise and not a
/// likelihood: the driver sends a statement when it is first polled, and we poll them in order.
///
/// Statements must be prepared beforehand: preparing waits for an answer, and the next one would
/// overtake.
pub(crate) async fn in_order(mut sending: Vec<Sending<'_>>) -> Result<Vec<Vec<Row>>, Error> {
    let mut answers: Vec<Option<Vec<Row>>> = sending.iter().map(|_| None).collect();
    let mut sent = false;
    let mut next = 0;
    poll_fn(|context| {
        if !sent {
            sent = true;
            for (future, answer) in sending.iter_mut().zip(&mut answers) {
                if let Poll::Ready(rows) = future.as_mut().poll(context) {
                    *answer = Some(rows?);
                }
            }
        }
        // Answers come in the order of the questions, so only the first open one can be ready.
        while next < sending.len() {
            if answers[next].is_none() {
                match sending[next].as_mut().poll(context) {
                    Poll::Ready(rows) => answers[next] = Some(rows?),
                    Poll::Pending => return Poll::Pending,
                }
            }
            next += 1;
        }
        Poll::Ready(Ok(()))
    })
    .await?;
    Ok(answers.into_iter().map(Option::unwrap_or_default).collect())
}
