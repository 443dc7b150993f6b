create table rebuilds (
    org_id         uuid        not null,
    model          text        not null,
    rebuild_id     uuid        not null,
    asked_by       text        not null,
    state          text        not null
        check (state in ('running', 'waiting', 'done', 'aborted', 'failed')),
    abort_asked    boolean     not null default false,
    switched       boolean     not null default false,
    events_read    bigint      not null default 0,
    events         bigint      not null default 0,
    position       bigint,
    rows_differing bigint      not null default 0,
    digest         bytea,
    differences    text        not null default '{}',
    error          text,
    started_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    constraint rebuilds_once primary key (org_id, model)
);
comment on table rebuilds is 'The last rebuild that was asked for of each read model of an org.';
comment on column rebuilds.differences is
    'Which cells and how much money differ, as JSON; what a cell holds only where it is money or a status.';

alter table rebuilds enable row level security;
alter table rebuilds force row level security;
create policy rebuilds_org_isolation on rebuilds to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update on rebuilds to daybook_app;
grant select on rebuilds to daybook_relay;
