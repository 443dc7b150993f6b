with live as (
    select key_number, wrapped_key
    from subject_keys
    where org_id = $1 and subject_id = $2 and destroyed_at is null
    order by key_number desc
    limit 1
),
made as (
    insert into subject_keys (org_id, subject_id, key_number, wrapped_key, created_at)
    select $1, $2, coalesce(max(k.key_number), 0) + 1, $3, $4
    from (select key_number from subject_keys where org_id = $1 and subject_id = $2) as k
    where not exists (select from live)
    on conflict do nothing
    returning key_number, wrapped_key
)
select key_number, wrapped_key from live
union all
select key_number, wrapped_key from made
