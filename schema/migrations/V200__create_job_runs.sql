create table job_runs (
    job                  text        not null primary key,
    holder               text,
    lease_until          timestamptz,
    heartbeat_at         timestamptz,
    started_at           timestamptz,
    last_success_at      timestamptz,
    consecutive_failures integer     not null default 0,
    last_error           text
);
comment on table job_runs is 'Who runs which job, and how it went. Jobs belong to no org.';
comment on column job_runs.lease_until is 'Nobody else runs the job before this instant.';
comment on column job_runs.heartbeat_at is 'When a scheduler last showed that it cares for it.';
comment on column job_runs.last_error is 'How it ended badly last; null after it ended well.';

grant select on job_runs to daybook_app;
grant select, insert, update on job_runs to daybook_relay;
