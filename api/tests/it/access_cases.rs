//! A request for each route, for the tests of access.

use api::roles::Rule;
use serde_json::{Value, json};

use crate::support::unknown;

/// A request to a route, well formed enough to get past its gate.
pub(crate) fn path(rule: &Rule, org: &str, id: &str) -> String {
    rule.pattern
        .replace("{office_id}", org)
        .replace("{org_id}", id)
        .replace("{patient_id}", "patient-of-the-access-test")
        .replace("{position}", "1")
        .replace("{file}", "swagger-ui.css")
        .replace("{invoice_id}", id)
        .replace("{line_id}", id)
        .replace("{payment_id}", id)
        .replace("{refund_id}", id)
        .replace("{exception_id}", id)
        .replace("{key_id}", id)
        .replace("{credit_note_id}", id)
        .replace("{dispute_id}", id)
        .replace("{entry_id}", id)
        .replace("{period}", "2099-01")
        .replace("{model}", "invoices")
        .replace("{policy}", "cycle_charges")
        .replace("{export_id}", id)
        .replace("{request_id}", id)
        .replace("{plan_id}", id)
        .replace("{claim_id}", id)
        .replace("{write_off_id}", id)
        .replace("{appeal_id}", id)
        .replace("{answer_id}", id)
        .replace("{auth_id}", id)
        .replace("{remittance_id}", id)
        .replace("{id}", id)
}

/// A body that each route can read; a new route that takes one needs a line here.
pub(crate) fn body(rule: &Rule) -> Option<Value> {
    let body = match (rule.method, rule.pattern) {
        ("GET" | "DELETE", _) => return None,
        ("POST", "/v1/admin/finance/held-payments/{payment_id}/apply") => json!({}),
        ("POST", "/v1/admin/finance/held-payments/{payment_id}/return") => json!({}),
        ("POST", "/v1/admin/finance/held-payments/{payment_id}/take-back") => json!({}),
        ("POST", "/v1/admin/finance/revenue/recognize") => json!({"through": 7}),
        ("POST", "/v1/admin/cleanup") => json!({}),
        ("POST", "/v1/admin/email-scan") => json!({}),
        ("POST", "/v1/admin/journal/adjusting-entries") => json!({}),
        ("POST", "/v1/admin/journal/allowances") => json!({}),
        ("POST", "/v1/admin/journal/entries/{entry_id}/reverse") => json!({}),
        ("POST", "/v1/admin/keys") => json!({"role": "viewer", "label": "access"}),
        ("POST", "/v1/admin/keys/{key_id}/rotate") => json!({}),
        ("POST", "/v1/admin/orgs") => json!({}),
        ("POST", "/v1/admin/orgs/{org_id}/close") => json!({}),
        ("POST", "/v1/admin/orgs/{org_id}/reinstate") => json!({}),
        ("POST", "/v1/admin/orgs/{org_id}/suspend") => json!({}),
        ("POST", "/v1/admin/finance/exceptions/{exception_id}/assign") => json!({}),
        ("POST", "/v1/admin/finance/exceptions/{exception_id}/reopen") => json!({}),
        ("POST", "/v1/admin/finance/exceptions/{exception_id}/resolve") => json!({}),
        ("POST", "/v1/admin/finance/invoices/{invoice_id}/reconcile") => json!({}),
        ("POST", "/v1/admin/export-dead-letter/{id}/replay") => json!({}),
        ("POST", "/v1/admin/outbox/{id}/replay") => json!({}),
        ("POST", "/v1/admin/finance/reconciliations") => json!({}),
        ("POST", "/v1/admin/periods/{period}/close") => json!({}),
        ("POST", "/v1/admin/policies/{policy}/retry") => json!({"key": 7}),
        ("POST", "/v1/admin/policies/{policy}/unpark") => json!({}),
        ("POST", "/v1/admin/projections/{model}/abort") => json!({}),
        ("POST", "/v1/admin/projections/{model}/unpark") => json!({}),
        ("POST", "/v1/admin/projections/{model}/rebuild") => json!({"switch": 7}),
        ("POST", "/v1/admin/periods/{period}/reopen") => json!({}),
        ("POST", "/v1/admin/retention/cleanup") => json!({}),
        ("POST", "/v1/billing/account/activate") => json!({}),
        ("POST", "/v1/billing/account/cancel") => json!({"reason_code": 7}),
        ("PUT", "/v1/billing/account/plan") => json!({}),
        ("POST", "/v1/billing/account/tax-rates") => json!({}),
        ("POST", "/v1/billing/account/trial") => json!({}),
        ("POST", "/v1/billing/claims") => json!({"patient_id": true}),
        ("PUT", "/v1/billing/claims/{claim_id}") => json!({}),
        ("POST", pattern) if pattern.starts_with("/v1/billing/claims/{claim_id}/") => {
            json!({"control": {}})
        }
        ("POST", pattern) if pattern.starts_with("/v1/billing/prior-auth/") => json!({}),
        ("POST", "/v1/billing/remittances") => json!({}),
        ("POST", "/v1/billing/remittances/{remittance_id}/deposit") => json!({}),
        ("POST", "/v1/billing/charges/one-off") => json!({}),
        ("POST", "/v1/billing/charges/setup-fee") => json!({"currency": "JPY"}),
        ("POST", "/v1/billing/facesheet/request") => json!({}),
        ("POST", "/v1/billing/facesheet/{request_id}/cancel") => json!({}),
        ("POST", "/v1/billing/facesheet/{request_id}/received") => json!({"source": 7}),
        ("POST", "/v1/billing/pause") => json!({}),
        ("POST", "/v1/billing/resume") => json!({"reason_code": 7}),
        ("POST", "/v1/billing/invoices/generate-monthly") => json!({"cycle": 7}),
        ("POST", "/v1/billing/invoices/{invoice_id}/cancel") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/credit-notes") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/credit-notes/{credit_note_id}/void") => {
            json!({})
        }
        ("POST", "/v1/billing/invoices/{invoice_id}/credits/apply") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/credits/return") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/lost") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/won") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/issue") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/lines") => json!({"amount": "1.00"}),
        ("POST", "/v1/billing/invoices/{invoice_id}/mark-overdue") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/payments") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/dispute") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/reverse") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/recalculate-totals") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/cancel") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/fail") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/settle") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/send") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/write-off") => json!({}),
        ("POST", "/v1/billing/invoices/{invoice_id}/write-off/reverse") => json!({}),
        ("POST", "/v1/billing/patients/{patient_id}/activate") => json!({"name": 7}),
        ("POST", "/v1/billing/patients/{patient_id}/deactivate") => json!({}),
        ("POST", "/v1/commands/bulk") => json!({}),
        ("PUT", "/v1/founder-billing/config") => json!({"enabled": 7}),
        ("POST", "/v1/founder-billing/statements/generate") => json!({}),
        ("PUT", "/v1/founder-billing/statements/{id}/contacts") => json!({}),
        (
            "POST",
            "/v1/founder-billing/statements/{id}/adjustments"
            | "/v1/founder-billing/statements/{id}/override"
            | "/v1/founder-billing/statements/{id}/payment-plans"
            | "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/accept"
            | "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/cancel"
            | "/v1/founder-billing/statements/{id}/payment-plans/{plan_id}/decline"
            | "/v1/founder-billing/statements/{id}/payments"
            | "/v1/founder-billing/statements/{id}/payments/{payment_id}/reverse"
            | "/v1/founder-billing/statements/{id}/refunds"
            | "/v1/founder-billing/statements/{id}/refunds/{refund_id}/settle"
            | "/v1/founder-billing/statements/{id}/send"
            | "/v1/founder-billing/statements/{id}/void",
        ) => json!({}),
        ("POST", "/v1/integrations/events") => json!({"specversion": "1.0"}),
        ("POST", "/v1/webhooks/stripe" | "/v1/webhooks/stripe/{org_id}") => json!({}),
        other => panic!("the access test has no case for {other:?}"),
    };
    Some(body)
}

/// What each route about an invoice takes, for somebody else's.
pub(crate) fn foreign_body(rule: &Rule, invoice: &str) -> Value {
    let last = rule.pattern.rsplit('/').next().unwrap_or_default();
    match last {
        "cancel" | "credit-notes" | "reverse" | "void" | "write-off" => {
            json!({"reason_code": "foreign"})
        }
        "dispute" => json!({"amount": "1.00", "reason_code": "foreign"}),
        "return" => {
            json!({"from_invoice_id": unknown(), "amount": "1.00", "reason_code": "foreign"})
        }
        "apply" => json!({"from_invoice_id": unknown(), "amount": "1.00"}),
        "lines" => json!({"amount": "1.00"}),
        "payments" => json!({"amount": "1.00"}),
        "refunds" => json!({"payment_id": invoice, "amount": "1.00", "reason_code": "foreign"}),
        _ => json!({}),
    }
}
