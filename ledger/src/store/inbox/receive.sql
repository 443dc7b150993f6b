-- A second delivery of the same event keeps the first row.
insert into inbox (org_id, provider, provider_event, event_type, created_at, received_at,
    processed_status, invoice_id, booking_id, facts)
values ($1, $2, $3, $4, $5, $6, 'received', $7, $8, $9)
on conflict on constraint inbox_once do nothing
