create table operations_a (
    org_id            uuid        not null,
    kind              text        not null,
    operation_id      uuid        not null,
    state             text,
    starts_at         timestamptz,
    ends_at           timestamptz,
    happened_at       timestamptz,
    team_id           uuid,
    worker_id         uuid,
    booking_id        uuid,
    lead_id           uuid,
    photo_id          uuid,
    invoice_id        uuid,
    amount            bigint,
    facts             bigint      not null,
    late              boolean     not null,
    said_at           timestamptz not null,
    first_recorded_at timestamptz not null,
    recorded_at       timestamptz not null,
    version           bigint      not null,
    entity_id         bytea       not null,
    name              bytea,
    role              bytea,
    email             bytea,
    phone             bytea,
    address           bytea,
    note              bytea,
    as_of_position    bigint      not null,
    primary key (org_id, kind, operation_id)
);
comment on table operations_a is
    'One row per thing elsewhere (booking, team, worker, photo, …): what was said of it last.';
comment on column operations_a.operation_id is
    'Keyed HMAC of kind and foreign id, as a UUID; team_id, worker_id, … name rows by it.';
comment on column operations_a.starts_at is 'First instant of a booking or a blackout.';
comment on column operations_a.ends_at is 'First instant after it.';
comment on column operations_a.happened_at is
    'When a lead was created, a job completed, a photo taken or reviewed, an answer given, a '
    'ticket opened.';
comment on column operations_a.invoice_id is 'Our invoice for a booking.';
comment on column operations_a.amount is
    'Bytes of a photo or of storage, minutes of a job, score of an answer.';
comment on column operations_a.facts is 'How often something was said of it.';
comment on column operations_a.late is
    'Whether what counts was recorded after the month it is about had ended.';
comment on column operations_a.said_at is 'Since when what counts is true.';
comment on column operations_a.version is 'The stream''s version.';
comment on column operations_a.entity_id is 'The other system''s id, sealed as in the event.';
comment on column operations_a.name is 'Sealed, exactly as in the event; so are all after it.';
comment on column operations_a.as_of_position is 'The last event that changed the row.';

create index on operations_a (org_id, kind, starts_at);
create index on operations_a (org_id, kind, happened_at);
create index on operations_a (org_id, booking_id) where booking_id is not null;
create index on operations_a (org_id, lead_id) where lead_id is not null;

select finish_read_model('operations');
