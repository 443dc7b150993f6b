select provider_event, event_type, created_at, received_at, processed_status, attempts,
    last_error, facts
from inbox
where org_id = $1
    and provider = $2
    and provider_event = $3
