create table periods_a (
    org_id         uuid        not null,
    position       bigint      not null,
    what           text        not null,
    before         date,
    closed_through date,
    recorded_at    timestamptz not null,
    actor          text        not null,
    reason_code    text,
    note           bytea,
    as_of_position bigint      not null,
    primary key (org_id, position)
);
comment on table periods_a is 'One row per closing or reopening of a period of the books.';
comment on column periods_a.position is
    'Where it happened; what was booked up to here is what the period was sealed with.';
comment on column periods_a.what is 'closed or reopened.';
comment on column periods_a.before is 'The last day that was sealed before.';
comment on column periods_a.closed_through is 'The last day that is sealed after it.';
comment on column periods_a.note is 'Sealed, exactly as in the event.';
comment on column periods_a.as_of_position is 'The event''s own position.';

select finish_read_model('periods');
