create table merkle_tiles (
    org_id uuid     not null,
    level  smallint not null check (level between 0 and 7),
    index  bigint   not null check (index >= 0),
    root   bytea    not null check (length(root) = 32),
    hashes bytea    not null check (length(hashes) = 8192),
    constraint merkle_tiles_once primary key (org_id, level, index)
);
comment on table merkle_tiles is
    'Whole tiles of the tree over each org''s log: 256 hashes each, so that a proof is a few reads. '
    'Worked out from events; see ledger/src/proof/tile.';
comment on column merkle_tiles.level is '0: leaf hashes of events; above: roots of tiles below.';
comment on column merkle_tiles.index is 'Which tile of its level, from the left, from 0.';
comment on column merkle_tiles.root is 'What the tile comes to: its hash in the tile above.';

-- Hashes do not compress, and open tiles above need the root alone.
alter table merkle_tiles alter column hashes set storage external;

alter table merkle_tiles enable row level security;
alter table merkle_tiles force row level security;
create policy merkle_tiles_org_isolation on merkle_tiles for select to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select on merkle_tiles to daybook_app;
grant select, insert on merkle_tiles to daybook_relay;
create trigger merkle_tiles_no_change before update or delete on merkle_tiles
    for each row execute function events_are_immutable();
create trigger merkle_tiles_no_truncate before truncate on merkle_tiles
    for each statement execute function events_are_immutable();
