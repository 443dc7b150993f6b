create index outbox_events_about
    on outbox_events (org_id, related_kind, related_id, created_at);
comment on index outbox_events_about is 'Timelines show what was written about their subject.';
