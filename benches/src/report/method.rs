//! How it was measured, in words.

pub(super) const METHOD: &str = "\
Everything runs on one cluster that is made for the run: client and server share the cores and
speak over a unix socket. It is durable (`fsync`, `synchronous_commit`, `full_page_writes`, data
checksums). A point has a fresh database just after a checkpoint, a warm-up that is not counted,
and a deadline; one that fails is named below and loses only itself. Ratios are taken within a
repetition, then the median of them: compare ratios, not absolute figures, between machines.
Closed loops ask again as soon as they are answered. In open loops so many arrive in a second,
and a latency counts from the instant at which the request should have begun.

**Append.** *daybook*: a command through the executor with everything on: the look-up of its
idempotency key, the decision by the real rules (a line on an open invoice), leaf hashes, the
idempotency record, three roles under forced row-level security, one durable append. With 10
events, a command is a batch of ten lines on one invoice. After every point the log is checked: no
gap, head equal to the number of events. *without …*: the same without that part, which only a
build for these measurements can leave out; *without roles* all three are the owner. *postgres-es*
0.5 with its documented table and a connection for every writer: the same aggregate, rules and
commands; loads the invoice from its events, decides, appends one event, commits; no idempotency,
no tenants, no order between aggregates, no hashes. *esrs* 0.18 with the table it makes, likewise;
it asks sqlx for OpenSSL, which nothing of ours links, so it is a program of its own
(`benches/esrs/`), started for each of its points. *insert*, *copy in*: prepared statements into a
table with the columns, checks and two indexes of `events`; nothing is decided, hashed or looked
up.

**HTTP.** The real application on loopback, with two workers: a key is checked and rate-limited,
path, body and idempotency key are read, the command is decided on invoice and account and
answered durable. The client runs on a thread of its own and asks one request at a time on
connections that stay open. *no-op*: a handler of the same server that reads the body and answers
it. *executor*: the same command from within the process. *all live*: every read model and policy
follows meanwhile. *settled*: from an acknowledgement until all of them are at its position,
sampled fifty times a second.

**Projections.** *live*: commands through the executor while everything follows. *many orgs*: an
invoice is opened in each; counted until nobody is behind. *rebuild* and the read models by name:
into the idle table, as `daybook rebuild` does, without comparing and switching; all in one pass,
or one alone; in a process of its own, whose greatest memory is told. Events a second count the
whole log.

**Queries.** Over HTTP, one at a time, of an org with so many invoices (ten events each) and of
one with a tenth of them; paths differ from question to question where there is a subject. Lists
are ten to a page, page 1,000 is reached by its cursor. The trial balance adds up the whole
journal. *as of* asks for the position before the last; a list of the past is folded once, and its
pages are then asked.

**The log.** Whole invoices of ten events each (opened, six lines, issued, sent, paid), decided,
encoded and hashed as the executor would and copied in by the owner; a test verifies such a log.
*copy out* sends whole rows and does not look at them; *decode* reads what a rebuild needs, in
order, and decodes it; *postgres-es* is its `replay_all` over the same events (a million of them
at most), counting them, and *esrs* its `stream_events`. *verify*, *export*, *replay* are the
program's own, in a process of their own. *hashing alone* and *following alone* are from memory on
one core.
";
