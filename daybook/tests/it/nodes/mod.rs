//! Several nodes on one PostgreSQL: none of them doubles a job, whoever dies in between.

mod cleaning;
mod dying;
mod expiring;
mod ground;
mod refusing;
mod sharing;
mod statements;
