//! One folder per resource of the URL. Each lists what it serves in `endpoints()`.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod activity;
pub(crate) mod answers;
pub(crate) mod charges;
pub(crate) mod claims;
pub(crate) mod commands;
pub(crate) mod credit_notes;
pub(crate) mod disputes;
pub(crate) mod docs;
pub(crate) mod events;
pub(crate) mod exceptions;
pub(crate) mod exports;
pub(crate) mod facesheets;
pub(crate) mod founder_billing;
pub(crate) mod health;
pub(crate) mod held_payments;
pub(crate) mod integrations;
pub(crate) mod invoices;
pub(crate) mod jobs;
pub(crate) mod journal;
pub(crate) mod keys;
pub(crate) mod metrics;
pub(crate) mod orgs;
pub(crate) mod outbox;
pub(crate) mod patients;
pub(crate) mod periods;
pub(crate) mod policies;
pub(crate) mod prior_auths;
pub(crate) mod projections;
pub(crate) mod proofs;
pub(crate) mod queue;
pub(crate) mod reconcile;
pub(crate) mod reconciliations;
pub(crate) mod remittances;
pub(crate) mod reports;
pub(crate) mod revenue;
pub(crate) mod tax_snapshots;
pub(crate) mod timelines;
pub(crate) mod usage;
pub(crate) mod webhooks;
pub(crate) mod whoami;

use crate::endpoint::Endpoint;

/// Everything that is served.
pub(crate) fn endpoints() -> Vec<Endpoint> {
    [
        account::endpoints(),
        accounts::endpoints(),
        activity::endpoints(),
        answers::endpoints(),
        charges::endpoints(),
        claims::endpoints(),
        commands::endpoints(),
        credit_notes::endpoints(),
        disputes::endpoints(),
        docs::endpoints(),
        events::endpoints(),
        exceptions::endpoints(),
        exports::endpoints(),
        facesheets::endpoints(),
        founder_billing::endpoints(),
        health::endpoints(),
        held_payments::endpoints(),
        integrations::endpoints(),
        invoices::endpoints(),
        jobs::endpoints(),
        journal::endpoints(),
        keys::endpoints(),
        metrics::endpoints(),
        orgs::endpoints(),
        outbox::endpoints(),
        patients::endpoints(),
        periods::endpoints(),
        policies::endpoints(),
        prior_auths::endpoints(),
        projections::endpoints(),
        proofs::endpoints(),
        queue::endpoints(),
        reconcile::endpoints(),
        reconciliations::endpoints(),
        remittances::endpoints(),
        reports::endpoints(),
        revenue::endpoints(),
        tax_snapshots::endpoints(),
        timelines::endpoints(),
        usage::endpoints(),
        webhooks::endpoints(),
        whoami::endpoints(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
