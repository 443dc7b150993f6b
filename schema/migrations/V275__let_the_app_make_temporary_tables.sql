-- Read models as they were are folded into temporary tables: of one session, gone with it.
do $$
begin
    execute format('grant temporary on database %I to daybook_app', current_database());
end
$$;
