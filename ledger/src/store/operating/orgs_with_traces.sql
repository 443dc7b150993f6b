-- The events' orgs are found by jumping through the primary key, not by reading every event.
with recursive logged (org_id) as (
    (select org_id from events order by org_id limit 1)
    union all
    select (select e.org_id from events e where e.org_id > l.org_id order by e.org_id limit 1)
    from logged l
    where l.org_id is not null
)
select org_id from orgs
union
select org_id from org_heads
union
select org_id from logged where org_id is not null
order by org_id
