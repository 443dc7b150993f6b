insert into merkle_tiles (org_id, level, index, root, hashes)
select $1, t.level, t.index, t.root, t.hashes
from unnest($2::smallint[], $3::bigint[], $4::bytea[], $5::bytea[])
    as t (level, index, root, hashes)
on conflict on constraint merkle_tiles_once do nothing
