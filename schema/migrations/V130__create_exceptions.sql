create table exceptions_a (
    org_id             uuid        not null,
    exception_id       uuid        not null,
    status             text        not null,
    class              text        not null,
    between_sides      text        not null,
    item               text        not null,
    provider           text        not null,
    owner              text        not null,
    amount_minor       bigint      not null,
    currency           text,
    ours_minor         bigint,
    ours_currency      text,
    ours_on            date,
    ours_status        text,
    theirs_minor       bigint,
    theirs_currency    text,
    theirs_on          date,
    theirs_status      text,
    invoice_id         uuid,
    movement_id        uuid,
    happened_on        date        not null,
    noticed_on         date        not null,
    resolution         text,
    reason_code        text,
    resolved_on        date,
    times_reopened     bigint      not null,
    run_id             uuid        not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    version            bigint      not null,
    raised_position    bigint      not null,
    provider_id        bytea,
    note               bytea,
    as_of_position     bigint      not null,
    primary key (org_id, exception_id)
);
comment on table exceptions_a is
    'One row per thing that does not fit: how two sides of the money disagree, and who owns it.';
comment on column exceptions_a.status is 'open or resolved.';
comment on column exceptions_a.class is
    'missing_here, missing_there, amount, currency, timing, status, duplicate or tax.';
comment on column exceptions_a.between_sides is 'log_and_provider or log_and_read_model.';
comment on column exceptions_a.owner is 'The desk that owns it; never a person''s name.';
comment on column exceptions_a.amount_minor is
    'What it is about, in minor units of currency: the gap where both sides name an amount of one '
    'currency, else the amount that is there.';
comment on column exceptions_a.noticed_on is 'Its age counts from here.';
comment on column exceptions_a.run_id is 'The run that raised it.';
comment on column exceptions_a.raised_position is 'Where it was raised; lists go by it.';
comment on column exceptions_a.provider_id is 'Sealed, exactly as in the event.';
comment on column exceptions_a.note is 'Sealed, exactly as in the event.';
comment on column exceptions_a.as_of_position is 'The last event that changed the row.';

create index on exceptions_a (org_id, raised_position);
create index on exceptions_a (org_id, status, raised_position);

select finish_read_model('exceptions');
