create table prior_auths_a (
    org_id                uuid        not null,
    prior_auth_id         uuid        not null,
    status                text        not null,
    anonymous_patient_ref text        not null,
    payer_id              text        not null,
    procedure             text        not null,
    urgency               text        not null,
    units_requested       text        not null,
    asked_starts_on       date        not null,
    asked_ends_on         date        not null,
    requested_at          timestamptz not null,
    answer_due_at         timestamptz not null,
    units_approved        text,
    units_drawn           text        not null,
    units_left            text        not null,
    starts_on             date,
    ends_on               date,
    reference             text,
    reason_code           text,
    decided_on            date,
    ended_on              date,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    version               bigint      not null,
    requested_position    bigint      not null,
    patient_id            bytea       not null,
    member_id             bytea,
    note                  bytea,
    payer_note            bytea,
    diagnoses             bytea       not null,
    as_of_position        bigint      not null,
    primary key (org_id, prior_auth_id)
);
comment on table prior_auths_a is
    'One row per permission to bill a payer for one service to one patient.';
comment on column prior_auths_a.anonymous_patient_ref is
    'Keyed HMAC of the patient''s id; for internal tracking only.';
comment on column prior_auths_a.units_requested is 'Decimal number of the payer''s billing units.';
comment on column prior_auths_a.units_drawn is 'Taken by claim lines that stand.';
comment on column prior_auths_a.units_left is 'Approved and not drawn.';
comment on column prior_auths_a.starts_on is 'First day that the payer allows.';
comment on column prior_auths_a.ends_on is 'Last day that the payer allows.';
comment on column prior_auths_a.reference is 'The payer''s number of it.';
comment on column prior_auths_a.decided_on is 'When the payer said what it said last.';
comment on column prior_auths_a.ended_on is 'When it expired, was used up or was withdrawn.';
comment on column prior_auths_a.requested_position is 'Where it was asked; lists go by it.';
comment on column prior_auths_a.patient_id is 'Sealed, exactly as in the event.';
comment on column prior_auths_a.diagnoses is 'As JSON; each is sealed, exactly as in the event.';
comment on column prior_auths_a.as_of_position is 'The last event that changed the row.';

create index on prior_auths_a (org_id, anonymous_patient_ref, requested_position);
create index on prior_auths_a (org_id, status, ends_on);

select finish_read_model('prior_auths');
