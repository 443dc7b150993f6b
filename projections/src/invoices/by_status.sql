select
    status,
    count(*) as invoice_count
from {table}
where org_id = $1
group by status
