-- Only who holds the message may say what became of it.
update outbox_events
set status = $4, settled_at = case when $4 in ('sent', 'dead', 'canceled') then now() end,
    next_attempt_at = now() + $6::bigint * interval '1 second',
    last_error = $5, attempts = $7, holder = null, lease_until = null
where org_id = $1
and id = $2
and holder = $3
and status = 'sending'
