//! Sharing an amount exactly.

use super::MoneyError;

/// Shares an amount by weights, exactly: everyone the whole part, then one more minor unit each
/// to the largest remainders, the first of equals first. No share exceeds its weight while the
/// amount does not exceed their sum.
///
/// # Errors
///
/// [`MoneyError::OutOfRange`] for an amount that is not zero and no weight above zero, for an
/// amount below zero, and for shares that do not fit.
pub(crate) fn share(amount: i64, weights: &[i64]) -> Result<Vec<i64>, MoneyError> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum <= 0 {
        return if amount == 0 { Ok(vec![0; weights.len()]) } else { Err(MoneyError::OutOfRange) };
    }
    let product = |weight: &i64| i128::from(amount) * i128::from(*weight);
    let mut shares: Vec<i128> = weights.iter().map(|weight| product(weight) / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(product(&weights[*index]) % sum));
    let missing = i128::from(amount) - shares.iter().sum::<i128>();
    let missing = usize::try_from(missing).map_err(|_| MoneyError::OutOfRange)?;
    for index in order.into_iter().take(missing) {
        shares[index] += 1;
    }
    shares
        .into_iter()
        .map(|minor| i64::try_from(minor).map_err(|_| MoneyError::OutOfRange))
        .collect()
}

/// So many parts of a whole, `amount × part / whole`, half a minor unit and more rounded up.
/// Nothing below zero goes in; a whole of nothing gives all of the amount.
pub(crate) fn portion(amount: i64, part: i64, whole: i64) -> i64 {
    if part >= whole {
        return amount;
    }
    let (amount, part, whole) = (i128::from(amount), i128::from(part), i128::from(whole));
    let rounded = (2 * amount * part + whole).div_euclid(2 * whole);
    // A portion never exceeds the amount, which fitted.
    i64::try_from(rounded).unwrap_or(i64::MAX)
}
