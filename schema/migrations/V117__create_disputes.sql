create table disputes_a (
    org_id             uuid   not null,
    dispute_id         uuid   not null,
    invoice_id         uuid   not null,
    payment_id         uuid   not null,
    status             text   not null,
    method             text   not null,
    currency           text   not null,
    amount_minor       bigint not null,
    fee_minor          bigint not null,
    fee_returned_minor bigint not null,
    loss_minor         bigint not null,
    reason_code        text   not null,
    opened_on          date   not null,
    closed_on          date,
    opened_position    bigint not null,
    as_of_position     bigint not null,
    primary key (org_id, dispute_id)
);
comment on table disputes_a is 'One row per dispute: how much the bank took back, and how it ended.';
comment on column disputes_a.status is 'open, won or lost.';
comment on column disputes_a.fee_minor is 'What the provider charged for it, in minor units.';
comment on column disputes_a.loss_minor is 'How much was given up as a chargeback loss.';
comment on column disputes_a.opened_position is 'Where it began; lists go by it.';
comment on column disputes_a.as_of_position is 'The last event that changed the row.';

create index on disputes_a (org_id, opened_position);

select finish_read_model('disputes');
