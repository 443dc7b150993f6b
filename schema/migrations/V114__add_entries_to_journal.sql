alter table journal_a
    add column entry_kind text,
    add column entry_id uuid,
    add column reverses uuid;
alter table journal_b
    add column entry_kind text,
    add column entry_id uuid,
    add column reverses uuid;
comment on column journal_a.entry_kind is
    'What an entry in the books is for: adjusting, allowance, opening, payout, provider_fee or '
    'reversal; null where an event made it.';
comment on column journal_a.entry_id is
    'The entry in the books.';
comment on column journal_a.reverses is
    'The entry in the books that this one mirrors.';
comment on column journal_b.entry_kind is
    'What an entry in the books is for: adjusting, allowance, opening, payout, provider_fee or '
    'reversal; null where an event made it.';
comment on column journal_b.entry_id is
    'The entry in the books.';
comment on column journal_b.reverses is
    'The entry in the books that this one mirrors.';

create index on journal_a (org_id, entry_id) where entry_id is not null;
create index on journal_b (org_id, entry_id) where entry_id is not null;

select renew_read_model_view('journal');
