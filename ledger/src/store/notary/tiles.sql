select t.level, t.index, t.hashes
from unnest($2::smallint[], $3::bigint[]) as wanted (level, index)
join merkle_tiles t
    on t.org_id = $1
    and t.level = wanted.level
    and t.index = wanted.index
