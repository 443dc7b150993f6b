create index statements_a_past_due on statements_a (org_id, statement_id)
    where balance_due_minor > 0;
comment on index statements_a_past_due is 'The job escalations asks what is past due.';
create index statements_b_past_due on statements_b (org_id, statement_id)
    where balance_due_minor > 0;
comment on index statements_b_past_due is 'The job escalations asks what is past due.';
