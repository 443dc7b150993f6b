select
    k.org_id, k.command_id, c.fingerprint, c.verdict,
    c.first_position, c.last_position, c.stream_version, c.recorded_at
from unnest($1::uuid[], $2::uuid[]) as k (org_id, command_id)
-- Each along its key, as in streams.sql.
cross join lateral (
    select fingerprint, verdict, first_position, last_position, stream_version, recorded_at
    from commands
    where org_id = k.org_id
        and command_id = k.command_id
    offset 0
) c
