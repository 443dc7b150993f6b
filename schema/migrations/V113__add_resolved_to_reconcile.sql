alter table reconcile_a
    add column resolved boolean not null default false;
alter table reconcile_b
    add column resolved boolean not null default false;
comment on column reconcile_a.resolved is
    'Whether a held payment went to an invoice or back; it is not listed then.';
comment on column reconcile_b.resolved is
    'Whether a held payment went to an invoice or back; it is not listed then.';

select renew_read_model_view('reconcile');
