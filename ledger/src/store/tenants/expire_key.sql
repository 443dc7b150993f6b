-- Lets a valid key end at $4 at the latest.
update api_keys
set expires_at = least(expires_at, $4)
where org_id = $1
    and key_id = $2
    and revoked_at is null
    and (expires_at is null or expires_at > $3)
returning key_id, role, label, created_at, expires_at, revoked_at, last_used_at, rate_limit_per_minute
