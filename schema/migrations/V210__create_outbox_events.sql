create table outbox_events (
    org_id          uuid        not null,
    id              uuid        not null,
    dedupe_key      text        not null,
    kind            text        not null,
    template        text        not null,
    lane            text        not null,
    related_kind    text        not null,
    related_id      uuid        not null,
    body            bytea       not null,
    occurred_at     timestamptz not null,
    created_at      timestamptz not null default now(),
    status          text        not null default 'pending',
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null default now(),
    holder          text,
    lease_until     timestamptz,
    settled_at      timestamptz,
    last_error      text,
    replays         integer     not null default 0,
    constraint outbox_events_pk primary key (org_id, id),
    constraint outbox_events_once unique (org_id, dedupe_key),
    constraint outbox_events_kind check (kind in ('email', 'webhook')),
    constraint outbox_events_status check
        (status in ('pending', 'sending', 'sent', 'dead', 'canceled'))
);
comment on table outbox_events is
    'What must leave the house: each message once, tried until it is gone, dead or not needed.';
comment on column outbox_events.dedupe_key is 'What makes it the same message, however often it is asked for.';
comment on column outbox_events.lane is
    'Messages of one lane leave in the order in which they came; an empty lane has no order.';
comment on column outbox_events.body is 'What to say, sealed: never an address, never a name.';
comment on column outbox_events.occurred_at is 'When it happened that is told.';
comment on column outbox_events.last_error is 'Why it did not leave, as a code.';

create index outbox_events_due on outbox_events (org_id, status, next_attempt_at);
comment on index outbox_events_due is 'What is to be sent, and the dead letters.';

alter table outbox_events enable row level security;
alter table outbox_events force row level security;
create policy outbox_events_org_isolation on outbox_events to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update (status, attempts, next_attempt_at, holder, lease_until, settled_at,
    last_error, replays) on outbox_events to daybook_app;
grant select on outbox_events to daybook_relay;
