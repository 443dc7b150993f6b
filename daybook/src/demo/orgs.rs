//! The three invented orgs.

use ledger::values::{Code, Currency, CycleRule, Money, OrgId, Rate};
use uuid::Uuid;

/// An org as the history begins.
pub(super) struct DemoOrg {
    pub(super) name: &'static str,
    pub(super) zone: &'static str,
    currency: &'static str,
    pub(super) anchor_day: u8,
    pub(super) plan: &'static str,
    /// In minor units.
    fee_minor: i64,
    /// In minor units.
    setup_minor: i64,
    /// A typical single charge, in minor units.
    pub(super) charge_minor: i64,
    /// The hour at which people there are at work, in UTC.
    pub(super) working_hour: u8,
    /// Tax laws, with the month of the history from which each holds.
    pub(super) taxes: &'static [(i64, &'static str, &'static str)],
    /// First and last day of each pause, as days of the history.
    pub(super) pauses: &'static [(i64, i64)],
    /// Whether it bills payers, too.
    pub(super) bills_payers: bool,
    /// Patients in the first month.
    pub(super) patients: i64,
    pub(super) seed: u64,
}

/// All of them.
pub(super) const ORGS: [DemoOrg; 3] = [
    DemoOrg {
        name: "Maple Grove Physiotherapy",
        zone: "America/Toronto",
        currency: "CAD",
        anchor_day: 1,
        plan: "standard",
        fee_minor: 200,
        setup_minor: 25_000,
        charge_minor: 8_500,
        working_hour: 15,
        taxes: &[(0, "CA-ON", "0.13")],
        pauses: &[(310, 318)],
        bills_payers: false,
        patients: 34,
        seed: 0x006d_6170_6c65,
    },
    DemoOrg {
        name: "Harbor Point Dental Group",
        zone: "America/New_York",
        currency: "USD",
        anchor_day: 15,
        plan: "standard",
        fee_minor: 250,
        setup_minor: 50_000,
        charge_minor: 12_000,
        working_hour: 16,
        // Untaxed at first; then a rate, then a higher one.
        taxes: &[(4, "US-NY", "0.04"), (11, "US-NY-NYC", "0.08875")],
        // Over the start of a cycle.
        pauses: &[(220, 241)],
        bills_payers: true,
        patients: 26,
        seed: 0x6861_7262_6f72,
    },
    DemoOrg {
        name: "Sumida Eye Clinic",
        zone: "Asia/Tokyo",
        currency: "JPY",
        anchor_day: 31,
        plan: "plus",
        fee_minor: 300,
        setup_minor: 40_000,
        charge_minor: 6_800,
        working_hour: 2,
        taxes: &[(0, "JP", "0.10")],
        pauses: &[],
        bills_payers: false,
        patients: 22,
        seed: 0x7375_6d69_6461,
    },
];

impl DemoOrg {
    /// The same id in every demonstration, so that examples can be pasted.
    pub(super) fn id(&self) -> OrgId {
        let name = format!("https://daybook.example/demo/{}", self.zone);
        OrgId(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
    }

    /// Its currency.
    ///
    /// # Errors
    /// Never for the orgs above; a test reads them all.
    pub(super) fn currency(&self) -> anyhow::Result<Currency> {
        Ok(self.currency.parse()?)
    }

    /// So many minor units of its currency.
    pub(super) fn money(&self, minor: i64) -> anyhow::Result<Money> {
        Ok(Money::from_minor(minor, self.currency()?))
    }

    /// For each patient and cycle.
    pub(super) fn activation_fee(&self) -> anyhow::Result<Money> {
        self.money(self.fee_minor)
    }

    /// For setting it up.
    pub(super) fn setup_fee(&self) -> anyhow::Result<Money> {
        self.money(self.setup_minor)
    }

    /// How its cycles fall.
    pub(super) fn cycle_rule(&self) -> anyhow::Result<CycleRule> {
        Ok(CycleRule::new(self.anchor_day, self.zone.parse()?)?)
    }

    /// Its tax laws: month of the history, jurisdiction, rate.
    pub(super) fn tax_laws(&self) -> anyhow::Result<Vec<(i64, Code, Rate)>> {
        let read = |(month, jurisdiction, rate): &(i64, &str, &str)| {
            Ok((*month, jurisdiction.parse()?, rate.parse()?))
        };
        self.taxes.iter().map(read).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_org_can_be_read_and_has_an_id_of_its_own() {
        for org in &ORGS {
            org.cycle_rule().unwrap();
            org.tax_laws().unwrap();
            assert!(org.activation_fee().unwrap().is_positive());
            assert!(org.plan.parse::<Code>().is_ok());
        }
        assert_ne!(ORGS[0].id(), ORGS[1].id());
    }
}
