//! `…/explain` behind every path that answers money: why a figure of the answer is what it is.
//!
//! The thing itself is asked, as its caller would; the figure is found in the answer by its path;
//! a function beside the thing says what it is the sum of; the log says which events made it.
//! Unless they sum to what the answer shows, nothing is answered.
//!
//! - `place.rs`: where in an answer a figure stands, and what stands around it.
//! - `source.rs`: what a figure is the sum of. `asking.rs`: asking the thing itself.
//! - `show.rs`: the handler. `view.rs`, `told.rs`, `witness.rs`: the tree as callers see it.
//! - `documented.rs`: the route and its documentation, from those of the thing.
//!
//! To explain the figures of an answer: write a function from [`Place`] to [`Source`] in
//! `explain.rs` of its folder, list `explain!(…)` among its endpoints, and give the route a line in
//! the table of rules.

mod asking;
mod documented;
mod place;
mod show;
mod source;
mod told;
mod view;
mod witness;

pub(crate) use asking::{Asking, Instead, ask};
pub(crate) use documented::endpoint;
pub(crate) use place::Place;
pub(crate) use show::Explains;
pub(crate) use source::Source;

/// `explain!(show::show, show::__path_show, explain::figure)`: the handler of the thing, its
/// documentation, and what its figures are the sums of.
macro_rules! explain {
    ($handler:path, $documented:path, $figure:path) => {{
        struct Here;
        impl $crate::explaining::Explains for Here {
            type Documented = $documented;

            fn ask(request: actix_web::HttpRequest) -> $crate::explaining::Asking {
                Box::pin($crate::explaining::ask($handler, request))
            }

            fn source(place: &$crate::explaining::Place<'_>) -> Option<$crate::explaining::Source> {
                $figure(place)
            }
        }
        $crate::explaining::endpoint::<Here>()
    }};
}
pub(crate) use explain;
