create index statement_deliveries_a_failing_over on statement_deliveries_a (org_id, statement_id)
    where next_retry_at is not null;
comment on index statement_deliveries_a_failing_over is
    'The job failovers asks what a letter follows.';
create index statement_deliveries_b_failing_over on statement_deliveries_b (org_id, statement_id)
    where next_retry_at is not null;
comment on index statement_deliveries_b_failing_over is
    'The job failovers asks what a letter follows.';
