select
    i.jurisdiction,
    t.component,
    t.rate,
    t.currency,
    coalesce(sum(t.tax_minor) filter (where t.kind = 'issued'), 0)::bigint as collected_minor,
    coalesce(-sum(t.tax_minor) filter (where t.kind <> 'issued'), 0)::bigint as taken_back_minor,
    sum(t.base_minor)::bigint as base_minor
from {table} t
left join lateral (
    select l.jurisdiction
    from {table} l
    where l.org_id = t.org_id
    and l.invoice_id = t.invoice_id
    and l.kind = 'issued'
    limit 1
) i on true
where t.org_id = $1
and t.component is not null
and ($2::bigint is null or t.position <= $2)
and ($3::date is null or t.business_on >= $3)
and ($4::date is null or t.business_on < $4)
group by i.jurisdiction, t.component, t.rate, t.currency
