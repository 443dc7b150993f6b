select {columns}
from {table}
where org_id = $1
and ($2::text[] = '{}' or status = any($2))
and ($3::text is null or invoice_type = $3)
and ($4::bigint is null or opened_position < $4)
and ($6::date is null or coalesce(period_starts_on, (created_at at time zone 'UTC')::date) >= $6)
and ($7::date is null or coalesce(period_starts_on, (created_at at time zone 'UTC')::date) <= $7)
and ($8::text is null or number = $8)
order by opened_position desc
limit $5
