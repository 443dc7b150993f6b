-- Metrics look at a week of statements and deliveries, a month of levels and plans, and the
-- third levels that are open, across orgs.
create index statements_a_created on statements_a (created_at);
create index statements_b_created on statements_b (created_at);
create index statement_deliveries_a_sent on statement_deliveries_a (sent_at);
create index statement_deliveries_b_sent on statement_deliveries_b (sent_at);
create index statement_escalations_a_triggered on statement_escalations_a (triggered_at);
create index statement_escalations_b_triggered on statement_escalations_b (triggered_at);
create index statement_escalations_a_last on statement_escalations_a (triggered_at)
    where resolution is null and level >= 3;
create index statement_escalations_b_last on statement_escalations_b (triggered_at)
    where resolution is null and level >= 3;
create index payment_plans_a_updated on payment_plans_a (updated_at);
create index payment_plans_b_updated on payment_plans_b (updated_at);
