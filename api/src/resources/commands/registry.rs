//! What may come in bulk: by name, with the route it has when it comes alone.

use std::{future::Future, pin::Pin};

use crate::{
    error::ApiError,
    order::{Part, Plan},
    resources::{charges, claims, held_payments, invoices, patients},
    roles::{self, Rule},
    state::AppState,
};

/// A plan being made.
pub(crate) type Planning<'a> = Pin<Box<dyn Future<Output = Result<Plan, ApiError>> + 'a>>;

/// A command that may come in bulk.
#[derive(Clone, Copy)]
pub(crate) struct Bulk {
    /// What it is called there.
    pub(crate) name: &'static str,
    /// The method of its own route.
    pub(crate) method: &'static str,
    /// The pattern of its own route: it names the ids, and the roles that may use it.
    pub(crate) pattern: &'static str,
    /// Reads its body and makes its plan.
    pub(crate) plan: for<'a> fn(&'a AppState, &'a Part) -> Planning<'a>,
}

impl Bulk {
    /// The rule of its own route.
    pub(super) fn rule(&self) -> Option<&'static Rule> {
        roles::rule(self.method, self.pattern)
    }

    /// The ids that stand in the path of its own route.
    pub(super) fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.pattern.split('{').skip(1).filter_map(|part| part.split('}').next())
    }
}

/// `bulk!("name" = POST "/pattern", state, part => plan)`.
macro_rules! bulk {
    ($name:literal = $method:ident $pattern:literal, $state:ident, $part:ident => $plan:expr) => {{
        fn plan<'a>(
            $state: &'a $crate::state::AppState,
            $part: &'a $crate::order::Part,
        ) -> $crate::resources::commands::Planning<'a> {
            Box::pin(async move { $plan })
        }
        $crate::resources::commands::Bulk {
            name: $name,
            method: stringify!($method),
            pattern: $pattern,
            plan,
        }
    }};
}
pub(crate) use bulk;

/// Everything that may come in bulk.
pub(super) fn commands() -> Vec<Bulk> {
    [
        charges::commands(),
        claims::commands(),
        held_payments::commands(),
        invoices::commands(),
        patients::commands(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::commands;
    use crate::roles::{Kind, RULES};

    #[test]
    fn every_command_in_bulk_has_a_route_of_its_own_and_a_name_of_its_own() {
        let mut names = BTreeSet::new();
        for command in commands() {
            assert!(command.rule().is_some(), "{} has no rule", command.pattern);
            assert!(names.insert(command.name), "{} stands twice", command.name);
        }
    }

    #[test]
    fn what_moves_money_on_an_invoice_may_come_in_bulk() {
        let known: BTreeSet<_> = commands().iter().map(|command| command.pattern).collect();
        for rule in RULES.iter().filter(|rule| rule.kind == Kind::KeyedCommand) {
            if rule.pattern.contains("{invoice_id}") {
                assert!(known.contains(rule.pattern), "{}", rule.pattern);
            }
        }
    }
}
