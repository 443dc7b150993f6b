select id, dedupe_key, kind, template, related_kind, related_id, status, attempts, replays,
    created_at, settled_at, last_error
from outbox_events
where org_id = $1
and related_kind = $2
and related_id = $3
order by created_at desc, id desc
limit $4
