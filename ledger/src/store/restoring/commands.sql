-- What they asked is not in the log: their fingerprints fit nothing, so that none of their keys
-- can be used for anything else.
insert into commands (
    org_id, command_id, fingerprint, verdict, first_position, last_position, stream_version,
    recorded_at
)
select $1, c.command_id, decode(repeat('00', 32), 'hex'), 1, c.first, c.last, c.version, c.recorded_at
from unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::timestamptz[])
    as c (command_id, first, last, version, recorded_at)
