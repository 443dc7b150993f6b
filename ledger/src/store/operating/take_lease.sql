insert into job_runs as r (job, holder, lease_until, heartbeat_at, started_at)
values ($1, $2, now() + $3::bigint * interval '1 second', now(), now())
on conflict (job) do update
set holder = excluded.holder,
    lease_until = excluded.lease_until,
    heartbeat_at = excluded.heartbeat_at,
    started_at = excluded.started_at
where (r.lease_until is null or r.lease_until < now())
    and (r.started_at is null or r.started_at <= now() - $4::bigint * interval '1 second')
