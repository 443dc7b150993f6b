-- Suspends since $2, or reinstates when it is null; the first suspension's instant stays.
update orgs
set suspended_at = case when $2::timestamptz is null then null else coalesce(suspended_at, $2) end
where org_id = $1
returning org_id, name, created_at, suspended_at, closed_at
