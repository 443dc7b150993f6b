select invoice_id
from {table}
where org_id = $1
and status in ('sent', 'partial', 'failed')
and balance_minor > 0
and due_on < $2
and ($3::uuid is null or invoice_id > $3)
order by invoice_id
limit $4
