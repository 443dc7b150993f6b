insert into parked (org_id, projector, version, slot, position, error, since)
values ($1, $2, $3, $4, $5, $6, now())
on conflict (org_id, projector, version, slot) do nothing
