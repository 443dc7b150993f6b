-- The same message asked for again keeps the first row.
insert into outbox_events
    (org_id, id, dedupe_key, kind, template, lane, related_kind, related_id, body, occurred_at,
    correlation_id, causation_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict do nothing
