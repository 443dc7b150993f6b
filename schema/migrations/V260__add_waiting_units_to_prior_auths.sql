-- No line waited before, so the rows that are there are right.
alter table prior_auths_a
    add column units_waiting text not null default '0';
alter table prior_auths_b
    add column units_waiting text not null default '0';
comment on column prior_auths_a.units_waiting is
    'Wanted by claim lines that wait until the payer allows more.';
comment on column prior_auths_b.units_waiting is
    'Wanted by claim lines that wait until the payer allows more.';

select renew_read_model_view('prior_auths');
