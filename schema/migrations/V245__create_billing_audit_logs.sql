create table billing_audit_logs_a (
    org_id                       uuid        not null,
    position                     bigint      not null,
    action_type                  text        not null,
    acted_by                     text        not null,
    statement_id                 uuid        not null,
    delivery                     integer,
    new_state                    text,
    channel                      text,
    reason                       text,
    is_failover                  boolean     not null,
    total_charges_minor          bigint,
    patient_responsibility_minor bigint,
    balance_due_minor            bigint,
    currency                     text,
    level                        integer,
    days_overdue                 integer,
    happened_at                  timestamptz not null,
    created_at                   timestamptz not null,
    patient_id                   bytea,
    note                         bytea,
    as_of_position               bigint      not null,
    primary key (org_id, position)
);
comment on table billing_audit_logs_a is
    'One row per act of the agent or the founder.';
comment on column billing_audit_logs_a.acted_by is 'On whose word: agent, founder or staff.';
comment on column billing_audit_logs_a.reason is 'Made of codes and figures.';
comment on column billing_audit_logs_a.patient_id is 'Sealed, exactly as in the event.';
comment on column billing_audit_logs_a.note is
    'The founder''s words. Sealed, exactly as in the event.';
comment on column billing_audit_logs_a.as_of_position is 'The last event that changed the row.';

create index on billing_audit_logs_a (org_id, statement_id, position);
create index on billing_audit_logs_a (org_id, happened_at);

select finish_read_model('billing_audit_logs');
