//! Nothing is booked in a sealed period, whoever decides it.
//!
//! The books are one more stream that every decision reads, proved by the same head as the
//! rest: of two nodes, one sealing and one posting, the later finds the head moved and decides
//! again on what the other did. A period that is open costs one look into memory.

use std::collections::HashMap;

use super::org::Org;
use crate::{
    books::{Books, BooksError, books_id},
    recorded::LedgerEvent,
    store::erased::{AnyAggregate, Stream, StreamKey, typed},
    values::OrgId,
};

/// The stream of an org's books.
pub(super) fn books(org: OrgId) -> Stream {
    Stream::of(books_id(org))
}

/// Whether the books, as the commands before it leave them, take what a command decided.
pub(super) fn admit(
    org: &Org,
    ahead: &HashMap<StreamKey, Box<dyn AnyAggregate>>,
    books: Stream,
    new: &[LedgerEvent],
) -> Result<(), BooksError> {
    let ahead = ahead.get(&books.key()).map(AsRef::as_ref);
    let held =
        ahead.or_else(|| org.aggregates.get(&books.key()).map(|held| held.aggregate.as_ref()));
    let books: &Books = held.and_then(typed).expect("read for every job");
    new.iter().try_for_each(|event| books.admit(event))
}
