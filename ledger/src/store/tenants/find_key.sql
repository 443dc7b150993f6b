select key_id, role, label, created_at, expires_at, revoked_at, last_used_at,
    rate_limit_per_minute, secret_hash
from api_keys
where org_id = $1
    and key_id = $2
