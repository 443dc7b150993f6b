select
    currency,
    account,
    sum(debit_minor)::bigint as debit_minor,
    sum(credit_minor)::bigint as credit_minor
from {table}
where org_id = $1
and ($2::bigint is null or position <= $2)
and ($3::date is null or business_on >= $3)
and ($4::date is null or business_on < $4)
and not ($5 and coalesce(entry_kind = 'adjusting' or reverses in (
    select entry_id
    from {table}
    where org_id = $1
    and entry_id is not null
    and entry_kind = 'adjusting'
), false))
group by currency, account
order by currency, account
