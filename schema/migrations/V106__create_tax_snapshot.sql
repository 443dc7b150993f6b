create table tax_snapshot_a (
    org_id                 uuid    not null,
    invoice_id             uuid    not null,
    number                 text    not null,
    issued_on              date    not null,
    currency               text    not null,
    subtotal_minor         bigint  not null,
    taxable_subtotal_minor bigint  not null,
    tax_minor              bigint  not null,
    total_minor            bigint  not null,
    tax_rate_basis         text    not null,
    jurisdiction           text,
    rounding               text    not null,
    canceled               boolean not null,
    canceled_on            date,
    as_of_position         bigint  not null,
    primary key (org_id, invoice_id)
);
comment on table tax_snapshot_a is
    'One row per issued invoice: its taxes as they were at issue, never worked out again.';
comment on column tax_snapshot_a.taxable_subtotal_minor is
    'Sum of the lines with a rate above zero.';
comment on column tax_snapshot_a.tax_rate_basis is
    'The effective rate of the stored amounts: tax over taxable subtotal, six decimal places.';
comment on column tax_snapshot_a.canceled is 'Whether the invoice was voided since; reports '
    'leave it out then.';
comment on column tax_snapshot_a.as_of_position is 'The last event that changed the row.';

create index on tax_snapshot_a (org_id, issued_on, invoice_id);

select finish_read_model('tax_snapshot');
