select w.waiting, w.oldest, s.sent, s.dead
from (
    select
        count(*) as waiting,
        coalesce(extract(epoch from now() - min(next_attempt_at)), 0)::double precision as oldest
    from outbox_events
    where status in ('pending', 'sending')
    and next_attempt_at <= now()
) w
cross join (
    select
        count(*) filter (where status = 'sent') as sent,
        count(*) filter (where status = 'dead') as dead
    from outbox_events
    where kind = 'email'
    and status in ('sent', 'dead')
    and settled_at >= now() - interval '1 day'
) s
