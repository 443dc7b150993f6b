create table usage_drift_a (
    org_id         uuid        not null,
    metric         text        not null,
    month          text        not null,
    computed       bigint      not null,
    recorded       bigint,
    drift          bigint,
    late_facts     bigint      not null,
    late_change    bigint      not null,
    updated_at     timestamptz not null,
    as_of_position bigint      not null,
    primary key (org_id, metric, month)
);
comment on table usage_drift_a is
    'One row per metric and month: what the facts come to, and what a counter says.';
comment on column usage_drift_a.month is
    'YYYY-MM, or current for what is counted as it stands now (workers, storage_bytes).';
comment on column usage_drift_a.computed is 'What the facts come to: a number, or bytes.';
comment on column usage_drift_a.recorded is 'What a recorded counter says; null without one.';
comment on column usage_drift_a.drift is 'recorded less computed; null without a counter.';
comment on column usage_drift_a.late_facts is
    'Facts about the month that were recorded after it had ended.';
comment on column usage_drift_a.late_change is
    'By how much computed has changed since the month ended.';
comment on column usage_drift_a.as_of_position is 'The last event that changed the row.';

create index on usage_drift_a (org_id, month, metric);

select finish_read_model('usage_drift');
