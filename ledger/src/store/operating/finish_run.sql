update job_runs
set holder = null,
    lease_until = null,
    heartbeat_at = now(),
    last_success_at = case when $3::text is null then now() else last_success_at end,
    consecutive_failures = case when $3::text is null then 0 else consecutive_failures + 1 end,
    errors_total = errors_total + case when $3::text is null then 0 else 1 end,
    last_error = $3::text
where job = $1 and holder = $2
