create table credit_notes_a (
    org_id           uuid        not null,
    credit_note_id   uuid        not null,
    invoice_id       uuid        not null,
    number           text        not null,
    currency         text        not null,
    net_minor        bigint      not null,
    tax_minor        bigint      not null,
    total_minor      bigint      not null,
    deferred_minor   bigint      not null,
    applied_minor    bigint      not null,
    credited_minor   bigint      not null,
    reason_code      text        not null,
    issued_on        date        not null,
    issued_by        text        not null,
    issued_at        timestamptz not null,
    issued_position  bigint      not null,
    voided_on        date,
    voided_by        text,
    void_reason_code text,
    note             bytea,
    as_of_position   bigint      not null,
    primary key (org_id, credit_note_id)
);
comment on table credit_notes_a is 'One row per credit note: what it took back, and whether it stands.';
comment on column credit_notes_a.net_minor is 'Revenue taken back, in minor units.';
comment on column credit_notes_a.deferred_minor is 'How much of the revenue was not earned yet.';
comment on column credit_notes_a.applied_minor is 'How much settled what the invoice owed.';
comment on column credit_notes_a.credited_minor is 'How much was left as the customer''s credit.';
comment on column credit_notes_a.issued_position is 'Where it was issued; lists go by it.';
comment on column credit_notes_a.note is 'Sealed, exactly as in the event.';
comment on column credit_notes_a.as_of_position is 'The last event that changed the row.';

create index on credit_notes_a (org_id, issued_position);
create index on credit_notes_a (org_id, invoice_id, issued_position);

select finish_read_model('credit_notes');
