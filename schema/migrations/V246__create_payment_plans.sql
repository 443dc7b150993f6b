create table payment_plans_a (
    org_id            uuid        not null,
    plan_id           uuid        not null,
    statement_id      uuid        not null,
    state             text        not null,
    offered_by        text        not null,
    offered_on        date        not null,
    level             integer,
    accepted_on       date,
    ended_on          date,
    reason_code       text,
    balance_due_minor bigint      not null,
    currency          text        not null,
    paid_count        integer     not null,
    missed_count      integer     not null,
    updated_at        timestamptz not null,
    offered_position  bigint      not null,
    instalments       bytea       not null,
    as_of_position    bigint      not null,
    primary key (org_id, plan_id)
);
comment on table payment_plans_a is
    'One row per plan to pay a statement in instalments.';
comment on column payment_plans_a.state is 'offered, active, declined, completed or canceled.';
comment on column payment_plans_a.instalments is
    'A JSON list: each with the days on which it was missed or covered.';
comment on column payment_plans_a.offered_position is 'Where it was offered; lists go by it.';
comment on column payment_plans_a.as_of_position is 'The last event that changed the row.';

create index on payment_plans_a (org_id, offered_position);
create index on payment_plans_a (org_id, statement_id);

select finish_read_model('payment_plans');
