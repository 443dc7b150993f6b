select h.org_id
from org_heads h
where ($1::timestamptz is null or h.recorded_at >= $1)
and h.position > coalesce(
    (
        select c.size from log_checkpoints c
        where c.org_id = h.org_id
        order by c.size desc
        limit 1
    ),
    0
)
order by h.recorded_at
