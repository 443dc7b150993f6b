//! The HTTP surface over real sockets and a real PostgreSQL.
#![cfg(test)]

mod support;

mod access;
mod access_cases;
mod account;
mod books;
mod bulk;
mod charges;
mod claims;
mod claims_money;
mod corrections;
mod documents;
mod doors;
mod events;
mod exceptions;
mod export_letters;
mod exports;
mod facesheets;
mod founder_billing;
mod held_payments;
mod idempotency;
mod integrations;
mod invoices;
mod jobs;
mod journal;
mod keys;
mod lines;
mod operations;
mod orgs;
mod papers;
mod paths;
mod patients;
mod payments;
mod periods;
mod preview;
mod prior_auths;
mod problems;
mod proofs;
mod reading;
mod reconcile;
mod remittances;
mod reports;
mod stripe;
mod stripe_sequences;
mod usage;
