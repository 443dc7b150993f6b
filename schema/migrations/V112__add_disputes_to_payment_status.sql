alter table payment_status_a
    add column disputed_minor bigint not null default 0;
alter table payment_status_b
    add column disputed_minor bigint not null default 0;
comment on column payment_status_a.disputed_minor is
    'How much of it is in dispute or was lost in one, in minor units.';
comment on column payment_status_b.disputed_minor is
    'How much of it is in dispute or was lost in one, in minor units.';

select renew_read_model_view('payment_status');
