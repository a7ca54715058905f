//! Products of powers, out of every kind of table and in both ways of computing, beside curve25519-dalek.

use std::sync::Arc;

use curve25519_dalek::EdwardsPoint;
use curve25519_dalek::traits::Identity;

use super::{Chance, assert_same, cases};
use crate::curve::{Extended, decode};
use crate::tables::{Chain, FixedBase, Powers, generator, power_of_chains, table};

/// Commitments that share their chains.
const TOGETHER: usize = 200;

struct Bases {
    kept: Vec<(Arc<FixedBase>, EdwardsPoint)>,
    chains: Vec<Chain>,
    chained: Vec<EdwardsPoint>,
}

fn kept(chance: &mut Chance) -> Vec<(Arc<FixedBase>, EdwardsPoint)> {
    let often = [EdwardsPoint::mul_base(&chance.scalar()), EdwardsPoint::identity()].map(|point| {
        let encoding = point.compress().to_bytes();
        let base = decode(&encoding).expect("a point");
        (table(&encoding, &base, 1000).expect("a base that is used often has a table"), point)
    });
    let base = (generator(), curve25519_dalek::constants::ED25519_BASEPOINT_POINT);
    often.into_iter().chain([base]).collect()
}

/// Chains of some points, each for several exponents or for one, and last that of their product.
fn chained(chance: &mut Chance, in_vectors: bool) -> (Vec<Chain>, Vec<EdwardsPoint>) {
    let mut points: Vec<EdwardsPoint> =
        (0..1 + chance.below(9)).map(|_| EdwardsPoint::mul_base(&chance.scalar())).collect();
    let read: Vec<Extended> = points.iter().map(|each| decode(&each.compress().to_bytes()).expect("a point")).collect();
    let is_shared = chance.below(3) > 0;
    let mut chains: Vec<Chain> = match is_shared {
        true => Chain::several(&read, in_vectors),
        false => read.iter().map(|each| Chain::once(each, in_vectors)).collect(),
    };
    let product = Chain::product(&chains.iter().collect::<Vec<_>>(), in_vectors);
    assert_eq!(product.is_some(), is_shared);
    let sum = read.iter().skip(1).fold(read[0], |sum, each| sum.plus(each));
    chains.push(product.unwrap_or_else(|| Chain::once(&sum, in_vectors)));
    points.push(points.iter().sum());
    (chains, points)
}

/// Some powers, and their product by dalek.
fn wanted(chance: &mut Chance, bases: &Bases) -> (Powers, EdwardsPoint) {
    let (mut powers, mut product) = (Powers::default(), EdwardsPoint::identity());
    for _ in 0..chance.below(3) {
        let (at, exponent) = (chance.below(bases.kept.len()), chance.scalar());
        powers.fixed.push((bases.kept[at].0.clone(), exponent));
        product += bases.kept[at].1 * exponent;
    }
    for _ in 0..chance.below(3) {
        let (at, exponent) = (chance.below(bases.chains.len()), chance.scalar());
        powers.chained.push((at, exponent));
        product += bases.chained[at] * exponent;
    }
    (powers, product)
}

fn one_by_one(powers: &[Powers], chains: &[Chain]) -> Vec<Extended> {
    let one = |each: &Powers| {
        let terms: Vec<_> = each.chained.iter().map(|(at, exponent)| (&chains[*at], exponent.to_bytes())).collect();
        let of_table = |point, (table, exponent): &(Arc<FixedBase>, _)| {
            let exponent: &curve25519_dalek::Scalar = exponent;
            table.add_power(point, exponent.as_bytes())
        };
        each.fixed.iter().fold(power_of_chains(&terms), of_table)
    };
    powers.iter().map(one).collect()
}

fn check(in_vectors: bool, compute: impl Fn(&[Powers], &[Chain]) -> Vec<Extended>) {
    let mut chance = Chance(8);
    for round in 0..cases().div_ceil(TOGETHER) {
        let (chains, points) = chained(&mut chance, in_vectors);
        let bases = Bases { kept: kept(&mut chance), chains, chained: points };
        let (powers, products): (Vec<_>, Vec<_>) = (0..TOGETHER).map(|_| wanted(&mut chance, &bases)).unzip();
        for (found, product) in compute(&powers, &bases.chains).iter().zip(&products) {
            assert_same(found, product, &format!("round {round}"));
        }
    }
}

#[test]
fn commitments_one_by_one_are_those_of_dalek() {
    check(false, one_by_one);
}

#[cfg(target_arch = "x86_64")]
#[test]
fn commitments_side_by_side_are_those_of_dalek() {
    if !crate::limbs::has_vectors() {
        return println!("SKIPPED: the processor has no AVX2");
    }
    check(true, crate::lanes::commitments);
}
