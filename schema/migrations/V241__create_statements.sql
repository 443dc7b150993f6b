create table statements_a (
    org_id                       uuid        not null,
    statement_id                 uuid        not null,
    statement_number             text        not null,
    lifecycle_state              text        not null,
    claim_id                     uuid,
    anonymous_patient_ref        text        not null,
    currency                     text        not null,
    total_charges_minor          bigint      not null,
    insurance_paid_minor         bigint      not null,
    insurance_pending_minor      bigint      not null,
    adjustments_minor            bigint      not null,
    patient_responsibility_minor bigint      not null,
    patient_paid_minor           bigint      not null,
    balance_due_minor            bigint      not null,
    ai_generated                 boolean     not null,
    ai_approved_at               timestamptz,
    founder_override             boolean     not null,
    released                     boolean     not null,
    held                         text,
    sent_by                      text,
    sent_at                      timestamptz,
    was_escalated                boolean     not null,
    statement_date               date        not null,
    due_date                     date        not null,
    superseded_by                uuid,
    created_at                   timestamptz not null,
    updated_at                   timestamptz not null,
    version                      bigint      not null,
    generated_position           bigint      not null,
    charges                      bytea       not null,
    patient_id                   bytea       not null,
    call_id                      bytea,
    as_of_position               bigint      not null,
    primary key (org_id, statement_id)
);
comment on table statements_a is
    'One row per statement of a patient: its figures and where it stands.';
comment on column statements_a.lifecycle_state is
    'drafted, finalized, sent, delivered, opened, paid, escalated, failed or voided.';
comment on column statements_a.balance_due_minor is
    'What is due; nothing on a statement that was taken back or replaced.';
comment on column statements_a.held is
    'Why it waits for the founder: above_threshold, by_hand or no_contact.';
comment on column statements_a.sent_by is 'Who sent it first: agent, founder or staff.';
comment on column statements_a.charges is 'The charges as in the event, their descriptions sealed.';
comment on column statements_a.patient_id is 'Sealed, exactly as in the event.';
comment on column statements_a.call_id is 'Sealed, exactly as in the event.';
comment on column statements_a.generated_position is 'Where it was drawn up; lists go by it.';
comment on column statements_a.as_of_position is 'The last event that changed the row.';

create index on statements_a (org_id, generated_position);
create index on statements_a (org_id, lifecycle_state, generated_position);
create index on statements_a (org_id, anonymous_patient_ref);

select finish_read_model('statements');
