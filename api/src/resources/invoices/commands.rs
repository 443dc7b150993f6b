//! What of an invoice may come in bulk.

use super::{cancel, credit, credit_notes, dispute, draft, issue, pay, refund, undo, write_off};
use crate::{
    body::NoBody,
    resources::commands::{Bulk, bulk},
};

pub(crate) fn commands() -> Vec<Bulk> {
    [of_documents(), of_money(), of_corrections()].into_iter().flatten().collect()
}

fn of_documents() -> Vec<Bulk> {
    vec![
        bulk!("add_line" = POST "/v1/billing/invoices/{invoice_id}/lines",
            state, part => draft::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("cancel_invoice" = POST "/v1/billing/invoices/{invoice_id}/cancel",
            state, part => cancel::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("issue_invoice" = POST "/v1/billing/invoices/{invoice_id}/issue",
            state, part => issue::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("mark_overdue" = POST "/v1/billing/invoices/{invoice_id}/mark-overdue",
            state, part => issue::plan_overdue(state, &part.order()?, part.invoice()?).await),
        bulk!("remove_line" = DELETE "/v1/billing/invoices/{invoice_id}/lines/{line_id}",
        _state, part => {
            part.order::<NoBody>()?;
            Ok(draft::plan_removal(part.invoice()?, part.uuid("line_id")?))
        }),
        bulk!("send_invoice" = POST "/v1/billing/invoices/{invoice_id}/send",
            _state, part => Ok(issue::plan_send(&part.order()?, part.invoice()?))),
    ]
}

fn of_money() -> Vec<Bulk> {
    vec![
        bulk!("apply_credit" = POST "/v1/billing/invoices/{invoice_id}/credits/apply",
            state, part => credit::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("create_refund" = POST "/v1/billing/invoices/{invoice_id}/refunds",
            state, part => refund::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("fail_refund" = POST "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/fail",
        state, part => {
            let refund_id = part.uuid("refund_id")?;
            refund::plan_failed(state, &part.order()?, part.invoice()?, refund_id).await
        }),
        bulk!("record_payment" = POST "/v1/billing/invoices/{invoice_id}/payments",
            state, part => pay::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("reverse_payment" =
        POST "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/reverse",
        state, part => {
            let payment_id = part.uuid("payment_id")?;
            pay::plan_reversal(state, &part.order()?, part.invoice()?, payment_id).await
        }),
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

fn of_corrections() -> Vec<Bulk> {
    vec![
        bulk!("cancel_refund" =
        POST "/v1/billing/invoices/{invoice_id}/refunds/{refund_id}/cancel",
        state, part => {
            let refund_id = part.uuid("refund_id")?;
            undo::plan_refund(state, &part.order()?, part.invoice()?, refund_id).await
        }),
        bulk!("issue_credit_note" = POST "/v1/billing/invoices/{invoice_id}/credit-notes",
            state, part => credit_notes::plan(state, &part.order()?, part.invoice()?).await),
        bulk!("lose_dispute" = POST "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/lost",
        state, part => {
            let dispute_id = part.uuid("dispute_id")?;
            dispute::plan_lost(state, &part.order()?, part.invoice()?, dispute_id).await
        }),
        bulk!("open_dispute" =
        POST "/v1/billing/invoices/{invoice_id}/payments/{payment_id}/dispute",
        state, part => {
            let payment_id = part.uuid("payment_id")?;
            dispute::plan_open(state, &part.order()?, part.invoice()?, payment_id).await
        }),
        bulk!("return_credit" = POST "/v1/billing/invoices/{invoice_id}/credits/return",
            state, part => undo::plan_credit(state, &part.order()?, part.invoice()?).await),
        bulk!("reverse_write_off" = POST "/v1/billing/invoices/{invoice_id}/write-off/reverse",
            state, part => undo::plan_write_off(state, &part.order()?, part.invoice()?).await),
        bulk!("void_credit_note" =
        POST "/v1/billing/invoices/{invoice_id}/credit-notes/{credit_note_id}/void",
        state, part => {
            let note = part.uuid("credit_note_id")?;
            credit_notes::plan_void(state, &part.order()?, part.invoice()?, note).await
        }),
        bulk!("win_dispute" = POST "/v1/billing/invoices/{invoice_id}/disputes/{dispute_id}/won",
        state, part => {
            let dispute_id = part.uuid("dispute_id")?;
            dispute::plan_won(state, &part.order()?, part.invoice()?, dispute_id).await
        }),
    ]
}
