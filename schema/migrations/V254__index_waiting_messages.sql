create index outbox_events_waiting on outbox_events (next_attempt_at)
    where status in ('pending', 'sending');
comment on index outbox_events_waiting is 'Metrics measure what has not left, across orgs.';
