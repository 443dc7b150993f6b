insert into checkpoint_publications as p (org_id, place, size, published_at)
values ($1, 'webhook', $2, $3)
on conflict on constraint checkpoint_publications_once do update
set size = excluded.size, published_at = excluded.published_at
where p.size < excluded.size
