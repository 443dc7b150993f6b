//! Several nodes on one PostgreSQL: none of them doubles a job, whoever dies in between.

mod dying;
mod expiring;
mod ground;
mod sharing;
mod statements;
