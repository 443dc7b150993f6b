select
    k.aggregate_type, k.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload
from unnest($2::text[], $3::uuid[]) as k (aggregate_type, aggregate_id)
-- Each stream along its key, however few events PostgreSQL believes the org to have: a join might
-- read the whole org and look for its events among the keys, and only the key's index gives this
-- order without sorting.
cross join lateral (
    select sequence, event_type, event_version, payload
    from events
    where org_id = $1
        and aggregate_type = k.aggregate_type
        and aggregate_id = k.aggregate_id
    order by sequence
    offset 0
) e
