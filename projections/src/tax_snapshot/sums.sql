select
    jurisdiction,
    currency,
    count(*) as invoices,
    sum(subtotal_minor)::bigint as subtotal_minor,
    sum(taxable_subtotal_minor)::bigint as taxable_subtotal_minor,
    sum(tax_minor)::bigint as tax_minor,
    sum(total_minor)::bigint as total_minor
from {table}
where org_id = $1
and ($2::date is null or issued_on >= $2)
and ($3::date is null or issued_on < $3)
and not canceled
group by jurisdiction, currency
order by jurisdiction, currency
