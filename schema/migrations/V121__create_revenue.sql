create table revenue_a (
    org_id             uuid   not null,
    invoice_id         uuid   not null,
    item_type          text   not null,
    number             text   not null,
    currency           text   not null,
    billed_minor       bigint not null,
    recognized_minor   bigint not null,
    cut_minor          bigint not null,
    deferred_minor     bigint not null,
    issued_on          date   not null,
    starts_on          date   not null,
    ends_on            date   not null,
    recognized_through date,
    schedules          text   not null,
    as_of_position     bigint not null,
    primary key (org_id, invoice_id, item_type),
    check (billed_minor = recognized_minor + cut_minor + deferred_minor)
);
comment on table revenue_a is
    'One row per invoice and item type that was billed ahead: earned, taken back, still to earn.';
comment on column revenue_a.cut_minor is 'Taken back before it was earned, in minor units.';
comment on column revenue_a.deferred_minor is 'Neither earned nor taken back.';
comment on column revenue_a.ends_on is 'The last day of service, if nothing interrupts it.';
comment on column revenue_a.schedules is
    'JSON: each stretch of service with its place on the invoice and how far it is earned.';
comment on column revenue_a.as_of_position is 'The last event that changed the row.';

create index on revenue_a (org_id, invoice_id, item_type) where deferred_minor <> 0;

select finish_read_model('revenue');
