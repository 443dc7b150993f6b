update inbox
set processed_status = $4,
    invoice_id = coalesce($5, invoice_id),
    last_error = $6,
    attempts = attempts + 1
where org_id = $1
    and provider = $2
    and provider_event = $3
    and processed_status in ('received', 'waiting', 'failed')
