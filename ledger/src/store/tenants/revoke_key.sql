update api_keys
set revoked_at = coalesce(revoked_at, $3)
where org_id = $1
    and key_id = $2
returning key_id, role, label, created_at, expires_at, revoked_at, last_used_at, rate_limit_per_minute
