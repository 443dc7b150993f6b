create index payment_status_a_failed on payment_status_a (org_id, updated_at)
    where kind = 'payment' and status = 'failed';
comment on index payment_status_a_failed is 'The job email-scan asks what failed lately.';
create index payment_status_b_failed on payment_status_b (org_id, updated_at)
    where kind = 'payment' and status = 'failed';
comment on index payment_status_b_failed is 'The job email-scan asks what failed lately.';
