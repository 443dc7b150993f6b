select e.position
from events e
left join commands c on c.org_id = e.org_id and c.command_id = e.command_id
where e.org_id = $1
    and (
        c.command_id is null
        or c.verdict <> 1
        or e.position not between c.first_position and c.last_position
    )
order by e.position
limit 1
