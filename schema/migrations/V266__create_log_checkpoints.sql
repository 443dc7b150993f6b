create table log_checkpoints (
    org_id    uuid        not null,
    size      bigint      not null check (size > 0),
    key_id    text        not null check (length(key_id) = 8),
    root      bytea       not null check (length(root) = 32),
    note      text        not null,
    signed_at timestamptz not null,
    constraint log_checkpoints_once primary key (org_id, size, key_id)
);
comment on table log_checkpoints is
    'How far each org''s log went, and its root, signed by a key that is not in the database.';
comment on column log_checkpoints.size is 'How many events; the last of them has this position.';
comment on column log_checkpoints.key_id is 'Which key signed: hex, as in its verifier key.';
comment on column log_checkpoints.root is 'RFC 6962 root over the leaf hashes of events 1 to size.';
comment on column log_checkpoints.note is 'C2SP tlog-checkpoint, exactly as signed.';

alter table log_checkpoints enable row level security;
alter table log_checkpoints force row level security;
create policy log_checkpoints_org_isolation on log_checkpoints for select to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select on log_checkpoints to daybook_app;
grant select, insert on log_checkpoints to daybook_relay;
create trigger log_checkpoints_no_change before update or delete on log_checkpoints
    for each row execute function events_are_immutable();
create trigger log_checkpoints_no_truncate before truncate on log_checkpoints
    for each statement execute function events_are_immutable();
