create table model_checks (
    org_id         uuid        not null,
    position       bigint      not null,
    models         integer     not null,
    rows_differing bigint      not null,
    found          text        not null default '',
    checked_at     timestamptz not null default now(),
    constraint model_checks_once primary key (org_id)
);
comment on table model_checks is
    'When an org''s read models were last worked out once more and compared, and what differed.';
comment on column model_checks.found is 'The models that differed, or what went wrong.';

alter table model_checks enable row level security;
alter table model_checks force row level security;
create policy model_checks_org_isolation on model_checks to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update on model_checks to daybook_app;
grant select on model_checks to daybook_relay;
