alter table job_runs add column errors_total bigint not null default 0;
comment on column job_runs.errors_total is 'How often it ended badly, ever.';
