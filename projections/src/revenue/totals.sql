select
    item_type,
    currency,
    sum(billed_minor)::bigint as billed_minor,
    sum(recognized_minor)::bigint as recognized_minor,
    sum(cut_minor)::bigint as cut_minor,
    sum(deferred_minor)::bigint as deferred_minor
from {table}
where org_id = $1
group by item_type, currency
order by item_type, currency
