//! The HTTP surface over real sockets and a real PostgreSQL.
#![cfg(test)]

mod support;

mod access;
mod account;
mod bulk;
mod charges;
mod documents;
mod events;
mod idempotency;
mod invoices;
mod journal;
mod keys;
mod operations;
mod orgs;
mod paths;
mod patients;
mod payments;
mod preview;
mod problems;
mod reading;
mod reconcile;
mod stripe;
mod stripe_sequences;
