with owed as (
    select
        subject_id,
        currency,
        sum(debit_minor - credit_minor)::bigint as balance_minor
    from {journal}
    where org_id = $1
    and account = '1100'
    and business_on <= $2
    and ($3::bigint is null or position <= $3)
    group by subject_id, currency
    having sum(debit_minor - credit_minor) <> 0
)
select
    o.currency,
    i.due_on,
    sum(o.balance_minor)::bigint as balance_minor
from owed o
left join {invoices} i
    on i.org_id = $1
    and i.invoice_id = o.subject_id
group by o.currency, i.due_on
order by o.currency, i.due_on
