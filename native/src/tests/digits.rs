//! `digits` beside num-bigint.

use num_bigint::BigUint;

use super::{Chance, cases, value_of};
use crate::digits::{dense, sparse};

fn check(number: &[u8; 32]) {
    let wanted = BigUint::from_bytes_le(number);
    for width in [4, 5] {
        let digits = sparse(number, width);
        assert_eq!(value_of(digits.iter().map(|each| i32::from(*each)), 1), wanted, "{number:?}");
        let is_proper = |digit: &i8| *digit == 0 || (digit & 1 == 1 && digit.unsigned_abs() < 1 << (width - 1));
        assert!(digits.iter().all(is_proper), "{number:?}");
        let is_alone = |part: &[i8]| part.iter().filter(|each| **each != 0).count() <= 1;
        assert!(digits.windows(width).all(is_alone), "{number:?}");
    }
    for width in [4, 8] {
        let digits = dense(number, width);
        assert!(digits.iter().all(|each| each.unsigned_abs() <= 1 << (width - 1)), "{number:?}");
        assert_eq!(value_of(digits.into_iter(), width), wanted, "{number:?}");
    }
}

#[test]
fn digits_write_their_number() {
    let mut chance = Chance(6);
    for _ in 0..cases() {
        check(&chance.scalar().to_bytes());
    }
}

#[test]
fn digits_write_the_largest_numbers_that_they_are_for() {
    for byte in [0xff, 0x88, 0x80, 0x7f, 0x78, 0x77] {
        let mut number = [byte; 32];
        // Below 2^253: the exponents that they are for are below the order.
        number[31] &= 0x1f;
        check(&number);
    }
}
