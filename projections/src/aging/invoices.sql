with owed as (
    select
        subject_id,
        sum(debit_minor - credit_minor)::bigint as balance_minor
    from {journal}
    where org_id = $1
    and account = '1100'
    and currency = $4
    and business_on <= $2
    and ($3::bigint is null or position <= $3)
    group by subject_id
    having sum(debit_minor - credit_minor) <> 0
)
select
    i.invoice_id,
    i.number,
    i.due_on,
    o.balance_minor
from owed o
join {invoices} i
    on i.org_id = $1
    and i.invoice_id = o.subject_id
    and i.due_on is not null
where $5::date is null
or (i.due_on, i.invoice_id) > ($5, $6::uuid)
order by i.due_on, i.invoice_id
limit $7
