select org_id, name, created_at, suspended_at, closed_at
from orgs
where org_id = $1
