alter table export_events drop constraint export_events_status;
alter table export_events add constraint export_events_status
    check (status in ('stored', 'awaiting_delivery', 'delivered', 'dead'));
comment on column export_events.status is
    'stored: kept for whoever asks; awaiting_delivery: to be sent to EXPORT_WEBHOOK_URL; delivered: sent; dead: given up after the last attempt, until somebody replays it.';
