insert into policy_failures (org_id, policy, key, position, code, detail, since)
values ($1, $2, $3, $4, $5, $6, now())
on conflict (org_id, policy, key, position) do update
set code = excluded.code, detail = excluded.detail, retried_at = now()
