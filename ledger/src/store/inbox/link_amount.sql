-- A second payment of the same amount: no longer known which of them is meant.
insert into provider_links as known
    (org_id, provider, object_ref, invoice_id, payment_id, linked_at)
values ($1, $2, $3, $4, $5, $6)
on conflict on constraint provider_links_once do update
set payment_id = case when known.payment_id = excluded.payment_id then known.payment_id end
