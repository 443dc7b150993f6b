with want as (
    select w.ord::int as ord, w.org_id, w.old_position, w.new_position, w.recorded_at
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        with ordinality as w (org_id, old_position, new_position, recorded_at, ord)
),
locked as (
    select w.ord, h.position, w.old_position
    from want w
    join org_heads h on h.org_id = w.org_id
    order by w.ord
    for update of h {lock}
),
checked as materialized (
    {checked}
),
moved as (
    update org_heads h
    set position = w.new_position, recorded_at = w.recorded_at
    from want w, checked c
    where h.org_id = w.org_id
        and c.taken[w.ord]
        and w.new_position > w.old_position
    returning 1
),
appended as (
    insert into events (
        org_id, position, aggregate_id, sequence, event_id, correlation_id, causation_id,
        command_id, occurred_at, recorded_at, event_version, aggregate_type, event_type,
        actor, payload, metadata, leaf_hash
    )
    select
        ($1::uuid[])[e.ord], e.position, e.aggregate_id, e.sequence, e.event_id,
        e.correlation_id, e.causation_id, e.command_id, e.occurred_at,
        ($4::timestamptz[])[e.ord], e.event_version, e.aggregate_type, e.event_type,
        e.actor, e.payload, e.metadata, e.leaf_hash
    from checked c, unnest(
        $5::int[], $6::bigint[], $7::uuid[], $8::bigint[], $9::uuid[], $10::uuid[],
        $11::uuid[], $12::uuid[], $13::timestamptz[], $14::int[], $15::text[], $16::text[],
        $17::text[], $18::bytea[], $19::bytea[], $20::bytea[]
    ) as e (
        ord, position, aggregate_id, sequence, event_id, correlation_id,
        causation_id, command_id, occurred_at, event_version, aggregate_type, event_type,
        actor, payload, metadata, leaf_hash
    )
    where c.taken[e.ord]
    returning 1
),
remembered as (
    insert into commands (
        org_id, command_id, fingerprint, verdict, first_position, last_position,
        stream_version, recorded_at
    )
    select
        ($1::uuid[])[k.ord], k.command_id, k.fingerprint, k.verdict, k.first_position,
        k.last_position, k.stream_version, ($4::timestamptz[])[k.ord]
    from checked c, unnest(
        $21::int[], $22::uuid[], $23::bytea[], $24::smallint[], $25::bigint[], $26::bigint[],
        $27::bigint[]
    ) as k (
        ord, command_id, fingerprint, verdict, first_position, last_position, stream_version
    )
    where c.taken[k.ord]
    returning 1
),
numbered as (
    insert into series as s (org_id, series, last)
    select ($1::uuid[])[n.ord], n.series, n.last
    from checked c, unnest($28::int[], $29::text[], $30::bigint[]) as n (ord, series, last)
    where c.taken[n.ord]
    on conflict (org_id, series) do update set last = excluded.last
    returning 1
)
select c.taken, (select count(*) from appended), (select count(*) from remembered)
from checked c
