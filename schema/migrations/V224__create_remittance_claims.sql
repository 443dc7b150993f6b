create table remittance_claims_a (
    org_id             uuid    not null,
    remittance_id      uuid    not null,
    sequence           integer not null,
    claim_id           uuid    not null,
    account            text    not null,
    status             text    not null,
    advice_status      text    not null,
    reason             text,
    currency           text    not null,
    charge_minor       bigint  not null,
    paid_minor         bigint  not null,
    payer_claim_number text,
    parked_on          date,
    posted_on          date,
    advised_position   bigint  not null,
    advice             text    not null,
    as_of_position     bigint  not null,
    primary key (org_id, remittance_id, sequence)
);
comment on table remittance_claims_a is
    'One row per claim that a payment of a payer is for: waiting, posted or parked.';
comment on column remittance_claims_a.sequence is 'Place in the payment, counted from one.';
comment on column remittance_claims_a.status is 'waiting, posted or parked.';
comment on column remittance_claims_a.reason is
    'Why it is, or was, parked: not_submitted, nothing_to_reverse, refused or unknown_claim.';
comment on column remittance_claims_a.advice is 'What the payer says, as JSON; without personal data.';
comment on column remittance_claims_a.as_of_position is 'The last event that changed the row.';

create index on remittance_claims_a (org_id, claim_id);
create index on remittance_claims_a (org_id, status, advised_position);

select finish_read_model('remittance_claims');
