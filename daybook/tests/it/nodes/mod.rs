//! Several nodes on one PostgreSQL: none of them doubles a job, whoever dies in between; and what
//! the jobs do.

mod cleaning;
mod contacting;
mod dying;
mod expiring;
mod ground;
mod papers;
mod refusing;
mod sharing;
mod standing;
mod statements;
mod street;
mod waiting;
