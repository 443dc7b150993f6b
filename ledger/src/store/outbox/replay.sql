update outbox_events
set status = 'pending', attempts = 0, next_attempt_at = now(), settled_at = null,
    replays = replays + 1
where org_id = $1
and id = $2
and (kind = 'webhook') = $3
and status = 'dead'
