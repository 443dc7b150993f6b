insert into events (
    org_id, position, aggregate_type, aggregate_id, sequence, event_id, event_type, event_version,
    payload, metadata, actor, correlation_id, causation_id, command_id, occurred_at, recorded_at,
    leaf_hash
)
select *
from unnest(
    $1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::bigint[], $6::uuid[], $7::text[],
    $8::int[], $9::bytea[], $10::bytea[], $11::text[], $12::uuid[], $13::uuid[], $14::uuid[],
    $15::timestamptz[], $16::timestamptz[], $17::bytea[]
)
