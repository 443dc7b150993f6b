create table payment_status_a (
    org_id          uuid        not null,
    invoice_id      uuid        not null,
    movement_id     uuid        not null,
    kind            text        not null,
    payment_id      uuid        not null,
    status          text        not null,
    method          text        not null,
    currency        text        not null,
    amount_minor    bigint      not null,
    applied_minor   bigint      not null,
    credited_minor  bigint      not null,
    reversed_minor  bigint      not null,
    began_on        date        not null,
    changed_on      date        not null,
    reason_code     text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    began_position  bigint      not null,
    reference       bytea,
    as_of_position  bigint      not null,
    primary key (org_id, invoice_id, movement_id)
);
comment on table payment_status_a is
    'One row per payment and per refund: how it stands, by invoice.';
comment on column payment_status_a.kind is 'payment or refund.';
comment on column payment_status_a.payment_id is 'The payment itself, or the one refunded.';
comment on column payment_status_a.applied_minor is 'How much of it settled this invoice.';
comment on column payment_status_a.credited_minor is 'How much was left over as credit.';
comment on column payment_status_a.changed_on is 'The day of the latest change.';
comment on column payment_status_a.reference is 'Sealed, exactly as in the event.';
comment on column payment_status_a.as_of_position is 'The last event that changed the row.';

create index on payment_status_a (org_id, invoice_id, began_position);
create index on payment_status_a (org_id, payment_id);

select finish_read_model('payment_status');
