update job_runs
set heartbeat_at = now(), lease_until = now() + $3::bigint * interval '1 second'
where job = $1 and holder = $2
