create index outbox_events_settled on outbox_events (settled_at) where settled_at is not null;
comment on index outbox_events_settled is 'Metrics count what was settled lately, across orgs.';
