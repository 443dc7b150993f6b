create table export_events (
    org_id           uuid        not null,
    export_id        uuid        not null,
    mode             text        not null,
    status           text        not null,
    period_starts_on date        not null,
    period_ends_on   date        not null,
    as_of_position   bigint      not null,
    row_count        bigint      not null,
    sha256           bytea       not null,
    file_name        text        not null,
    created_at       timestamptz not null,
    artifact         bytea       not null,
    primary key (org_id, export_id),
    constraint export_events_once unique (org_id, mode, period_starts_on, period_ends_on),
    constraint export_events_mode check (mode in ('accounting_csv')),
    constraint export_events_status check (status in ('stored', 'awaiting_delivery')),
    constraint export_events_period check (period_starts_on < period_ends_on),
    constraint export_events_sha256 check (octet_length(sha256) = 32)
);
comment on table export_events is 'Files made for somebody else, each kind and stretch of days once.';
comment on column export_events.mode is 'What the file is.';
comment on column export_events.status is
    'stored: kept for whoever asks; awaiting_delivery: to be sent to EXPORT_WEBHOOK_URL.';
comment on column export_events.period_ends_on is 'First day that it does not cover.';
comment on column export_events.as_of_position is 'The position of the org''s log it is as of.';
comment on column export_events.row_count is 'Lines without the header.';
comment on column export_events.sha256 is 'Of the artifact.';
comment on column export_events.artifact is 'The file. It holds no personal data.';

-- Downloads read slices of it, which compression would make costly.
alter table export_events alter column artifact set storage external;

alter table export_events enable row level security;
alter table export_events force row level security;
create policy export_events_org_isolation on export_events to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update (status) on export_events to daybook_app;
grant select on export_events to daybook_relay;
