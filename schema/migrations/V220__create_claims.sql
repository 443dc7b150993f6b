create table claims_a (
    org_id                   uuid        not null,
    claim_id                 uuid        not null,
    account                  text        not null,
    status                   text        not null,
    currency                 text        not null,
    anonymous_patient_ref    text        not null,
    payer_id                 text,
    payer_order              text,
    drafted_minor            bigint      not null,
    charge_minor             bigint      not null,
    insurance_paid_minor     bigint      not null,
    adjusted_insurance_minor bigint      not null,
    adjusted_patient_minor   bigint      not null,
    patient_share_minor      bigint      not null,
    patient_paid_minor       bigint      not null,
    insurance_balance_minor  bigint      not null,
    patient_balance_minor    bigint      not null,
    denied_minor             bigint      not null,
    submission               integer     not null,
    frequency                text,
    control_interchange      text,
    control_group            text,
    control_transaction      text,
    digest                   text,
    submitted_on             date,
    acknowledgement          text,
    acknowledgement_reason   text,
    acknowledged_on          date,
    payer_claim_number       text,
    clearinghouse_number     text,
    service_starts_on        date,
    service_ends_on          date,
    validated_on             date,
    findings                 text,
    answered_on              date,
    appeal_id                uuid,
    appeal_filed_on          date,
    appeal_due_on            date,
    appeal_outcome           text,
    voided_on                date,
    closed_on                date,
    created_at               timestamptz not null,
    updated_at               timestamptz not null,
    version                  bigint      not null,
    drafted_position         bigint      not null,
    answers                  text        not null,
    write_offs               text        not null,
    patient_id               bytea       not null,
    content                  bytea       not null,
    as_of_position           bigint      not null,
    primary key (org_id, claim_id)
);
comment on table claims_a is 'One row per claim: what was asked of payers, what they answered, and who owes what.';
comment on column claims_a.account is 'CLM01: our own number of the claim.';
comment on column claims_a.anonymous_patient_ref is
    'Keyed HMAC of the patient''s id; for internal tracking only.';
comment on column claims_a.payer_id is 'Whom it was sent to last; before that, who is to pay first.';
comment on column claims_a.drafted_minor is 'What the lines come to, in minor units, sent or not.';
comment on column claims_a.charge_minor is 'What it asks for, as it was sent last.';
comment on column claims_a.adjusted_insurance_minor is
    'Taken off what payers owe: by contract, or given up.';
comment on column claims_a.adjusted_patient_minor is 'Taken off what the patient owes.';
comment on column claims_a.insurance_balance_minor is
    'Payers still owe: charge less insurance paid, less adjusted, less the patient''s share.';
comment on column claims_a.patient_balance_minor is
    'The patient still owes: share less adjusted, less paid.';
comment on column claims_a.denied_minor is
    'Neither paid nor taken off by the answers that stand: work for somebody.';
comment on column claims_a.submission is 'How often it was sent.';
comment on column claims_a.acknowledgement is 'The furthest that was heard of the last submission.';
comment on column claims_a.findings is 'What a payer would not take, as JSON; null until it was looked over.';
comment on column claims_a.answers is 'What payers answered, as JSON; without personal data.';
comment on column claims_a.write_offs is 'Decisions not to collect, as JSON; without personal data.';
comment on column claims_a.patient_id is 'Sealed, exactly as in the event.';
comment on column claims_a.content is
    'What it says, as JSON, exactly as in the event: personal data in it is sealed.';
comment on column claims_a.version is 'The stream''s version, for If-Match.';
comment on column claims_a.drafted_position is 'Where it was begun; lists go by it.';
comment on column claims_a.as_of_position is 'The last event that changed the row.';

create index on claims_a (org_id, drafted_position);
create index on claims_a (org_id, status, drafted_position);
create index on claims_a (org_id, anonymous_patient_ref, drafted_position);
create index on claims_a (org_id, payer_id, drafted_position);

select finish_read_model('claims');
