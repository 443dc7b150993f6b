-- Every read model has two tables of one shape. A migration writes the first, `<model>_a`; this
-- makes the second, guards both, and gives SQL users a view of the one that answers.
create function finish_read_model(model text) returns void
    language plpgsql
    set search_path = pg_catalog, public
as $$
declare
    slot text;
    relation text;
    branches text := '';
begin
    execute format('create table public.%I (like public.%I including all)',
        model || '_b', model || '_a');
    foreach slot in array array['a', 'b'] loop
        relation := model || '_' || slot;
        execute format('alter table public.%I enable row level security', relation);
        execute format('alter table public.%I force row level security', relation);
        execute format(
            'create policy %I on public.%I to daybook_app '
            'using (org_id = (select nullif(current_setting(''app.current_org_id'', true), '''')::uuid)) '
            'with check (org_id = (select nullif(current_setting(''app.current_org_id'', true), '''')::uuid))',
            relation || '_org_isolation', relation);
        execute format(
            'grant select, insert, update, delete on public.%I to daybook_app', relation);
        execute format('grant select, insert, delete on public.%I to daybook_relay', relation);
        branches := branches || case when slot = 'b' then ' union all ' else '' end || format(
            'select t.* from public.%I t join public.active_slots s '
            'on s.org_id = t.org_id and s.model = %L and s.slot = %L', relation, model, slot);
    end loop;
    execute format('comment on table public.%I is %L', model || '_b',
        obj_description(format('public.%I', model || '_a')::regclass, 'pg_class'));
    execute format('create view public.%I with (security_invoker = true) as %s', model, branches);
    execute format('comment on view public.%I is %L', model,
        'The one of ' || model || '_a and ' || model || '_b that answers, org by org.');
    execute format('grant select on public.%I to daybook_app, daybook_relay', model);
end
$$;
comment on function finish_read_model(text) is
    'Second table, row-level security, grants and view of a read model; for migrations only.';
revoke all on function finish_read_model(text) from public;
