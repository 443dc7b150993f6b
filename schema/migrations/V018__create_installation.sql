create table installation (
    only_one   boolean     not null default true primary key check (only_one),
    id         uuid        not null default gen_random_uuid(),
    key_check  bytea,
    created_at timestamptz not null default now()
);
comment on table installation is 'Which installation this database belongs to.';
comment on column installation.key_check is
    'HMAC of a constant under the master key: a wrong key is noticed at start.';
insert into installation default values;
grant select on installation to daybook_app, daybook_writer, daybook_relay;
grant update (key_check) on installation to daybook_relay;
