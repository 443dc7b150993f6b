-- How many keys of an org were destroyed is asked whenever somebody asks about the past.
create index subject_keys_destroyed_of_org on subject_keys (org_id)
    where destroyed_at is not null;
