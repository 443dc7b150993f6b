-- No index beyond the primary key and a low fillfactor: updates of the head stay heap-only.
create table org_heads (
    org_id      uuid        not null primary key,
    position    bigint      not null check (position >= 0),
    recorded_at timestamptz not null
) with (fillfactor = 20);
comment on table org_heads is
    'The head of each org''s log. Whoever moves it owns the positions it passes.';
comment on column org_heads.position is 'The last position given out; positions have no gap.';
comment on column org_heads.recorded_at is 'Of the last event; never decreases.';

alter table org_heads enable row level security;
alter table org_heads force row level security;
create policy org_heads_org_isolation on org_heads to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));
create policy org_heads_writer on org_heads to daybook_writer using (true) with check (true);

grant select on org_heads to daybook_app;
grant select, update (position, recorded_at) on org_heads to daybook_writer;
grant select, insert on org_heads to daybook_relay;
