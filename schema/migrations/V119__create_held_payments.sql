create table held_payments_a (
    org_id         uuid   not null,
    payment_id     uuid   not null,
    status         text   not null,
    reason         text   not null,
    method         text   not null,
    currency       text   not null,
    amount_minor   bigint not null,
    meant_for      uuid,
    received_on    date   not null,
    released_to    uuid,
    resolved_on    date,
    resolved_by    text,
    reason_code    text,
    held_position  bigint not null,
    as_of_position bigint not null,
    primary key (org_id, payment_id)
);
comment on table held_payments_a is 'One row per payment that fits no invoice: why, and what became of it.';
comment on column held_payments_a.status is 'open, released (to an invoice) or returned (to the payer).';
comment on column held_payments_a.meant_for is 'The invoice it was meant for, if that was said.';
comment on column held_payments_a.received_on is 'Its age counts from here.';
comment on column held_payments_a.held_position is 'Where it was held; lists go by it.';
comment on column held_payments_a.as_of_position is 'The last event that changed the row.';

create index on held_payments_a (org_id, held_position);

select finish_read_model('held_payments');
