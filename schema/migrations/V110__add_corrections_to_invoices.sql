alter table invoices_a
    add column credited_minor bigint not null default 0,
    add column disputed_minor bigint not null default 0,
    add column charged_back_minor bigint not null default 0;
alter table invoices_b
    add column credited_minor bigint not null default 0,
    add column disputed_minor bigint not null default 0,
    add column charged_back_minor bigint not null default 0;
comment on column invoices_a.credited_minor is
    'Taken back by credit notes that stand, in minor units.';
comment on column invoices_a.disputed_minor is
    'In dispute: the customer''s bank has it.';
comment on column invoices_a.charged_back_minor is
    'Lost in disputes and given up.';
comment on column invoices_b.credited_minor is
    'Taken back by credit notes that stand, in minor units.';
comment on column invoices_b.disputed_minor is
    'In dispute: the customer''s bank has it.';
comment on column invoices_b.charged_back_minor is
    'Lost in disputes and given up.';

select renew_read_model_view('invoices');
