-- An export's own row says what became of its message, in the same transaction.
update export_events x
set status = $3
from outbox_events o
where o.org_id = $1
and o.id = $2
and o.kind = 'webhook'
and x.org_id = $1
and x.export_id = o.related_id
