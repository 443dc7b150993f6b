-- Delivering a message is told in the trace of the event that it follows from. Messages from
-- before, and those that no event led to, have neither.
alter table outbox_events
    add column correlation_id uuid,
    add column causation_id   uuid;
comment on column outbox_events.correlation_id is 'The request that the causing event belongs to.';
comment on column outbox_events.causation_id is 'The event that it follows from.';
