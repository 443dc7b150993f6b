create table provider_links (
    org_id     uuid        not null,
    provider   text        not null,
    object_ref uuid        not null,
    invoice_id uuid        not null,
    payment_id uuid,
    linked_at  timestamptz not null,
    constraint provider_links_once primary key (org_id, provider, object_ref)
);
comment on table provider_links is 'Which of our invoices and payments a provider''s object is.';
comment on column provider_links.object_ref is 'Keyed HMAC of the provider''s id, as a UUID.';

alter table provider_links enable row level security;
alter table provider_links force row level security;
create policy provider_links_org_isolation on provider_links to daybook_app
    using (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid))
    with check (org_id = (select nullif(current_setting('app.current_org_id', true), '')::uuid));

grant select, insert, update (payment_id) on provider_links to daybook_app;
