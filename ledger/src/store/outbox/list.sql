select id, dedupe_key, kind, template, related_kind, related_id, status, attempts, replays,
    created_at, settled_at, last_error
from outbox_events
where org_id = $1
and status = $2
and (kind = 'webhook') = $6
and ($3::timestamptz is null or (created_at, id) < ($3, $4))
order by created_at desc, id desc
limit $5
