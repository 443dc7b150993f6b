insert into log_checkpoints (org_id, size, key_id, root, note, signed_at)
values ($1, $2, $3, $4, $5, $6)
on conflict on constraint log_checkpoints_once do nothing
