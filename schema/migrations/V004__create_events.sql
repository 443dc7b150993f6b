create table events (
    org_id         uuid        not null,
    position       bigint      not null check (position > 0),
    aggregate_id   uuid        not null,
    sequence       bigint      not null check (sequence > 0),
    event_id       uuid        not null,
    correlation_id uuid        not null,
    causation_id   uuid,
    command_id     uuid        not null,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    event_version  integer     not null check (event_version > 0),
    aggregate_type text        not null,
    event_type     text        not null,
    actor          text        not null,
    payload        bytea       not null,
    metadata       bytea       not null,
    leaf_hash      bytea       not null check (length(leaf_hash) = 32),
    constraint events_position_unique primary key (org_id, position),
    constraint events_stream_sequence_unique
        unique (org_id, aggregate_type, aggregate_id, sequence)
);
comment on table events is 'What happened, in order, never altered. Everything else is worked out.';
comment on column events.position is 'Place in the org''s log: 1, 2, 3, … without a gap.';
comment on column events.sequence is 'Place in the stream: 1, 2, 3, …';
comment on column events.payload is 'Canonical JSON (RFC 8785), exactly the bytes that are hashed.';
comment on column events.metadata is 'Canonical JSON: trace context and the like.';
comment on column events.leaf_hash is
    'SHA-256 over a canonical encoding of every other column; see ledger/src/store/leaf.rs.';

-- Payloads are sealed or short: compressing them costs more than it saves.
alter table events alter column payload set storage external;

alter table events enable row level security;
alter table events force row level security;
create policy events_org_isolation on events for select to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));
create policy events_writer on events for insert to daybook_writer with check (true);

grant select on events to daybook_app, daybook_relay;
grant insert on events to daybook_writer;
