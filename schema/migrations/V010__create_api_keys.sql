create table api_keys (
    org_id       uuid        not null,
    key_id       uuid        not null,
    role         text        not null,
    label        text        not null,
    secret_hash  bytea       not null check (length(secret_hash) = 32),
    created_at   timestamptz not null,
    expires_at   timestamptz,
    revoked_at   timestamptz,
    last_used_at timestamptz,
    rate_limit_per_minute integer check (rate_limit_per_minute > 0),
    constraint api_keys_once primary key (org_id, key_id),
    constraint api_keys_role check (role in
        ('owner', 'admin', 'finance', 'dispatcher', 'viewer', 'auditor', 'integration'))
);
comment on table api_keys is 'Credentials of programs. The secret is 256 random bits; only its '
    'SHA-256 is kept.';

alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy api_keys_org_isolation on api_keys to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update (expires_at, revoked_at, last_used_at) on api_keys to daybook_app;
