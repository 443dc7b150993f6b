//! `GET /v1/openapi.json` and the page at `GET /v1/docs`, whose assets are in the binary.

mod browse;
mod document;

use crate::endpoint::{Endpoint, endpoint};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(browse::page, browse::__path_page),
        endpoint!(browse::asset, browse::__path_asset),
        endpoint!(document::document, document::__path_document),
    ]
}
