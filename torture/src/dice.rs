//! What is random here comes from one number, so that a run can be repeated.

/// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough to pick moments.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The same seed throws the same.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of somebody's own, who throws beside others.
    #[must_use]
    pub fn split(&mut self) -> Self {
        Self(self.throw())
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// At least `from` and below `to`.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.throw() % to.saturating_sub(from).max(1)
    }

    /// One of so many.
    pub fn index(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        usize::try_from(self.between(0, count)).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, percent: u64) -> bool {
        self.between(0, 100) < percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_and_stays_within_bounds() {
        let (mut one, mut two) = (Dice::new(7), Dice::new(7));
        for _ in 0..1_000 {
            let thrown = one.between(10, 20);
            assert_eq!(thrown, two.between(10, 20));
            assert!((10..20).contains(&thrown));
        }
    }
}
