update checkpoints c
set position = w.target, updated_at = now()
from unnest($2::text[], $3::integer[], $4::text[], $5::bigint[], $6::bigint[])
    as w(follower, version, slot, seen, target)
where c.org_id = $1
and c.projector = w.follower
and c.version = w.version
and c.slot = w.slot
and c.position = w.seen
and (
    c.slot = '-'
    or exists (
        select
        from active_slots a
        where a.org_id = $1
        and a.model = c.projector
        and a.slot = c.slot
        and a.version = c.version
    )
)
returning c.projector
