create table parked (
    org_id    uuid        not null,
    projector text        not null,
    version   integer     not null,
    slot      text        not null,
    position  bigint      not null,
    error     text        not null,
    since     timestamptz not null,
    constraint parked_once primary key (org_id, projector, version, slot)
);
comment on table parked is
    'Projectors that met an event they cannot digest: they wait here, they never skip.';

alter table parked enable row level security;
alter table parked force row level security;
create policy parked_org_isolation on parked to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update, delete on parked to daybook_app, daybook_relay;
