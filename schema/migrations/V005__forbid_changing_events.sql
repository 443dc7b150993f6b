create function events_are_immutable() returns trigger
    language plpgsql
    set search_path = pg_catalog, public
as $$
begin
    raise exception 'the log is append-only: % on % is not allowed', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;
comment on function events_are_immutable() is 'Refuses whatever would change the log.';

create trigger events_no_change before update or delete on events
    for each row execute function events_are_immutable();
create trigger events_no_truncate before truncate on events
    for each statement execute function events_are_immutable();
