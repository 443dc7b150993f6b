//! Who may do what: one table of route × role, as data (contract S2.28).
//!
//! "Or higher" follows viewer < dispatcher < finance < admin < owner; auditor and integration
//! stand beside. The gate reads the rule of the route that matched, never the text of a path.

use ledger::store::tenants::Role;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody; the route protects itself (a signature, a token) or tells nothing.
    Public,
    /// The operator's credential, which belongs to no org.
    Operator,
    /// Keys of an org with one of these roles.
    Roles(&'static [Role]),
}

/// What a route does, which decides what it asks of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Reads a read model; may wait for a position.
    Query,
    /// Reads something else.
    Read,
    /// A command that moves money: an idempotency key is required.
    KeyedCommand,
    /// A command that may carry an idempotency key.
    Command,
    /// Changes something that is not in the log (orgs, keys).
    Management,
    /// A webhook.
    Webhook,
    /// Messages that name themselves: sending one again is harmless.
    Feed,
    /// Stays open; not bound by the time limit.
    Stream,
}

/// One route: what it is, and who may use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// The canonical pattern, as it is routed.
    pub pattern: &'static str,
    /// Who.
    pub access: Access,
    /// What.
    pub kind: Kind,
}

impl Rule {
    /// Whether a key with this role may use the route.
    pub fn admits(&self, role: Role) -> bool {
        match self.access {
            Access::Public => true,
            Access::Operator => false,
            Access::Roles(roles) => roles.contains(&role),
        }
    }
}

use Role::{Admin, Auditor, Dispatcher, Finance, Integration, Owner, Viewer};

/// The founder: the owner's role (contract S4.12).
const FOUNDER: Access = Access::Roles(&[Owner]);
const ADMINS: Access = Access::Roles(&[Owner, Admin]);
const FINANCE: Access = Access::Roles(&[Owner, Admin, Finance]);
const ADMINS_AND_PROGRAMS: Access = Access::Roles(&[Owner, Admin, Integration]);
const FINANCE_AND_AUDIT: Access = Access::Roles(&[Owner, Admin, Finance, Auditor]);
const FINANCE_AND_PROGRAMS: Access = Access::Roles(&[Owner, Admin, Finance, Integration]);
const LOG_READERS: Access = Access::Roles(&[Owner, Admin, Finance, Auditor, Integration]);
const DISPATCH: Access = Access::Roles(&[Owner, Admin, Finance, Dispatcher, Integration]);
const VIEWERS_AND_AUDIT: Access =
    Access::Roles(&[Owner, Admin, Finance, Dispatcher, Viewer, Auditor]);
const EVERYBODY: Access =
    Access::Roles(&[Owner, Admin, Finance, Dispatcher, Viewer, Auditor, Integration]);

const fn get(pattern: &'static str, access: Access) -> Rule {
    Rule { method: "GET", pattern, access, kind: Kind::Query }
}

const fn read(pattern: &'static str, access: Access) -> Rule {
    Rule { method: "GET", pattern, access, kind: Kind::Read }
}

const fn command(pattern: &'static str, access: Access) -> Rule {
    Rule { method: "POST", pattern, access, kind: Kind::Command }
}

const fn money(pattern: &'static str) -> Rule {
    Rule { method: "POST", pattern, access: FINANCE, kind: Kind::KeyedCommand }
}

/// An order of the founder.
const fn founder(method: &'static str, pattern: &'static str) -> Rule {
    Rule { method, pattern, access: FOUNDER, kind: Kind::Command }
}

/// The same, where money moves.
const fn founders_money(pattern: &'static str) -> Rule {
    Rule { method: "POST", pattern, access: FOUNDER, kind: Kind::KeyedCommand }
}

const fn manage(method: &'static str, pattern: &'static str, access: Access) -> Rule {
    Rule { method, pattern, access, kind: Kind::Management }
}

/// Every route. The next one goes where its path belongs in the alphabet.
pub const RULES: &[Rule] = &[
    read("/healthz", Access::Public),
    read("/readyz", Access::Public),
    read("/v1/admin/accounts", FINANCE_AND_AUDIT),
    get("/v1/admin/activity", FINANCE_AND_AUDIT),
    manage("POST", "/v1/admin/cleanup", ADMINS),
    manage("POST", "/v1/admin/email-scan", ADMINS),
    read("/v1/admin/export-dead-letter", ADMINS),
    manage("POST", "/v1/admin/export-dead-letter/{id}/replay", ADMINS),
    read("/v1/admin/exports", FINANCE),
    get("/v1/admin/exports/accounting.csv", FINANCE),
    read("/v1/admin/exports/{export_id}", FINANCE),
    get("/v1/admin/finance/disputes", FINANCE_AND_AUDIT),
    get("/v1/admin/finance/disputes/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/finance/exceptions", FINANCE_AND_AUDIT),
    get("/v1/admin/finance/exceptions/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/finance/exceptions/{exception_id}", FINANCE_AND_AUDIT),
    command("/v1/admin/finance/exceptions/{exception_id}/assign", FINANCE),
    get("/v1/admin/finance/exceptions/{exception_id}/explain", FINANCE_AND_AUDIT),
    command("/v1/admin/finance/exceptions/{exception_id}/reopen", FINANCE),
    command("/v1/admin/finance/exceptions/{exception_id}/resolve", FINANCE),
    get("/v1/admin/finance/held-payments", FINANCE_AND_AUDIT),
    get("/v1/admin/finance/held-payments/explain", FINANCE_AND_AUDIT),
    money("/v1/admin/finance/held-payments/{payment_id}/apply"),
    money("/v1/admin/finance/held-payments/{payment_id}/return"),
    money("/v1/admin/finance/held-payments/{payment_id}/take-back"),
    get("/v1/admin/finance/reconcile/invoices", FINANCE),
    get("/v1/admin/finance/reconcile/invoices/explain", FINANCE),
    get("/v1/admin/finance/reconcile/stripe-events", FINANCE),
    command("/v1/admin/finance/invoices/{invoice_id}/reconcile", FINANCE),
    money("/v1/admin/finance/reconciliations"),
    command("/v1/admin/finance/revenue/recognize", FINANCE),
    get("/v1/admin/finance/tax-snapshots", FINANCE_AND_AUDIT),
    get("/v1/admin/finance/tax-snapshots/explain", FINANCE_AND_AUDIT),
    read("/v1/admin/jobs/status", ADMINS),
    money("/v1/admin/journal/adjusting-entries"),
    money("/v1/admin/journal/allowances"),
    get("/v1/admin/journal/entries", FINANCE_AND_AUDIT),
    get("/v1/admin/journal/entries/explain", FINANCE_AND_AUDIT),
    money("/v1/admin/journal/entries/{entry_id}/reverse"),
    get("/v1/admin/journal/ledger", FINANCE_AND_AUDIT),
    get("/v1/admin/journal/ledger/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/journal/trial-balance", FINANCE_AND_AUDIT),
    get("/v1/admin/journal/trial-balance/explain", FINANCE_AND_AUDIT),
    read("/v1/admin/keys", ADMINS),
    manage("POST", "/v1/admin/keys", ADMINS),
    manage("DELETE", "/v1/admin/keys/{key_id}", ADMINS),
    manage("POST", "/v1/admin/keys/{key_id}/rotate", ADMINS),
    read("/v1/admin/orgs", Access::Operator),
    manage("POST", "/v1/admin/orgs", Access::Operator),
    manage("POST", "/v1/admin/orgs/{org_id}/close", Access::Operator),
    manage("POST", "/v1/admin/orgs/{org_id}/reinstate", Access::Operator),
    manage("POST", "/v1/admin/orgs/{org_id}/suspend", Access::Operator),
    read("/v1/admin/outbox/dead-letter", ADMINS),
    manage("POST", "/v1/admin/outbox/{id}/replay", ADMINS),
    get("/v1/admin/periods", FINANCE_AND_AUDIT),
    command("/v1/admin/periods/{period}/close", FINANCE),
    command("/v1/admin/periods/{period}/reopen", ADMINS),
    read("/v1/admin/policies", FINANCE_AND_AUDIT),
    manage("POST", "/v1/admin/policies/{policy}/retry", ADMINS),
    manage("POST", "/v1/admin/policies/{policy}/unpark", ADMINS),
    read("/v1/admin/projections", FINANCE_AND_AUDIT),
    read("/v1/admin/projections/{model}", FINANCE_AND_AUDIT),
    manage("POST", "/v1/admin/projections/{model}/abort", ADMINS),
    manage("POST", "/v1/admin/projections/{model}/rebuild", ADMINS),
    manage("POST", "/v1/admin/projections/{model}/unpark", ADMINS),
    read("/v1/admin/queue/dlq", ADMINS),
    get("/v1/admin/queue/invoices", FINANCE_AND_AUDIT),
    get("/v1/admin/queue/invoices/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/ageing", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/ageing/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/ageing/invoices", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/ageing/invoices/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/cash", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/cash/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/gst", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/gst/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/pnl", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/pnl/explain", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/revenue", FINANCE_AND_AUDIT),
    get("/v1/admin/reports/revenue/explain", FINANCE_AND_AUDIT),
    manage("POST", "/v1/admin/retention/cleanup", ADMINS),
    get("/v1/admin/timeline/claim/{id}", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/claim/{id}/explain", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/invoice/{id}", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/invoice/{id}/explain", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/patient/{id}", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/payment/{id}", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/payment/{id}/explain", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/prior-auth/{id}", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/statement/{id}", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/statement/{id}/explain", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/subscription/{id}", VIEWERS_AND_AUDIT),
    get("/v1/admin/timeline/subscription/{id}/explain", VIEWERS_AND_AUDIT),
    read("/v1/answers/{answer_id}", EVERYBODY),
    command("/v1/billing/account/activate", ADMINS),
    command("/v1/billing/account/cancel", ADMINS),
    get("/v1/billing/account/plan", FINANCE_AND_AUDIT),
    Rule {
        method: "PUT",
        pattern: "/v1/billing/account/plan",
        access: ADMINS,
        kind: Kind::Command,
    },
    command("/v1/billing/account/tax-rates", FINANCE),
    command("/v1/billing/account/trial", ADMINS),
    command("/v1/billing/charges/one-off", FINANCE_AND_PROGRAMS),
    money("/v1/billing/charges/setup-fee"),
    get("/v1/billing/claims", EVERYBODY),
    command("/v1/billing/claims", DISPATCH),
    get("/v1/billing/claims/explain", EVERYBODY),
    get("/v1/billing/claims/{claim_id}", EVERYBODY),
    Rule {
        method: "PUT",
        pattern: "/v1/billing/claims/{claim_id}",
        access: DISPATCH,
        kind: Kind::Command,
    },
    command("/v1/billing/claims/{claim_id}/acknowledgements", FINANCE_AND_PROGRAMS),
    command("/v1/billing/claims/{claim_id}/appeal", FINANCE),
    command("/v1/billing/claims/{claim_id}/appeal/{appeal_id}/decide", FINANCE),
    money("/v1/billing/claims/{claim_id}/bill-patient"),
    command("/v1/billing/claims/{claim_id}/close", FINANCE),
    get("/v1/billing/claims/{claim_id}/explain", EVERYBODY),
    money("/v1/billing/claims/{claim_id}/replace"),
    money("/v1/billing/claims/{claim_id}/submit"),
    command("/v1/billing/claims/{claim_id}/validate", DISPATCH),
    money("/v1/billing/claims/{claim_id}/void"),
    money("/v1/billing/claims/{claim_id}/write-off"),
    money("/v1/billing/claims/{claim_id}/write-off/{write_off_id}/reverse"),
    get("/v1/billing/credit-notes", EVERYBODY),
    get("/v1/billing/credit-notes/explain", EVERYBODY),
    get("/v1/billing/facesheet/requests", EVERYBODY),
    command("/v1/billing/facesheet/request", DISPATCH),
    get("/v1/billing/facesheet/status/{patient_id}", EVERYBODY),
    command("/v1/billing/facesheet/{request_id}/cancel", DISPATCH),
    command("/v1/billing/facesheet/{request_id}/received", DISPATCH),
    get("/v1/billing/invoices/{invoice_id}", EVERYBODY),
    command("/v1/billing/invoices/{invoice_id}/cancel", FINANCE),
    get("/v1/billing/invoices/{invoice_id}/credit-notes", EVERYBODY),
    money("/v1/billing/invoices/{invoice_id}/credit-notes"),
    get("/v1/billing/invoices/{invoice_id}/credit-notes/explain", EVERYBODY),
    money("/v1/billing/invoices/{invoice_id}/credit-notes/{credit_note_id}/void"),
    money("/v1/billing/invoices/{invoice_id}/credits/apply"),
    money("/v1/billing/invoices/{invoice_id}/credits/return"),
    money("/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/lost"),
    money("/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/won"),
    get("/v1/billing/invoices/{invoice_id}/document", EVERYBODY),
    get("/v1/billing/invoices/{invoice_id}/explain", EVERYBODY),
    command("/v1/billing/invoices/{invoice_id}/issue", FINANCE),
    get("/v1/billing/invoices/{invoice_id}/line-items", EVERYBODY),
    get("/v1/billing/invoices/{invoice_id}/line-items/explain", EVERYBODY),
    money("/v1/billing/invoices/{invoice_id}/lines"),
    Rule {
        method: "DELETE",
        pattern: "/v1/billing/invoices/{invoice_id}/lines/{line_id}",
        access: FINANCE,
        kind: Kind::Command,
    },
    command("/v1/billing/invoices/{invoice_id}/mark-overdue", FINANCE),
    money("/v1/billing/invoices/{invoice_id}/payments"),
    money("/v1/billing/invoices/{invoice_id}/payments/{payment_id}/dispute"),
    money("/v1/billing/invoices/{invoice_id}/payments/{payment_id}/reverse"),
    command("/v1/billing/invoices/{invoice_id}/recalculate-totals", FINANCE),
    money("/v1/billing/invoices/{invoice_id}/refunds"),
    money("/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/cancel"),
    money("/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/fail"),
    money("/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/settle"),
    command("/v1/billing/invoices/{invoice_id}/send", FINANCE),
    money("/v1/billing/invoices/{invoice_id}/write-off"),
    money("/v1/billing/invoices/{invoice_id}/write-off/reverse"),
    command("/v1/billing/invoices/generate-monthly", FINANCE),
    get("/v1/billing/offices/{office_id}/invoices", EVERYBODY),
    get("/v1/billing/offices/{office_id}/invoices/explain", EVERYBODY),
    get("/v1/billing/patients", EVERYBODY),
    get("/v1/billing/patients/{patient_id}", EVERYBODY),
    command("/v1/billing/patients/{patient_id}/activate", DISPATCH),
    command("/v1/billing/patients/{patient_id}/deactivate", DISPATCH),
    command("/v1/billing/pause", FINANCE),
    get("/v1/billing/payment-status/{invoice_id}", EVERYBODY),
    get("/v1/billing/payment-status/{invoice_id}/explain", EVERYBODY),
    Rule {
        method: "DELETE",
        pattern: "/v1/billing/prior-auth/{auth_id}",
        access: DISPATCH,
        kind: Kind::Command,
    },
    get("/v1/billing/prior-auth/{auth_id}", EVERYBODY),
    command("/v1/billing/prior-auth/{auth_id}/approve", DISPATCH),
    command("/v1/billing/prior-auth/{auth_id}/deny", DISPATCH),
    command("/v1/billing/prior-auth/{auth_id}/pend", DISPATCH),
    command("/v1/billing/prior-auth/request", DISPATCH),
    get("/v1/billing/prior-auth/status/{patient_id}", EVERYBODY),
    get("/v1/billing/remittances", FINANCE_AND_AUDIT),
    money("/v1/billing/remittances"),
    get("/v1/billing/remittances/explain", FINANCE_AND_AUDIT),
    get("/v1/billing/remittances/{remittance_id}", FINANCE_AND_AUDIT),
    money("/v1/billing/remittances/{remittance_id}/deposit"),
    get("/v1/billing/remittances/{remittance_id}/explain", FINANCE_AND_AUDIT),
    command("/v1/billing/resume", FINANCE),
    get("/v1/billing/status", FINANCE),
    get("/v1/billing/usage/report", FINANCE),
    // Each command within is held to the rule of its own route.
    Rule {
        method: "POST",
        pattern: "/v1/commands/bulk",
        access: DISPATCH,
        kind: Kind::KeyedCommand,
    },
    read("/v1/docs", Access::Public),
    read("/v1/docs/{file}", Access::Public),
    Rule { method: "GET", pattern: "/v1/events", access: LOG_READERS, kind: Kind::Stream },
    read("/v1/events/{position}", LOG_READERS),
    get("/v1/founder-billing/audit-logs", FOUNDER),
    get("/v1/founder-billing/audit-logs/explain", FOUNDER),
    get("/v1/founder-billing/config", FOUNDER),
    founder("PUT", "/v1/founder-billing/config"),
    get("/v1/founder-billing/dashboard/metrics", FOUNDER),
    get("/v1/founder-billing/dashboard/metrics/explain", FOUNDER),
    get("/v1/founder-billing/dashboard/recent-activity", FOUNDER),
    get("/v1/founder-billing/dashboard/recent-activity/explain", FOUNDER),
    get("/v1/founder-billing/decisions", FOUNDER),
    get("/v1/founder-billing/deliveries", FOUNDER),
    get("/v1/founder-billing/deliveries/explain", FOUNDER),
    get("/v1/founder-billing/escalations", FOUNDER),
    get("/v1/founder-billing/escalations/explain", FOUNDER),
    get("/v1/founder-billing/payment-plans", FOUNDER),
    get("/v1/founder-billing/payment-plans/explain", FOUNDER),
    get("/v1/founder-billing/statements", FOUNDER),
    get("/v1/founder-billing/statements/explain", FOUNDER),
    founder("POST", "/v1/founder-billing/statements/generate"),
    get("/v1/founder-billing/statements/{id}", FOUNDER),
    founders_money("/v1/founder-billing/statements/{id}/adjustments"),
    founder("PUT", "/v1/founder-billing/statements/{id}/contacts"),
    get("/v1/founder-billing/statements/{id}/explain", FOUNDER),
    founder("POST", "/v1/founder-billing/statements/{id}/override"),
    founder("POST", "/v1/founder-billing/statements/{id}/payment-plans"),
    founder("POST", "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/accept"),
    founder("POST", "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/cancel"),
    founder("POST", "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/decline"),
    founders_money("/v1/founder-billing/statements/{id}/payments"),
    founders_money("/v1/founder-billing/statements/{id}/payments/{payment_id}/reverse"),
    founders_money("/v1/founder-billing/statements/{id}/refunds"),
    founders_money("/v1/founder-billing/statements/{id}/refunds/{refund_id}/settle"),
    founder("POST", "/v1/founder-billing/statements/{id}/send"),
    founder("POST", "/v1/founder-billing/statements/{id}/void"),
    Rule {
        method: "POST",
        pattern: "/v1/integrations/events",
        access: ADMINS_AND_PROGRAMS,
        kind: Kind::Feed,
    },
    read("/v1/metrics", Access::Public),
    read("/v1/openapi.json", Access::Public),
    read("/v1/proofs/bundle", LOG_READERS),
    read("/v1/proofs/checkpoint", LOG_READERS),
    read("/v1/proofs/consistency", LOG_READERS),
    read("/v1/proofs/inclusion", LOG_READERS),
    read("/v1/proofs/keys", LOG_READERS),
    Rule {
        method: "POST",
        pattern: "/v1/webhooks/stripe",
        access: Access::Public,
        kind: Kind::Webhook,
    },
    Rule {
        method: "POST",
        pattern: "/v1/webhooks/stripe/{org_id}",
        access: Access::Public,
        kind: Kind::Webhook,
    },
    read("/v1/whoami", EVERYBODY),
];

/// The rule of a route.
pub fn rule(method: &str, pattern: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.method == method && rule.pattern == pattern)
}
