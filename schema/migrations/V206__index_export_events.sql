create index export_events_by_creation on export_events (org_id, created_at, export_id);
comment on index export_events_by_creation is 'The list of an org''s exports, the latest first.';
