//! `vector` beside num-bigint, at as many units as its products may be given.

use num_bigint::BigUint;

use super::{Chance, cases, p};
use crate::field::Field;
use crate::limbs::{Limbs, has_vectors, number};
use crate::vector::{Four, LITTLE, root_powers};

/// Units of the first factor of a product; and of the second, or of what is squared.
const FIRST: u64 = 6;
const SECOND: u64 = 3;

fn bits(at: usize) -> usize {
    26 - at % 2
}

/// The largest limb of so many units.
fn most(units: u64, at: usize) -> u64 {
    (units << bits(at)) + LITTLE
}

fn limb(chance: &mut Chance, units: u64, at: usize) -> u32 {
    let unit = 1u64 << bits(at);
    let chosen = match chance.below(6) {
        0 => 0,
        1 => most(units, at),
        2 => unit - 1,
        3 => unit,
        4 => unit * units,
        _ => chance.next() % (most(units, at) + 1),
    };
    u32::try_from(chosen).expect("a limb of 32 bits")
}

fn limbs_of(chance: &mut Chance, units: u64) -> Limbs {
    match chance.below(6) {
        0 => std::array::from_fn(|at| most(units, at) as u32),
        _ => std::array::from_fn(|at| limb(chance, units, at)),
    }
}

fn value(limbs: &Limbs) -> BigUint {
    (0..10).rev().fold(BigUint::ZERO, |sum, at| (sum << bits(at)) + BigUint::from(limbs[at]))
}

/// Limb by limb the largest sum of products, of factors with so many units each.
fn sums(first: u64, second: u64) -> [u128; 10] {
    let mut sums = [0; 10];
    for i in 0..10 {
        for j in 0..10 {
            let twice = if i % 2 == 1 && j % 2 == 1 { 2 } else { 1 };
            let beyond = if i + j >= 10 { 19 } else { 1 };
            sums[(i + j) % 10] += twice * beyond * u128::from(most(first, i)) * u128::from(most(second, j));
        }
    }
    sums
}

#[test]
fn the_largest_sum_is_2_to_the_63_13_and_fits_64_bits_with_all_carries() {
    let products = sums(FIRST, SECOND);
    let largest = products.iter().max().copied().unwrap_or(0);
    assert_eq!(largest, products[0]);
    let exponent = (largest as f64).log2();
    assert!((63.1299..63.1301).contains(&exponent), "2^{exponent}");
    let mut z = products;
    for at in [0, 4, 1, 5, 2, 6, 3, 7, 4, 8] {
        z[at + 1] += z[at] >> bits(at);
        assert!(z[at + 1] < 1 << 64, "limb {}", at + 1);
        // Never more than before, so it can stand for any that is carried twice.
        z[at] = z[at].min((1 << bits(at)) - 1);
    }
    z[0] += 19 * (z[9] >> bits(9));
    z[9] = z[9].min((1 << bits(9)) - 1);
    assert!(z[0] < 1 << 64);
    z[1] += z[0] >> bits(0);
    z[0] = z[0].min((1 << bits(0)) - 1);
    for (at, limb) in z.into_iter().enumerate() {
        assert!(limb <= u128::from(most(1, at)), "limb {at} of what is given: {limb}");
    }
}

#[test]
fn factors_fit_32_bits() {
    for at in 0..10 {
        assert!(19 * most(SECOND, at) < 1 << 32, "limb {at} of the second factor");
        assert!(2 * most(FIRST, at) < 1 << 32, "limb {at} of the first factor");
    }
}

#[test]
fn what_four_lanes_give_is_that_of_integers() {
    if !has_vectors() {
        return println!("SKIPPED: the processor has no AVX2");
    }
    let (mut chance, p) = (Chance(4), p());
    for _ in 0..cases().div_ceil(4) {
        let mut four = |units| std::array::from_fn(|_| limbs_of(&mut chance, units));
        let (a, b, c): ([Limbs; 4], [Limbs; 4], [Limbs; 4]) = (four(FIRST), four(SECOND), four(1));
        // Sound: the processor has AVX2.
        let found = unsafe {
            let [first, second, one] = [&a, &b, &c].map(|each| Four::of(each.each_ref()));
            [
                first.mul(&second).lanes(),
                second.square().lanes(),
                first.tight().lanes(),
                second.minus::<2>(&one).lanes(),
                one.minus::<4>(&second).lanes(),
                second.plus(&second).lanes(),
            ]
        };
        for lane in 0..4 {
            let (x, y, z) = (value(&a[lane]), value(&b[lane]), value(&c[lane]));
            let less = |from: &BigUint, what: &BigUint| from + &p - what % &p;
            let wanted = [&x * &y, &y * &y, x.clone(), less(&y, &z), less(&z, &y), &y + &y];
            let names = ["mul", "square", "tight", "minus 2", "minus 4", "plus"];
            for ((found, wanted), name) in found.iter().zip(wanted).zip(names) {
                assert_eq!(value(&found[lane]) % &p, wanted % &p, "{name} of {a:?}, {b:?}, {c:?}");
            }
            for found in &found[..3] {
                let is_small = |at: usize| u64::from(found[lane][at]) <= most(1, at);
                assert!((0..10).all(is_small), "{:?}", found[lane]);
            }
        }
    }
}

#[test]
fn powers_in_lanes_are_those_one_by_one() {
    if !has_vectors() {
        return println!("SKIPPED: the processor has no AVX2");
    }
    let mut chance = Chance(5);
    for _ in 0..cases().div_ceil(1000) {
        let numbers: [Field; 4] = std::array::from_fn(|_| number(&limbs_of(&mut chance, 1)));
        // Sound: the processor has AVX2.
        let powers = unsafe { root_powers(numbers.each_ref()) };
        for (power, number) in powers.iter().zip(&numbers) {
            assert_eq!(power.to_bytes(), number.root_power().to_bytes(), "{number:?}");
        }
    }
}
