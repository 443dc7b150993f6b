with followed as (
    select c.org_id, c.position
    from checkpoints c
    join unnest($1::text[], $2::integer[]) as f(follower, version)
        on f.follower = c.projector
        and f.version = c.version
    left join active_slots a
        on a.org_id = c.org_id
        and a.model = c.projector
    where c.slot = '-'
    or (a.slot = c.slot and a.version = c.version)
),
standing as (
    select org_id, count(*) as followers, min(position) as lowest
    from followed
    group by org_id
)
select h.org_id, h.position
from org_heads h
left join standing s
    on s.org_id = h.org_id
where h.position > 0
and (
    s.org_id is null
    or s.followers < $3
    or s.lowest < h.position
)
