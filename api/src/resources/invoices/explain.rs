//! What the figures of invoices are the sums of.

use projections::{
    engine::explain::Figure,
    invoice_lines::{self, InvoiceLines},
    invoices::{self, Invoices},
    payment_status::{self, Kind, PaymentStatus, Stands},
};

use crate::explaining::{Place, Source};

/// Of an invoice, and of what was paid of it.
pub(crate) fn invoice(place: &Place<'_>) -> Option<Source> {
    let id = place.id("invoice_id")?;
    let stream = ("invoice", id);
    let (within, field) = place.named();
    let figure = match within {
        "" | "/invoices/*" => Figure::of::<Invoices>(id, Some(stream), of_invoice(field)?),
        "/payments/*" if field == "amount_refunded" => {
            let payment = place.id("payment_id")?;
            Figure::within::<PaymentStatus>(stream, move |row| {
                let of = row.kind.0 == Kind::Refund && row.payment_id == payment;
                if of && row.status.0 != Stands::Canceled { row.amount_minor } else { 0 }
            })
        }
        "/payments/*" => {
            let key = (id, place.id("payment_id")?);
            Figure::of::<PaymentStatus>(key, Some(stream), of_payment(field)?)
        }
        "/payments/*/refunds/*" if field == "amount" => {
            let key = (id, place.id("refund_id")?);
            Figure::of::<PaymentStatus>(key, Some(stream), |row| row.amount_minor)
        }
        _ => return None,
    };
    Some(figure.into())
}

fn of_invoice(field: &str) -> Option<fn(&invoices::Row) -> i64> {
    Some(match field {
        "subtotal" => |row| row.subtotal_minor,
        "taxable_subtotal" => |row| row.taxable_subtotal_minor,
        "tax_amount" => |row| row.tax_minor,
        "total_amount" => |row| row.total_minor,
        "amount_paid" => |row| row.paid_minor,
        "balance_due" => |row| row.balance_minor,
        "unapplied_credit" => |row| row.credit_minor,
        "amount_written_off" => |row| row.written_off_minor,
        "amount_refunded" => |row| row.refunded_minor,
        _ => return None,
    })
}

fn of_payment(field: &str) -> Option<fn(&payment_status::Row) -> i64> {
    Some(match field {
        "amount" => |row| row.amount_minor,
        "amount_applied" => |row| row.applied_minor,
        "amount_credited" => |row| row.credited_minor,
        _ => return None,
    })
}

/// Of an invoice's lines.
pub(super) fn line(place: &Place<'_>) -> Option<Source> {
    let id = place.id("invoice_id")?;
    let value: fn(&invoice_lines::Row) -> i64 = match place.named() {
        ("/line_items/*", "unit_price") => |row| row.unit_price_minor,
        ("/line_items/*", "total_price") => |row| row.total_price_minor,
        _ => return None,
    };
    let key = (id, place.id("line_item_id")?);
    Some(Figure::of::<InvoiceLines>(key, Some(("invoice", id)), value).into())
}
