select org_id, name, created_at, suspended_at, closed_at
from orgs
order by created_at, org_id
