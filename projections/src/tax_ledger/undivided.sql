select {columns}
from {table}
where org_id = $1
and ($2::bigint is null or position <= $2)
and invoice_id in (
    select u.invoice_id
    from {table} u
    where u.org_id = $1
    and u.component is null
    and ($2::bigint is null or u.position <= $2)
    and ($3::date is null or u.business_on >= $3)
    and ($4::date is null or u.business_on < $4)
)
order by position, line
