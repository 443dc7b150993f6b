update orgs
set closed_at = coalesce(closed_at, $2)
where org_id = $1
returning org_id, name, created_at, suspended_at, closed_at
