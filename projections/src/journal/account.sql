select {columns}
from {table}
where org_id = $1
and account = $2
and currency = $3
and ($4::bigint is null or position <= $4)
and ($5::date is null or business_on >= $5)
and ($6::date is null or business_on < $6)
and ($7::date is null or (business_on, position, line) > ($7, $8::bigint, $9::integer))
order by business_on, position, line
limit $10
