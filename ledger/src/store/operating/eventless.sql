select c.command_id, c.first_position
from commands c
where c.org_id = $1
    and c.verdict = 1
    and c.last_position - c.first_position + 1 <> (
        select count(*)
        from events e
        where e.org_id = c.org_id
            and e.position between c.first_position and c.last_position
            and e.command_id = c.command_id
    )
order by c.first_position
limit 1
