select o.org_id
from orgs o
where exists (
    select
    from events e
    where e.org_id = o.org_id
        and e.aggregate_type = 'invoice'
        and e.aggregate_id = $1
        and e.sequence = 1
)
limit 2
