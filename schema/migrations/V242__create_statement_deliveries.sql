create table statement_deliveries_a (
    org_id                   uuid        not null,
    statement_id             uuid        not null,
    delivery                 integer     not null,
    delivery_id              uuid        not null,
    channel                  text        not null,
    purpose                  text        not null,
    sent_by                  text        not null,
    certified                boolean     not null,
    ai_selected_channel      boolean     not null,
    channel_selection_reason text        not null,
    retry_count              integer     not null,
    level                    integer,
    replaces                 integer,
    sent_at                  timestamptz not null,
    attempted_at             timestamptz,
    delivered_at             timestamptz,
    opened_at                timestamptz,
    success                  boolean,
    failure_reason           text,
    next_retry_at            timestamptz,
    message_id               text,
    cost_minor               bigint,
    currency                 text,
    anonymous_patient_ref    text        not null,
    updated_at               timestamptz not null,
    sent_position            bigint      not null,
    email_address            bytea,
    physical_address         bytea,
    phone                    bytea,
    as_of_position           bigint      not null,
    primary key (org_id, statement_id, delivery)
);
comment on table statement_deliveries_a is
    'One row per attempt to bring a statement to its patient.';
comment on column statement_deliveries_a.channel is 'email, physical_mail, sms or patient_portal.';
comment on column statement_deliveries_a.purpose is 'statement, resend, follow_up or failover.';
comment on column statement_deliveries_a.success is
    'Whether its carrier took it and it did not come back; null while that is not known.';
comment on column statement_deliveries_a.channel_selection_reason is 'Made of codes and figures.';
comment on column statement_deliveries_a.message_id is 'The carrier''s own id of it.';
comment on column statement_deliveries_a.cost_minor is
    'What a letter costs, in minor units of currency.';
comment on column statement_deliveries_a.email_address is 'Sealed, exactly as in the event.';
comment on column statement_deliveries_a.physical_address is 'Sealed, exactly as in the event.';
comment on column statement_deliveries_a.phone is 'Sealed, exactly as in the event.';
comment on column statement_deliveries_a.sent_position is 'Where it was sent; lists go by it.';
comment on column statement_deliveries_a.as_of_position is 'The last event that changed the row.';

create index on statement_deliveries_a (org_id, sent_position);
create index on statement_deliveries_a (org_id, anonymous_patient_ref, channel);

select finish_read_model('statement_deliveries');
