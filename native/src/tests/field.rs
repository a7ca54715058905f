//! `field` beside num-bigint.

use num_bigint::BigUint;

use super::{Chance, big, bytes_of, cases, p, power_of_two};
use crate::field::{Field, ONE, invert_all};
use crate::limbs::{limbs, number};

/// What `mul` takes, what `minus` and what `minus_sum` take away: the largest limbs.
const MUL: u64 = (1 << 54) - 1;
const MINUS: u64 = (1 << 52) - 39;
const MINUS_SUM: u64 = (1 << 53) - 77;
/// What `mul` gives: 19 times 5·2^(108 − 51), the carry out of limb 4, is 2^63.57, of which 6080 are carried on into limb 1.
const GIVEN: u64 = (1 << 51) + (1 << 13);

fn limb(chance: &mut Chance, most: u64) -> u64 {
    let edge = 1u64 << chance.of(&[0, 1, 4, 5, 26, 51, 52, 53, 54]);
    let near = edge.saturating_add(chance.below(80) as u64).saturating_sub(40);
    match chance.below(4) {
        0 => most,
        1 => near.min(most),
        2 => 0,
        _ => chance.next() % (most + 1),
    }
}

fn field(chance: &mut Chance, most: u64) -> Field {
    match chance.below(8) {
        0 => Field([most; 5]),
        _ => Field(std::array::from_fn(|_| limb(chance, most))),
    }
}

#[test]
fn sums_of_products_fit_their_words_and_carries_theirs() {
    // Limb 0 has one product of two limbs and four that count 19 times; others have fewer of those.
    let largest = BigUint::from(MUL) * MUL * (1u8 + 4 * 19) + power_of_two(77);
    assert!(largest < power_of_two(128));
    assert!(largest >> 51 < power_of_two(64));
    let last = BigUint::from(MUL) * MUL * 5u8 + power_of_two(77);
    let carried = (last >> 51) * 19u8 + power_of_two(51);
    assert!(carried < power_of_two(64));
    assert!((carried >> 51) + power_of_two(51) < BigUint::from(GIVEN));
}

#[test]
fn products_and_bytes_are_those_of_integers() {
    let (mut chance, p) = (Chance(1), p());
    for _ in 0..cases() {
        let (a, b) = (field(&mut chance, MUL), field(&mut chance, MUL));
        let (x, y) = (big(&a), big(&b));
        for (found, wanted, what) in
            [(a.mul(&b), &x * &y, "mul"), (a.square(), &x * &x, "square"), (a.reduced(), x.clone(), "reduced")]
        {
            assert!(found.0.iter().all(|limb| *limb < GIVEN), "{what} of {a:?}, {b:?}: {found:?}");
            assert_eq!(big(&found) % &p, wanted % &p, "{what} of {a:?}, {b:?}");
        }
        assert_eq!(a.to_bytes(), bytes_of(&(&x % &p)), "{a:?}");
        assert_eq!(a.is_zero(), &x % &p == BigUint::ZERO, "{a:?}");
        assert_eq!(a.is_odd(), (&x % &p).bit(0), "{a:?}");
        assert_eq!(a.equals(&b), &x % &p == &y % &p, "{a:?}, {b:?}");
        let halves = limbs(&a.reduced());
        assert_eq!(number(&halves).0, a.reduced().0);
    }
}

#[test]
fn differences_are_those_of_integers() {
    let (mut chance, p) = (Chance(2), p());
    let less = |x: BigUint, y: &BigUint| (x + &p - y % &p) % &p;
    for _ in 0..cases() {
        let (a, one, two) = (field(&mut chance, MUL), field(&mut chance, MINUS), field(&mut chance, MINUS_SUM));
        assert_eq!(big(&a.minus(&one)) % &p, less(big(&a), &big(&one)), "{a:?} − {one:?}");
        assert_eq!(big(&a.minus_sum(&two)) % &p, less(big(&a), &big(&two)), "{a:?} − {two:?}");
        assert_eq!(big(&one.negative()) % &p, less(BigUint::ZERO, &big(&one)), "−{one:?}");
        assert_eq!(big(&one.plus(&two)), big(&one) + big(&two), "{one:?} + {two:?}");
    }
}

#[test]
fn powers_and_inverses_are_those_of_integers() {
    let (mut chance, p) = (Chance(3), p());
    let (root, quartic) = (power_of_two(252) - 3u8, (&p - 1u8) >> 2);
    let mut numbers = vec![];
    for _ in 0..cases().div_ceil(200) {
        let a = field(&mut chance, MINUS);
        assert_eq!(a.root_power().to_bytes(), bytes_of(&big(&a).modpow(&root, &p)), "{a:?}");
        assert_eq!(a.quartic_power().to_bytes(), bytes_of(&big(&a).modpow(&quartic, &p)), "{a:?}");
        assert_eq!(a.inverse().mul(&a).equals(&ONE), !a.is_zero(), "{a:?}");
        numbers.extend((!a.is_zero()).then_some(a));
    }
    let mut inverses = numbers.clone();
    invert_all(&mut inverses);
    assert!(numbers.iter().zip(&inverses).all(|(a, inverse)| a.mul(inverse).equals(&ONE)));
}

#[test]
fn bytes_near_the_modulus_and_the_ends_are_read_and_written() {
    for base in [BigUint::ZERO, p() - 1000u32, power_of_two(254) - 500u32] {
        for above in 0..1019u32 {
            let number = &base + above;
            let read = Field::from_bytes(&bytes_of(&number));
            assert_eq!(big(&read), number);
            assert_eq!(read.to_bytes(), bytes_of(&(number % p())));
        }
    }
}
