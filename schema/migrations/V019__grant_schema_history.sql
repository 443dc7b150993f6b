-- /readyz compares the schema's version with the program's.
grant select on refinery_schema_history to daybook_app, daybook_writer, daybook_relay;
