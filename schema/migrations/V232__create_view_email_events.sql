create view email_events with (security_invoker = true) as
select org_id, id as email_id, template, related_kind, related_id, status, attempts, occurred_at,
    created_at, settled_at, last_error
from outbox_events
where kind = 'email';
comment on view email_events is
    'What was written to whom about what, and what became of it: never an address, never the words.';
grant select on email_events to daybook_app, daybook_relay;
