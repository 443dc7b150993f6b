create table subject_keys (
    org_id       uuid        not null,
    subject_id   uuid        not null,
    key_number   integer     not null,
    wrapped_key  bytea,
    created_at   timestamptz not null,
    destroyed_at timestamptz,
    constraint subject_keys_once primary key (org_id, subject_id, key_number),
    constraint subject_keys_destroyed check ((wrapped_key is null) = (destroyed_at is not null))
);
comment on table subject_keys is
    'One key per person, wrapped by a key that is not in the database. Erasing a person is '
    'destroying theirs.';
comment on column subject_keys.wrapped_key is 'RFC 3394; null once destroyed.';

alter table subject_keys enable row level security;
alter table subject_keys force row level security;
create policy subject_keys_org_isolation on subject_keys to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update (wrapped_key, destroyed_at) on subject_keys to daybook_app;
grant select on subject_keys to daybook_relay;
