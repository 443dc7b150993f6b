create table commands (
    org_id         uuid        not null,
    command_id     uuid        not null,
    fingerprint    bytea       not null check (length(fingerprint) = 32),
    -- 0: nothing had to change; 1: events were appended
    verdict        smallint    not null check (verdict in (0, 1)),
    first_position bigint      not null,
    last_position  bigint      not null,
    stream_version bigint      not null,
    recorded_at    timestamptz not null,
    constraint commands_once primary key (org_id, command_id)
);
comment on table commands is
    'Accepted commands, so that a repeated one is answered and not carried out again.';
comment on column commands.fingerprint is 'HMAC-SHA256 of what was asked; never the body itself.';
comment on column commands.last_position is
    'The last event''s position, or the head at which nothing had to change.';
comment on column commands.stream_version is 'The addressed stream''s version after the command.';

alter table commands enable row level security;
alter table commands force row level security;
create policy commands_org_isolation on commands for select to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));
create policy commands_writer on commands to daybook_writer using (true) with check (true);

grant select on commands to daybook_app, daybook_relay;
grant select, insert on commands to daybook_writer;
