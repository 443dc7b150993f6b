with followed as (
    select c.org_id, c.position
    from checkpoints c
    join unnest($1::text[], $2::integer[]) as f(follower, version)
        on f.follower = c.projector
        and f.version = c.version
    left join active_slots a
        on a.org_id = c.org_id
        and a.model = c.projector
    where c.slot = '-'
    or (a.slot = c.slot and a.version = c.version)
),
standing as (
    select org_id, count(*) as followers, min(position) as lowest
    from followed
    group by org_id
),
behind as (
    select
        h.org_id,
        h.position - coalesce(s.lowest, 0) as lag,
        coalesce(s.lowest, 0) + 1 as next
    from org_heads h
    left join standing s
        on s.org_id = h.org_id
    where h.position > coalesce(s.lowest, 0)
)
select
    (select count(*) from behind) as orgs_behind,
    coalesce((select sum(lag) from behind), 0)::bigint as events_behind,
    (
        select min(e.recorded_at)
        from (select org_id, next from behind limit 1000) b
        join events e
            on e.org_id = b.org_id
            and e.position = b.next
    ) as oldest,
    (select count(*) from parked) as parked,
    (select count(*) from policy_failures) as failures
