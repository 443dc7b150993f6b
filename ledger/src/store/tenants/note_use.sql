update api_keys
set last_used_at = greatest(last_used_at, $3)
where org_id = $1
    and key_id = $2
