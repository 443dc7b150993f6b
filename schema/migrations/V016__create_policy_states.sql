create table policy_states (
    org_id    uuid   not null,
    policy    text   not null,
    version   integer not null,
    key       text   not null,
    state     bytea  not null,
    position  bigint not null,
    constraint policy_states_once primary key (org_id, policy, version, key)
);
comment on table policy_states is 'What a policy remembers about one key, as of a position.';

alter table policy_states enable row level security;
alter table policy_states force row level security;
create policy policy_states_org_isolation on policy_states to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update, delete on policy_states to daybook_app;
