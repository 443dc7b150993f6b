-- Health counts failures across orgs.
grant select on policy_failures to daybook_relay;
