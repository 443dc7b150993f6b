alter table invoice_lines_a
    add column covers_starts_on date,
    add column covers_ends_on date;
alter table invoice_lines_b
    add column covers_starts_on date,
    add column covers_ends_on date;
comment on column invoice_lines_a.covers_starts_on is
    'First day it covers, where that is not the invoice''s.';
comment on column invoice_lines_a.covers_ends_on is
    'First day after the days it covers.';
comment on column invoice_lines_b.covers_starts_on is
    'First day it covers, where that is not the invoice''s.';
comment on column invoice_lines_b.covers_ends_on is
    'First day after the days it covers.';

select renew_read_model_view('invoice_lines');
