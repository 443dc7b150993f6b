create table series (
    org_id uuid   not null,
    series text   not null,
    last   bigint not null check (last >= 0),
    constraint series_once primary key (org_id, series)
) with (fillfactor = 50);
comment on table series is 'The last number given out in each gapless series of documents.';
comment on column series.series is 'For example INV-202601.';

alter table series enable row level security;
alter table series force row level security;
create policy series_org_isolation on series for select to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));
create policy series_writer on series to daybook_writer using (true) with check (true);

grant select on series to daybook_app, daybook_relay;
grant select, insert, update (last) on series to daybook_writer;
