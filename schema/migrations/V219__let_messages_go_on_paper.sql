-- Statements also go by letter, by text message and to the portal (contract S4.6).
alter table outbox_events drop constraint outbox_events_kind;
alter table outbox_events add constraint outbox_events_kind
    check (kind in ('email', 'letter', 'portal', 'sms', 'webhook'));
