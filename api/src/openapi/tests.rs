use std::collections::BTreeMap;

use crate::{endpoint::Schemas, resources};

#[test]
fn no_two_shapes_have_one_name() {
    let mut schemas: Schemas = Vec::new();
    for endpoint in resources::endpoints() {
        (endpoint.schemas)(&mut schemas);
    }
    let mut known = BTreeMap::new();
    for (name, shape) in schemas {
        let first = known.entry(name.clone()).or_insert_with(|| shape.clone());
        assert!(*first == shape, "two shapes are called {name}: give one `schema(as = …)`");
    }
}
