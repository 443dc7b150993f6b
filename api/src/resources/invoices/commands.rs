//! What of an invoice may come in bulk.

use super::{cancel, credit, draft, issue, pay, refund, write_off};
use crate::{
    body::NoBody,
    resources::commands::{Bulk, bulk},
};

pub(crate) fn commands() -> Vec<Bulk> {
    vec![
        bulk!("add_line" = POST "/v1/billing/invoices/{invoice_id}/lines", state, part => {
            draft::plan(state, &part.order()?, part.invoice()?).await
        }),
        bulk!("apply_credit" = POST "/v1/billing/invoices/{invoice_id}/credits/apply",
            state, part => credit::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("cancel_invoice" = POST "/v1/billing/invoices/{invoice_id}/cancel",
            state, part => cancel::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("create_refund" = POST "/v1/billing/invoices/{invoice_id}/refunds",
            state, part => refund::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("fail_refund" = POST "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/fail",
        state, part => {
            let refund_id = part.uuid("refund_id")?;
            refund::plan_failed(state, &part.order()?, part.invoice()?, refund_id).await
        }),
        bulk!("issue_invoice" = POST "/v1/billing/invoices/{invoice_id}/issue",
            state, part => issue::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("mark_overdue" = POST "/v1/billing/invoices/{invoice_id}/mark-overdue",
            state, part => issue::plan_overdue(state, &part.order()?, part.invoice()?).await),
        bulk!("record_payment" = POST "/v1/billing/invoices/{invoice_id}/payments",
            state, part => pay::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("remove_line" = DELETE "/v1/billing/invoices/{invoice_id}/lines/{line_id}",
        _state, part => {
            part.order::<NoBody>()?;
            Ok(draft::plan_removal(part.invoice()?, part.uuid("line_id")?))
        }),
        bulk!("reverse_payment" =
        POST "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/reverse",
        state, part => {
            let payment_id = part.uuid("payment_id")?;
            pay::plan_reversal(state, &part.order()?, part.invoice()?, payment_id).await
        }),
        bulk!("send_invoice" = POST "/v1/billing/invoices/{invoice_id}/send",
            _state, part => Ok(issue::plan_send(&part.order()?, part.invoice()?))),
        bulk!("settle_refund" =
        POST "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/settle",
        state, part => {
            let refund_id = part.uuid("refund_id")?;
            refund::plan_settled(state, &part.order()?, part.invoice()?, refund_id).await
        }),
        bulk!("write_off" = POST "/v1/billing/invoices/{invoice_id}/write-off",
            state, part => write_off::plan(state, &part.order()?, part.invoice()?).await),
    ]
}
