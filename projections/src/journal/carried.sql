select
    coalesce(sum(debit_minor - credit_minor) filter (where business_on < $5::date), 0)::bigint
        as opening_minor,
    coalesce(sum(debit_minor - credit_minor), 0)::bigint as carried_minor
from {table}
where org_id = $1
and account = $2
and currency = $3
and ($4::bigint is null or position <= $4)
and (business_on < $5::date or (business_on, position, line) <= ($6::date, $7::bigint, $8::integer))
