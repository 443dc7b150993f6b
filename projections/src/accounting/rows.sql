select
    s.invoice_id,
    s.number,
    i.invoice_type,
    i.status,
    s.issued_on,
    i.due_on,
    s.canceled_on,
    s.currency,
    s.subtotal_minor,
    s.taxable_subtotal_minor,
    s.tax_minor,
    s.total_minor,
    s.tax_rate_basis,
    s.jurisdiction,
    p.payments,
    p.payments_minor,
    p.last_payment_on,
    i.refunded_minor,
    i.credited_minor,
    i.written_off_minor + i.charged_back_minor as given_up_minor,
    i.credit_minor,
    i.balance_minor
from {tax_snapshot} s
join {invoices} i
    on i.org_id = s.org_id
    and i.invoice_id = s.invoice_id
cross join lateral (
    select
        count(*) as payments,
        coalesce(sum(m.amount_minor - m.disputed_minor), 0)::bigint as payments_minor,
        max(m.began_on) as last_payment_on
    from {payment_status} m
    where m.org_id = s.org_id
    and m.invoice_id = s.invoice_id
    and m.kind = 'payment'
    and m.status in ('succeeded', 'disputed')
    and m.amount_minor > m.disputed_minor
) p
where s.org_id = $1
and s.issued_on >= $2
and s.issued_on < $3
and ($4::text[] = '{}' or i.status = any($4))
and ($5::date is null or (s.issued_on, s.invoice_id) > ($5, $6::uuid))
order by s.issued_on, s.invoice_id
limit $7
