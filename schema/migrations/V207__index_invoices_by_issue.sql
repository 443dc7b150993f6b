create index invoices_a_by_issue on invoices_a (org_id, issued_on, invoice_id);
comment on index invoices_a_by_issue is 'The accounting export goes by day of issue.';
create index invoices_b_by_issue on invoices_b (org_id, issued_on, invoice_id);
comment on index invoices_b_by_issue is 'The accounting export goes by day of issue.';
