create table claim_filings_a (
    org_id              uuid        not null,
    claim_id            uuid        not null,
    position            bigint      not null,
    kind                text        not null,
    account             text        not null,
    currency            text        not null,
    submission          integer,
    frequency           text,
    payer_id            text,
    payer_order         text,
    control_interchange text,
    control_group       text,
    control_transaction text,
    payer_claim_number  text,
    digest              text,
    charge_minor        bigint      not null,
    submitted_on        date,
    recorded_at         timestamptz not null,
    content             bytea,
    as_of_position      bigint      not null,
    primary key (org_id, claim_id, position)
);
comment on table claim_filings_a is
    'One row per content that a claim has had, and one per time it was sent.';
comment on column claim_filings_a.position is 'Of the event in the org''s log.';
comment on column claim_filings_a.kind is 'content or submission.';
comment on column claim_filings_a.charge_minor is
    'What the lines come to, or what was asked for, in minor units.';
comment on column claim_filings_a.digest is 'SHA-256 of what was sent, in hexadecimal.';
comment on column claim_filings_a.content is
    'What the claim says, as JSON, exactly as in the event: personal data in it is sealed.';
comment on column claim_filings_a.as_of_position is 'The event''s position.';

create index on claim_filings_a (org_id, control_interchange);

select finish_read_model('claim_filings');

create view billing_claim_export_snapshots with (security_invoker = true) as
select
    sent.org_id,
    sent.claim_id,
    sent.submission,
    sent.account,
    case sent.frequency when 'original' then '1' when 'replacement' then '7' else '8' end as kind,
    sent.payer_id,
    sent.payer_order,
    sent.control_interchange,
    sent.control_group,
    sent.control_transaction,
    sent.payer_claim_number,
    sent.digest,
    sent.charge_minor,
    sent.currency,
    sent.submitted_on,
    said.content as snapshot,
    sent.position,
    sent.recorded_at as created_at
from claim_filings sent
join lateral (
    select content
    from claim_filings before
    where before.org_id = sent.org_id
    and before.claim_id = sent.claim_id
    and before.kind = 'content'
    and before.position < sent.position
    order by before.position desc
    limit 1
) said on true
where sent.kind = 'submission';
comment on view billing_claim_export_snapshots is
    'Every time a claim was sent: under which numbers, and what it said; people in it are sealed.';
comment on column billing_claim_export_snapshots.kind is 'CLM05-3: 1 original, 7 replacement, 8 void.';
grant select on billing_claim_export_snapshots to daybook_app, daybook_relay;
