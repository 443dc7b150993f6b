select {columns}
from {table}
where org_id = $1
and ($2::text is null or account = $2)
and ($3::bigint is null or position <= $3)
and ($4::date is null or business_on >= $4)
and ($5::date is null or business_on < $5)
and ($6::bigint is null or (position, line) > ($6, $7::integer))
order by position, line
limit $8
