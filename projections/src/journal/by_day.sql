select
    business_on,
    currency,
    sum(debit_minor)::bigint as debit_minor,
    sum(credit_minor)::bigint as credit_minor
from {table}
where org_id = $1
and account = $2
and ($3::bigint is null or position <= $3)
and ($4::date is null or business_on >= $4)
and ($5::date is null or business_on < $5)
group by currency, business_on
order by currency, business_on
