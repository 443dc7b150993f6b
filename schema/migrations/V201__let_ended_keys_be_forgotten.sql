-- The job `cleanup` forgets keys that ended more than a year ago.
grant select (org_id, key_id, expires_at, revoked_at), delete on api_keys to daybook_relay;
