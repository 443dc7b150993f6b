create table checkpoint_publications (
    org_id       uuid        not null,
    place        text        not null check (place in ('webhook')),
    size         bigint      not null check (size > 0),
    published_at timestamptz not null,
    constraint checkpoint_publications_once primary key (org_id, place)
);
comment on table checkpoint_publications is
    'Which checkpoint of each org has left the house last, by place. What was kept as a file says '
    'so itself.';

alter table checkpoint_publications enable row level security;
alter table checkpoint_publications force row level security;
create policy checkpoint_publications_org_isolation on checkpoint_publications
    for select to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select on checkpoint_publications to daybook_app;
grant select, insert, update on checkpoint_publications to daybook_relay;
