-- Roles are the cluster's, not the database's: creating them twice must be harmless.
do $$
begin
    if not exists (select from pg_roles where rolname = 'daybook_app') then
        create role daybook_app login noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'daybook_writer') then
        create role daybook_writer login noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'daybook_relay') then
        create role daybook_relay login noinherit bypassrls;
    end if;
exception
    -- Two databases of one cluster may be migrated at the same moment.
    when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to daybook_app, daybook_writer, daybook_relay',
        current_database()
    );
end
$$;

revoke all on schema public from public;
grant usage on schema public to daybook_app, daybook_writer, daybook_relay;
