create table invoices_a (
    org_id                 uuid        not null,
    invoice_id             uuid        not null,
    invoice_type           text        not null,
    status                 text        not null,
    currency               text        not null,
    number                 text,
    period_starts_on       date,
    period_ends_on         date,
    payment_terms_days     integer     not null,
    subtotal_minor         bigint      not null,
    taxable_subtotal_minor bigint      not null,
    tax_minor              bigint      not null,
    total_minor            bigint      not null,
    paid_minor             bigint      not null,
    balance_minor          bigint      not null,
    credit_minor           bigint      not null,
    written_off_minor      bigint      not null,
    refunded_minor         bigint      not null,
    line_count             bigint      not null,
    configured_rate        text,
    jurisdiction           text,
    issued_on              date,
    due_on                 date,
    sent_at                timestamptz,
    canceled_on            date,
    created_at             timestamptz not null,
    updated_at             timestamptz not null,
    version                bigint      not null,
    opened_position        bigint      not null,
    customer_id            bytea,
    provider_invoice_id    bytea,
    as_of_position         bigint      not null,
    primary key (org_id, invoice_id)
);
comment on table invoices_a is 'One row per invoice: what it adds up to and where it stands.';
comment on column invoices_a.balance_minor is
    'Still owed, in minor units: total less all that was settled, credited or given up.';
comment on column invoices_a.credit_minor is 'Overpaid, neither applied elsewhere nor refunded.';
comment on column invoices_a.configured_rate is
    'The tax rate that lines with a configured rate have; a decimal fraction.';
comment on column invoices_a.version is 'The stream''s version, for If-Match.';
comment on column invoices_a.opened_position is 'Where it was begun; lists go by it.';
comment on column invoices_a.customer_id is 'Sealed, exactly as in the event.';
comment on column invoices_a.as_of_position is 'The last event that changed the row.';

create index on invoices_a (org_id, opened_position);
create index on invoices_a (org_id, status, opened_position);

select finish_read_model('invoices');
