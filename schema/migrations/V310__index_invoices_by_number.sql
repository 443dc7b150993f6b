create index invoices_a_by_number on invoices_a (org_id, number);
comment on index invoices_a_by_number is 'People look for the number that stands on the paper.';
create index invoices_b_by_number on invoices_b (org_id, number);
comment on index invoices_b_by_number is 'People look for the number that stands on the paper.';
