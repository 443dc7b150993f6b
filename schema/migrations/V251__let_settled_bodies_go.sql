-- The job `retention-cleanup` empties what was said long ago; that it was said stays.
grant update (body) on outbox_events to daybook_app;
grant update (facts) on inbox to daybook_app;
