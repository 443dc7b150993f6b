select
    (select position from org_heads where org_id = $1),
    coalesce(
        (select position from events where org_id = $1 order by position desc limit 1), 0
    )
