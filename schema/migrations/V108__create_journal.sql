create table journal_a (
    org_id         uuid        not null,
    position       bigint      not null,
    line           integer     not null,
    event_id       uuid        not null,
    event_type     text        not null,
    business_on    date        not null,
    account        text        not null,
    debit_minor    bigint      not null,
    credit_minor   bigint      not null,
    currency       text        not null,
    subject_id     uuid        not null,
    recorded_at    timestamptz not null,
    as_of_position bigint      not null,
    primary key (org_id, position, line),
    check (debit_minor >= 0 and credit_minor >= 0 and (debit_minor = 0) <> (credit_minor = 0))
);
comment on table journal_a is
    'Double entry: one row per line; the lines of one position are one balanced entry.';
comment on column journal_a.account is 'Number in the chart of accounts.';
comment on column journal_a.business_on is 'The day the entry belongs to.';
comment on column journal_a.subject_id is 'The invoice or account it is about.';
comment on column journal_a.as_of_position is 'The event''s own position.';

create index on journal_a (org_id, account, currency, position);
create index on journal_a (org_id, business_on, position);

select finish_read_model('journal');
