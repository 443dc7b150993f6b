select
    job,
    case when lease_until >= now() then holder end,
    heartbeat_at,
    started_at,
    last_success_at,
    consecutive_failures,
    errors_total,
    last_error
from job_runs
order by job
