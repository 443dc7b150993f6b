comment on column statements_a.held is
    'Why it waits: for the founder (above_threshold, by_hand, no_contact) or for the account to be '
    'in order (not_entitled).';
comment on column statements_b.held is
    'Why it waits: for the founder (above_threshold, by_hand, no_contact) or for the account to be '
    'in order (not_entitled).';
