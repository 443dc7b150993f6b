create table facesheets_a (
    org_id             uuid        not null,
    facesheet_id       uuid        not null,
    status             text        not null,
    missing            text        not null,
    still_missing      text        not null,
    source             text,
    document           text,
    claim_id           uuid,
    anonymous_patient_ref text     not null,
    requested_on       date        not null,
    due_on             date        not null,
    received_on        date,
    reason_code        text,
    times_requested    bigint      not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null,
    version            bigint      not null,
    requested_position bigint      not null,
    patient_id         bytea       not null,
    asked_of           bytea,
    as_of_position     bigint      not null,
    primary key (org_id, facesheet_id)
);
comment on table facesheets_a is
    'One row per patient whose facesheet was asked for: the latest request and what came of it.';
comment on column facesheets_a.status is 'requested, overdue, received or canceled.';
comment on column facesheets_a.missing is 'What is asked for: codes, separated by commas.';
comment on column facesheets_a.still_missing is
    'What was not on the one that came: codes, separated by commas.';
comment on column facesheets_a.source is 'How it came: email, fax, mail, phone or portal.';
comment on column facesheets_a.document is 'Its name in the store of documents, if it is kept.';
comment on column facesheets_a.claim_id is 'The claim that lacks something, if one asked.';
comment on column facesheets_a.reason_code is 'Why the latest request was canceled.';
comment on column facesheets_a.requested_position is
    'Where it was asked for last; lists go by it.';
comment on column facesheets_a.patient_id is 'Sealed, exactly as in the event.';
comment on column facesheets_a.asked_of is 'Whom we asked. Sealed, exactly as in the event.';
comment on column facesheets_a.as_of_position is 'The last event that changed the row.';

create index on facesheets_a (org_id, requested_position);
create index on facesheets_a (org_id, status, due_on);

select finish_read_model('facesheets');
