select
    e.aggregate_type, e.aggregate_id, e.sequence, e.event_type, e.event_version, e.payload
from unnest($2::text[], $3::uuid[]) as k (aggregate_type, aggregate_id)
join events e
    on e.org_id = $1
    and e.aggregate_type = k.aggregate_type
    and e.aggregate_id = k.aggregate_id
order by e.aggregate_type, e.aggregate_id, e.sequence
