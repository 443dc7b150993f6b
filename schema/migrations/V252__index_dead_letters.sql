create index outbox_events_dead on outbox_events (org_id, kind, settled_at) where status = 'dead';
comment on index outbox_events_dead is 'Metrics count dead letters across orgs.';
