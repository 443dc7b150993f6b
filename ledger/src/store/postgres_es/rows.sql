declare source_rows no scroll cursor for
select
    aggregate_type,
    aggregate_id,
    sequence,
    event_type,
    event_version,
    payload,
    metadata,
    happened_at
from (
    select
        aggregate_type,
        aggregate_id,
        sequence,
        event_type,
        event_version,
        payload::text as payload,
        metadata::text as metadata,
        (metadata->>'{time_key}')::timestamptz as happened_at,
        max((metadata->>'{time_key}')::timestamptz) over stream as by_time,
        max((payload->'data'->>'number') collate "C") over stream as by_number
    from {table}
    window stream as (partition by aggregate_type, aggregate_id order by sequence)
) as source
order by
    by_time nulls first,
    by_number nulls first,
    aggregate_type collate "C",
    aggregate_id collate "C",
    sequence
