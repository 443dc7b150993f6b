-- A view keeps the columns it was made with. After a migration has added columns to both tables
-- of a read model, this shows them to SQL users, too.
create function renew_read_model_view(model text) returns void
    language plpgsql
    set search_path = pg_catalog, public
as $$
declare
    slot text;
    branches text := '';
begin
    foreach slot in array array['a', 'b'] loop
        branches := branches || case when slot = 'b' then ' union all ' else '' end || format(
            'select t.* from public.%I t join public.active_slots s '
            'on s.org_id = t.org_id and s.model = %L and s.slot = %L',
            model || '_' || slot, model, slot);
    end loop;
    execute format('create or replace view public.%I with (security_invoker = true) as %s',
        model, branches);
end
$$;
comment on function renew_read_model_view(text) is
    'The view of a read model again, with the columns its tables have now; for migrations only.';
revoke all on function renew_read_model_view(text) from public;
