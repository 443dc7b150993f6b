select
    a.model as follower,
    a.slot,
    a.version,
    c.position,
    p.position is not null as parked
from active_slots a
left join checkpoints c
    on c.org_id = a.org_id
    and c.projector = a.model
    and c.version = a.version
    and c.slot = a.slot
left join parked p
    on p.org_id = a.org_id
    and p.projector = a.model
    and p.version = a.version
    and p.slot = a.slot
where a.org_id = $1
union all
select
    c.projector,
    c.slot,
    c.version,
    c.position,
    p.position is not null
from checkpoints c
left join parked p
    on p.org_id = c.org_id
    and p.projector = c.projector
    and p.version = c.version
    and p.slot = c.slot
where c.org_id = $1
and c.slot = '-'
