-- Due messages, and those whose sender died; of a lane only the first that is not settled.
update outbox_events o
set status = 'sending', attempts = o.attempts + 1, holder = $2,
    lease_until = now() + $3::bigint * interval '1 second'
where o.org_id = $1
and o.id in (
    select d.id
    from outbox_events d
    where d.org_id = $1
    and d.kind = any($5)
    and ((d.status = 'pending' and d.next_attempt_at <= now())
        or (d.status = 'sending' and d.lease_until < now()))
    and (d.lane = '' or not exists (
        select from outbox_events e
        where e.org_id = $1
        and e.lane = d.lane
        and e.status in ('pending', 'sending')
        and (e.created_at, e.id) < (d.created_at, d.id)))
    order by d.next_attempt_at, d.id
    limit $4
    for update skip locked)
returning o.id, o.template, o.body, o.occurred_at, o.attempts, o.correlation_id,
    o.causation_id
