create table timeline_a (
    org_id         uuid        not null,
    subject_kind   text        not null,
    subject_id     uuid        not null,
    position       bigint      not null,
    ordinal        integer     not null,
    event_type     text        not null,
    event_id       uuid        not null,
    occurred_at    timestamptz not null,
    recorded_at    timestamptz not null,
    actor          text        not null,
    amount_minor   bigint,
    currency       text,
    status         text,
    related_kind   text,
    related_id     uuid,
    as_of_position bigint      not null,
    primary key (org_id, subject_kind, subject_id, position, ordinal)
);
comment on table timeline_a is
    'What happened to an invoice, a patient, the subscription or a payment, in order.';
comment on column timeline_a.subject_kind is 'invoice, patient, subscription or payment.';
comment on column timeline_a.actor is 'Who gave the command; never a person''s name.';
comment on column timeline_a.status is 'Where the subject stands after it, if that changed.';
comment on column timeline_a.related_id is
    'What else it is about: a line, a payment, a refund, another invoice.';
comment on column timeline_a.as_of_position is 'The event''s own position.';

select finish_read_model('timeline');
