create table checkpoints (
    org_id     uuid        not null,
    projector  text        not null,
    version    integer     not null,
    slot       text        not null check (slot in ('a', 'b', '-')),
    position   bigint      not null check (position >= 0),
    updated_at timestamptz not null default now(),
    constraint checkpoints_once primary key (org_id, projector, version, slot)
) with (fillfactor = 50);
comment on table checkpoints is 'How far each projector has followed each org''s log.';
comment on column checkpoints.slot is 'Which of a read model''s two tables; - for a policy.';

alter table checkpoints enable row level security;
alter table checkpoints force row level security;
create policy checkpoints_org_isolation on checkpoints to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update, delete on checkpoints to daybook_app, daybook_relay;
