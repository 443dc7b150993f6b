with opened as (
    insert into active_slots (org_id, model, slot, version)
    select $1, w.follower, w.slot, w.version
    from unnest($2::text[], $3::integer[], $4::text[]) as w(follower, version, slot)
    where w.slot <> '-'
    on conflict do nothing
)
insert into checkpoints (org_id, projector, version, slot, position)
select $1, w.follower, w.version, w.slot, 0
from unnest($2::text[], $3::integer[], $4::text[]) as w(follower, version, slot)
on conflict do nothing
