create table reconcile_a (
    org_id             uuid    not null,
    kind               text    not null,
    subject_id         uuid    not null,
    invoice_id         uuid,
    number             text,
    status             text,
    currency           text    not null,
    total_minor        bigint  not null,
    settled_minor      bigint  not null,
    outstanding_minor  bigint  not null,
    credit_minor       bigint  not null,
    succeeded_payments bigint  not null,
    failed_attempts    bigint  not null,
    last_payment_on    date,
    last_payment_at    timestamptz,
    due_on             date,
    given_up           boolean not null,
    mismatch           boolean not null,
    mismatch_kind      text,
    method             text,
    opened_position    bigint  not null,
    as_of_position     bigint  not null,
    primary key (org_id, kind, subject_id)
);
comment on table reconcile_a is
    'Does the money agree? One row per invoice, and one per payment that fits no invoice.';
comment on column reconcile_a.kind is 'invoice or held_payment.';
comment on column reconcile_a.settled_minor is
    'Settled funds, in minor units, credits of other invoices included.';
comment on column reconcile_a.mismatch is 'Whether the status says something else than the money.';
comment on column reconcile_a.mismatch_kind is
    'paid_without_funds, settled_not_paid, partly_settled, partial_without_funds; for held '
    'payments why they are held.';
comment on column reconcile_a.as_of_position is 'The last event that changed the row.';

create index on reconcile_a (org_id, opened_position);
create index on reconcile_a (org_id, opened_position) where mismatch;

select finish_read_model('reconcile');
