create table billing_decisions_a (
    org_id                    uuid        not null,
    statement_id              uuid        not null,
    decision                  integer     not null,
    decision_id               uuid        not null,
    decision_type             text        not null,
    rationale                 text        not null,
    decision_rationale        text        not null,
    confidence_bp             integer     not null,
    risk_assessment           text        not null,
    decided_by                text        not null,
    delegation_revision       bigint,
    auto_executed             boolean     not null,
    requires_founder_approval boolean     not null,
    channel                   text,
    delivery                  integer,
    decided_on                date        not null,
    created_at                timestamptz not null,
    decided_position          bigint      not null,
    factors_considered        bytea       not null,
    alternative_actions       bytea       not null,
    as_of_position            bigint      not null,
    primary key (org_id, statement_id, decision)
);
comment on table billing_decisions_a is
    'One row per decision about a statement, with what was looked at.';
comment on column billing_decisions_a.confidence_bp is 'How sure, in hundredths of a percent.';
comment on column billing_decisions_a.factors_considered is 'A JSON list of words and figures.';
comment on column billing_decisions_a.alternative_actions is 'A JSON list of words.';
comment on column billing_decisions_a.decided_position is 'Where it was decided; lists go by it.';
comment on column billing_decisions_a.as_of_position is 'The last event that changed the row.';

create index on billing_decisions_a (org_id, decided_position);

select finish_read_model('billing_decisions');
