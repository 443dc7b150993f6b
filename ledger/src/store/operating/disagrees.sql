-- One pass over the log: what each command made of it, beside what it is remembered to have
-- made. Whether anything differs; what, is then looked for command by command.
with made as (
    select command_id, count(*) as events, min(position) as first, max(position) as last
    from events
    where org_id = $1
    group by command_id
),
remembered as (
    select command_id, first_position, last_position
    from commands
    where org_id = $1
        and verdict = 1
)
select exists (
    select
    from made m
    full join remembered r on r.command_id = m.command_id
    where m.command_id is null
        or r.command_id is null
        or m.first <> r.first_position
        or m.last <> r.last_position
        or m.events <> r.last_position - r.first_position + 1
)
