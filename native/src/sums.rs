//! Products of many powers of different points.

use rayon::prelude::*;

use crate::curve::{Extended, NEUTRAL};
use crate::digits::dense;
use crate::tables::{Chain, power_of_chains};

/// Powers from which on Pippenger's method is faster than Straus's.
const MANY: usize = 150;

/// The product of points, each to its exponent.
pub fn product_of_powers(powers: &[(Extended, [u8; 32])], on_all_threads: bool) -> Extended {
    if powers.len() < MANY {
        let chains: Vec<Chain> = powers.iter().map(|(point, _)| Chain::once(point, false)).collect();
        let terms: Vec<_> = chains.iter().zip(powers).map(|(chain, (_, exponent))| (chain, *exponent)).collect();
        return power_of_chains(&terms);
    }
    let width = match powers.len() {
        0..500 => 7,
        500..2000 => 8,
        2000..20_000 => 10,
        _ => 13,
    };
    let digits: Vec<Vec<i32>> = powers.iter().map(|(_, exponent)| dense(exponent, width)).collect();
    let column = |at: usize| sum_of_column(powers, &digits, at, width);
    let count = digits[0].len();
    let columns: Vec<Extended> = match on_all_threads {
        true => (0..count).into_par_iter().map(column).collect(),
        false => (0..count).map(column).collect(),
    };
    let (last, rest) = columns.split_last().expect("an exponent has digits");
    rest.iter().rev().fold(*last, |sum, each| sum.doubles(width).plus(each))
}

/// Σ digit·point over one digit of all exponents: points of the same digit are added first.
fn sum_of_column(powers: &[(Extended, [u8; 32])], digits: &[Vec<i32>], at: usize, width: usize) -> Extended {
    let mut buckets = vec![NEUTRAL; 1 << (width - 1)];
    for ((point, _), each) in powers.iter().zip(digits) {
        let digit = each[at];
        if digit > 0 {
            let bucket = &mut buckets[digit as usize - 1];
            *bucket = bucket.add(&point.addend()).extended();
        } else if digit < 0 {
            let bucket = &mut buckets[-digit as usize - 1];
            *bucket = bucket.subtract(&point.addend()).extended();
        }
    }
    let mut running = NEUTRAL;
    let mut sum = NEUTRAL;
    for bucket in buckets.iter().rev() {
        running = running.plus(bucket);
        sum = sum.plus(&running);
    }
    sum
}
