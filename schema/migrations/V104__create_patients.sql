create table patients_a (
    org_id                uuid        not null,
    patient_id            uuid        not null,
    anonymous_patient_ref text        not null,
    is_active_for_billing boolean     not null,
    activated_at          timestamptz not null,
    deactivated_at        timestamptz,
    last_billed_cycle     text,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    version               bigint      not null,
    foreign_id            bytea       not null,
    name                  bytea,
    as_of_position        bigint      not null,
    primary key (org_id, patient_id)
);
comment on table patients_a is 'One row per patient: is the org billed for them, and since when?';
comment on column patients_a.patient_id is 'Keyed HMAC of the caller''s id, as a UUID.';
comment on column patients_a.deactivated_at is 'Null while active.';
comment on column patients_a.last_billed_cycle is 'YYYY-MM.';
comment on column patients_a.foreign_id is 'The caller''s id, sealed as in the event.';
comment on column patients_a.name is 'Sealed, exactly as in the event.';
comment on column patients_a.as_of_position is 'The last event that changed the row.';

create unique index on patients_a (org_id, anonymous_patient_ref);
create index on patients_a (org_id, is_active_for_billing, patient_id);

select finish_read_model('patients');
