select {columns}
from {table}
where org_id = $1
and ($2 = 'all' or (balance_minor > 0 and status in ('sent', 'partial', 'overdue', 'failed')))
and ($2 <> 'overdue' or due_on < $3)
and ($4::date is null or (coalesce(due_on, date '9999-12-31'), opened_position) > ($4, $5::bigint))
order by coalesce(due_on, date '9999-12-31'), opened_position
limit $6
