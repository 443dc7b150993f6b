select
    c.org_id, c.command_id, c.fingerprint, c.verdict,
    c.first_position, c.last_position, c.stream_version, c.recorded_at
from unnest($1::uuid[], $2::uuid[]) as k (org_id, command_id)
join commands c on c.org_id = k.org_id and c.command_id = k.command_id
