select
    i.invoice_id,
    i.number,
    i.invoice_type,
    i.status,
    i.currency,
    i.issued_on,
    i.due_on,
    i.canceled_on,
    i.jurisdiction,
    i.subtotal_minor,
    i.taxable_subtotal_minor,
    i.tax_minor,
    i.total_minor,
    i.paid_minor,
    i.balance_minor,
    i.credit_minor,
    i.refunded_minor,
    i.credited_minor,
    i.written_off_minor + i.charged_back_minor as given_up_minor,
    p.payments,
    p.received_minor,
    p.last_payment_on
from {invoices} i
cross join lateral (
    select
        count(*) as payments,
        coalesce(sum(amount_minor - disputed_minor), 0)::bigint as received_minor,
        max(began_on) as last_payment_on
    from {payment_status}
    where org_id = i.org_id
    and invoice_id = i.invoice_id
    and kind = 'payment'
    and status in ('succeeded', 'disputed')
    and amount_minor > disputed_minor
) p
where i.org_id = $1
and i.issued_on >= $2
and i.issued_on < $3
and ($4::text[] = '{}' or i.status = any($4))
and ($5::date is null or (i.issued_on, i.invoice_id) > ($5, $6::uuid))
order by i.issued_on, i.invoice_id
limit $7
