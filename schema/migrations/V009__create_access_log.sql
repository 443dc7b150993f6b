create table access_log (
    org_id      uuid        not null,
    access_id   uuid        not null,
    actor       text        not null,
    subject_id  uuid        not null,
    route       text        not null,
    accessed_at timestamptz not null,
    constraint access_log_once primary key (org_id, access_id)
);
comment on table access_log is 'Who opened whose sealed data, by which route, and when.';

alter table access_log enable row level security;
alter table access_log force row level security;
create policy access_log_org_isolation on access_log to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert on access_log to daybook_app;
create trigger access_log_no_change before update or delete on access_log
    for each row execute function events_are_immutable();
create trigger access_log_no_truncate before truncate on access_log
    for each statement execute function events_are_immutable();
