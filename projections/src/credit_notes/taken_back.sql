with moved as (
    select currency, net_minor, tax_minor, total_minor, 1 as issued, 0 as voided
    from {table}
    where org_id = $1
    and ($2::date is null or issued_on >= $2)
    and ($3::date is null or issued_on < $3)
    union all
    select currency, -net_minor, -tax_minor, -total_minor, 0, 1
    from {table}
    where org_id = $1
    and voided_on is not null
    and ($2::date is null or voided_on >= $2)
    and ($3::date is null or voided_on < $3)
)
select
    currency,
    sum(issued)::bigint as issued,
    sum(voided)::bigint as voided,
    sum(net_minor)::bigint as net_minor,
    sum(tax_minor)::bigint as tax_minor,
    sum(total_minor)::bigint as total_minor
from moved
group by currency
order by currency
