create table invoice_lines_a (
    org_id                uuid    not null,
    invoice_id            uuid    not null,
    line_id               uuid    not null,
    item_type             text    not null,
    quantity              bigint  not null,
    unit_price_minor      bigint  not null,
    total_price_minor     bigint  not null,
    currency              text    not null,
    tax_rate              text    not null,
    rate_configured       boolean not null,
    service_on            date    not null,
    anonymous_patient_ref text,
    cycle                 text,
    added_position        bigint  not null,
    description           bytea,
    as_of_position        bigint  not null,
    primary key (org_id, invoice_id, line_id)
);
comment on table invoice_lines_a is 'One row per line that stands on an invoice.';
comment on column invoice_lines_a.tax_rate is
    'A decimal fraction, as the line was added; where rate_configured, the invoice''s '
    'configured_rate counts.';
comment on column invoice_lines_a.anonymous_patient_ref is
    'Keyed HMAC of the patient''s id; for internal tracking only.';
comment on column invoice_lines_a.description is 'Sealed, exactly as in the event.';
comment on column invoice_lines_a.as_of_position is 'The last event that changed the row.';

create index on invoice_lines_a (org_id, invoice_id, added_position);
create index on invoice_lines_a (org_id, anonymous_patient_ref);

select finish_read_model('invoice_lines');
