select org_id, currency, sum(generated)::int8, sum(overridden)::int8, sum(sent)::int8,
    sum(sent_by_agent)::int8, sum(emails)::int8, sum(emails_known)::int8,
    sum(emails_succeeded)::int8, sum(failovers)::int8, sum(mail_cost)::int8,
    sum(level_3)::int8, sum(escalations)::int8, sum(escalations_paid)::int8,
    sum(plans_answered)::int8, sum(plans_accepted)::int8
from (
    select org_id, currency,
        case when ai_generated then 1 else 0 end as generated,
        case when ai_generated and founder_override then 1 else 0 end as overridden,
        case when sent_at is not null then 1 else 0 end as sent,
        case when sent_by = 'agent' and not released and not founder_override then 1 else 0 end
            as sent_by_agent,
        0 as emails, 0 as emails_known, 0 as emails_succeeded, 0 as failovers, 0::int8 as mail_cost,
        0 as level_3, 0 as escalations, 0 as escalations_paid, 0 as plans_answered,
        0 as plans_accepted
    from statements
    where created_at >= now() - interval '7 days'
    union all
    select org_id, coalesce(currency, ''), 0, 0, 0, 0,
        case when channel = 'email' then 1 else 0 end,
        case when channel = 'email' and success is not null then 1 else 0 end,
        case when channel = 'email' and success then 1 else 0 end,
        case when purpose = 'failover' then 1 else 0 end,
        case when attempted_at >= now() - interval '1 day' then coalesce(cost_minor, 0) else 0 end,
        0, 0, 0, 0, 0
    from statement_deliveries
    where sent_at >= now() - interval '7 days'
    union all
    select org_id, currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        case when resolution = 'paid' then 1 else 0 end, 0, 0
    from statement_escalations
    where triggered_at >= now() - interval '30 days'
    union all
    select org_id, currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0
    from statement_escalations
    where resolution is null
    and level >= 3
    union all
    select org_id, currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        case when accepted_on is not null or state = 'declined' then 1 else 0 end,
        case when accepted_on is not null then 1 else 0 end
    from payment_plans
    where updated_at >= now() - interval '30 days'
) f
group by grouping sets ((org_id, currency), (currency))
order by org_id is not null, sum(mail_cost) + 100 * sum(level_3 + overridden) desc, sum(sent) desc,
    org_id
limit $1
