insert into job_runs (job, heartbeat_at)
select j.job, now()
from unnest($1::text[]) as j (job)
order by j.job
on conflict (job) do update set heartbeat_at = excluded.heartbeat_at
