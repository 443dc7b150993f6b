create table remittances_a (
    org_id            uuid        not null,
    remittance_id     uuid        not null,
    payer_id          text        not null,
    trace             text        not null,
    method            text        not null,
    currency          text        not null,
    paid_minor        bigint      not null,
    adjusted_minor    bigint      not null,
    parked_minor      bigint      not null,
    paid_on           date        not null,
    posted_on         date        not null,
    claims            bigint      not null,
    posted            bigint      not null,
    parked            bigint      not null,
    unbalanced_lines  bigint      not null,
    deposited_on      date,
    deposit_reference text,
    digest            text        not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    version           bigint      not null,
    received_position bigint      not null,
    adjustments       text        not null,
    parked_places     text        not null,
    as_of_position    bigint      not null,
    primary key (org_id, remittance_id)
);
comment on table remittances_a is
    'One row per payment of a payer, whatever file it came in: how much, and what became of it.';
comment on column remittances_a.trace is 'TRN02: number of the check or transfer.';
comment on column remittances_a.adjusted_minor is
    'PLB in all, in minor units: by how much the payment is cut outside of any claim.';
comment on column remittances_a.parked_minor is 'Paid for claims that are parked.';
comment on column remittances_a.unbalanced_lines is
    'Posted lines that do not add up although their claim does.';
comment on column remittances_a.digest is 'SHA-256 of the content, in hexadecimal.';
comment on column remittances_a.adjustments is 'PLB, as JSON.';
comment on column remittances_a.parked_places is 'Places in the payment that are parked, as JSON.';
comment on column remittances_a.received_position is 'Where it came; lists go by it.';
comment on column remittances_a.as_of_position is 'The last event that changed the row.';

create index on remittances_a (org_id, received_position);
create index on remittances_a (org_id, payer_id, received_position);

select finish_read_model('remittances');
