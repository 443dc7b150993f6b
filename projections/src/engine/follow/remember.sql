insert into policy_states (org_id, policy, version, key, state, position)
select $1, $2, $3, w.key, w.state, w.position
from unnest($4::text[], $5::bytea[], $6::bigint[]) as w(key, state, position)
on conflict (org_id, policy, version, key) do update
set state = excluded.state, position = excluded.position
