create table inbox (
    org_id           uuid        not null,
    provider         text        not null,
    provider_event   text        not null,
    event_type       text        not null,
    created_at       timestamptz not null,
    received_at      timestamptz not null,
    processed_status text        not null,
    invoice_id       uuid,
    booking_id       text,
    attempts         integer     not null default 0,
    last_error       text,
    facts            bytea       not null,
    constraint inbox_once primary key (org_id, provider, provider_event),
    constraint inbox_status check
        (processed_status in ('received', 'processed', 'ignored', 'held', 'waiting', 'failed'))
);
comment on table inbox is 'Verified webhooks, each kept once.';
comment on column inbox.facts is
    'What we took from it: ids and amounts, canonical JSON. Never the provider''s own payload.';
comment on column inbox.created_at is 'When the provider says it happened.';

create index inbox_by_status on inbox (org_id, provider, processed_status, created_at);
comment on index inbox_by_status is 'What still has to be done.';

alter table inbox enable row level security;
alter table inbox force row level security;
create policy inbox_org_isolation on inbox to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update (processed_status, invoice_id, attempts, last_error)
    on inbox to daybook_app;
grant select on inbox to daybook_relay;
