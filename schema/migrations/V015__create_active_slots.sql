create table active_slots (
    org_id  uuid    not null,
    model   text    not null,
    slot    text    not null check (slot in ('a', 'b')),
    version integer not null,
    constraint active_slots_once primary key (org_id, model)
);
comment on table active_slots is 'Which of a read model''s two tables answers, org by org.';

alter table active_slots enable row level security;
alter table active_slots force row level security;
create policy active_slots_org_isolation on active_slots to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update on active_slots to daybook_app, daybook_relay;
