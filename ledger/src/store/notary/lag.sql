select
    coalesce(sum(h.position - s.signed), 0)::bigint,
    count(*),
    coalesce(extract(epoch from now() - min(e.recorded_at)), 0)::float8
from org_heads h
cross join lateral (
    select coalesce(
        (
            select c.size from log_checkpoints c
            where c.org_id = h.org_id
            order by c.size desc
            limit 1
        ),
        0
    ) as signed
) s
left join events e
    on e.org_id = h.org_id
    and e.position = s.signed + 1
where h.position > s.signed
