comment on column timeline_a.subject_kind is
    'invoice, patient, subscription, payment, books, claim or prior_auth.';
comment on column timeline_b.subject_kind is
    'invoice, patient, subscription, payment, books, claim or prior_auth.';
