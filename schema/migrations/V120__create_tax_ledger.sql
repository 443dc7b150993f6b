create table tax_ledger_a (
    org_id         uuid    not null,
    position       bigint  not null,
    line           integer not null,
    kind           text    not null,
    invoice_id     uuid    not null,
    subject_id     uuid,
    business_on    date    not null,
    jurisdiction   text,
    component      text,
    rate           text,
    currency       text    not null,
    base_minor     bigint  not null,
    tax_minor      bigint  not null,
    as_of_position bigint  not null,
    primary key (org_id, position, line)
);
comment on table tax_ledger_a is
    'One row per movement of a tax: charged at issue, taken back later; reports add them up.';
comment on column tax_ledger_a.kind is
    'issued, canceled, credited, credit_voided, refunded or refund_canceled.';
comment on column tax_ledger_a.subject_id is 'The credit note or refund.';
comment on column tax_ledger_a.jurisdiction is 'Said by rows of kind issued.';
comment on column tax_ledger_a.component is
    'The tax''s name (GST, HST, QST, TAX); null where the event does not tell taxes apart: '
    'shared then in proportion to what is left on the invoice.';
comment on column tax_ledger_a.base_minor is
    'What the tax is taken on, in minor units; below zero where it is taken back.';
comment on column tax_ledger_a.tax_minor is 'Below zero where it is taken back.';
comment on column tax_ledger_a.as_of_position is 'The event''s own position.';

create index on tax_ledger_a (org_id, business_on);
create index on tax_ledger_a (org_id, invoice_id, position);

select finish_read_model('tax_ledger');
