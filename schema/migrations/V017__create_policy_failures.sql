create table policy_failures (
    org_id    uuid        not null,
    policy    text        not null,
    key       text        not null,
    position  bigint      not null,
    code      text        not null,
    detail    text        not null,
    since     timestamptz not null,
    retried_at timestamptz,
    constraint policy_failures_once primary key (org_id, policy, key, position)
);
comment on table policy_failures is
    'Reactions that were refused without a declared answer: visible, owned, retried by hand. '
    'Only that key waits.';

alter table policy_failures enable row level security;
alter table policy_failures force row level security;
create policy policy_failures_org_isolation on policy_failures to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update, delete on policy_failures to daybook_app;
