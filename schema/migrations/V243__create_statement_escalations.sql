create table statement_escalations_a (
    org_id                uuid        not null,
    statement_id          uuid        not null,
    level                 integer     not null,
    triggered_by          text        not null,
    triggered_at          timestamptz not null,
    days_overdue          integer     not null,
    balance_due_minor     bigint      not null,
    currency              text        not null,
    next_escalation_on    date,
    payment_plan_offered  boolean     not null,
    plan_id               uuid,
    plan_months           integer,
    plan_instalment_minor bigint,
    plan_first_due_on     date,
    followed_up           boolean     not null,
    resolution            text,
    resolved_at           timestamptz,
    updated_at            timestamptz not null,
    triggered_position    bigint      not null,
    as_of_position        bigint      not null,
    primary key (org_id, statement_id, level)
);
comment on table statement_escalations_a is
    'One row per level of the schedule that a statement reached.';
comment on column statement_escalations_a.triggered_by is 'agent, founder or staff.';
comment on column statement_escalations_a.resolution is 'paid or closed; null while it is open.';
comment on column statement_escalations_a.triggered_position is
    'Where it was reached; lists go by it.';
comment on column statement_escalations_a.as_of_position is 'The last event that changed the row.';

create index on statement_escalations_a (org_id, triggered_position);

select finish_read_model('statement_escalations');
