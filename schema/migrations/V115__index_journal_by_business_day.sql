-- A general ledger goes through one account in one currency by business day; the old index went by
-- position, which the primary key does as well.
create index on journal_a (org_id, account, currency, business_on, position);
create index on journal_b (org_id, account, currency, business_on, position);
drop index journal_a_org_id_account_currency_position_idx;
drop index journal_b_org_id_account_currency_position_idx;
