select
    date_trunc('month', business_on)::date as month_starts_on,
    currency,
    account,
    sum(debit_minor)::bigint as debit_minor,
    sum(credit_minor)::bigint as credit_minor
from {table}
where org_id = $1
and ($2::bigint is null or position <= $2)
and ($3::date is null or business_on >= $3)
and ($4::date is null or business_on < $4)
group by 1, currency, account
order by 1, currency, account
