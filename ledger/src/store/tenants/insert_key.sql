insert into api_keys (org_id, key_id, role, label, secret_hash, created_at, expires_at,
    rate_limit_per_minute)
values ($1, $2, $3, $4, $5, $6, $7, $8)
