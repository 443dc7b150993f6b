create table orgs (
    org_id       uuid        not null primary key,
    name         text        not null,
    created_at   timestamptz not null,
    suspended_at timestamptz,
    closed_at    timestamptz
);
comment on table orgs is 'Who has a ledger here: the register of tenants.';
comment on column orgs.name is 'The business''s name, as the operator entered it.';

alter table orgs enable row level security;
alter table orgs force row level security;
create policy orgs_org_isolation on orgs to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select on orgs to daybook_app;
grant select, insert on orgs to daybook_relay;
grant update (suspended_at, closed_at) on orgs to daybook_relay;
