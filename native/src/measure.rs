//! What each optimisation gains, measured beside what it replaces: `native/measure.sh` prints the table of the README.

use std::hint::black_box;
use std::time::{Duration, Instant};

use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use curve25519_dalek::{EdwardsPoint, Scalar};

use crate::curve::{Extended, decode, encodings};
#[cfg(target_arch = "x86_64")]
use crate::lanes::commitments;
use crate::limbs::use_vectors;
use crate::subgroup::members;
use crate::tables::{Chain, Powers, generator, power_of_chains};

const ROUNDS: usize = 25;

/// Microseconds of one of `count` things that a call does: the fastest of some calls.
fn microseconds<R>(count: usize, work: impl Fn() -> R) -> f64 {
    let once = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    let fastest = (0..ROUNDS).map(|_| once()).min().unwrap_or(Duration::MAX);
    fastest.as_secs_f64() * 1e6 / count as f64
}

fn show(what: &str, before: f64, after: f64) {
    println!("| {what} | {before:.1} | {after:.1} | {:.1} |", before / after);
}

fn scalars(count: u64) -> Vec<Scalar> {
    let inverse = |i| Scalar::from(i + 3).invert();
    (0..count).map(inverse).collect()
}

#[test]
#[ignore = "a measurement"]
fn gains() {
    let has_vectors = use_vectors(true);
    let numbers = scalars(400);
    let exponents: Vec<[u8; 32]> = numbers.iter().map(Scalar::to_bytes).collect();
    let by_dalek: Vec<EdwardsPoint> = numbers.iter().map(EdwardsPoint::mul_base).collect();
    let written = EdwardsPoint::compress_batch_alloc(&by_dalek);
    let points: Vec<Extended> = written.iter().map(|each| decode(&each.0).expect("a point")).collect();
    println!("\n| | before, µs | after, µs | times |\n| --- | --- | --- | --- |");

    let by_order = |each: &CompressedEdwardsY| each.decompress().is_some_and(|point| point.is_torsion_free());
    let read = |in_vectors| {
        let four =
            |part: &[CompressedEdwardsY]| members(&std::array::from_fn(|i| part.get(i).map(|each| each.0)), in_vectors);
        microseconds(400, || written.chunks(4).map(four).filter(|each| each[0].is_some()).count())
    };
    let order = microseconds(400, || written.iter().filter(|each| by_order(each)).count());
    let plain = read(false);
    show("an element read: multiplied by the order (dalek) / halved and paired", order, plain);
    if has_vectors {
        show("the same: one by one / four side by side", plain, read(true));
    }

    let each = microseconds(400, || points.iter().map(|point| encodings(&[*point])).count());
    show("an element written: an inversion each / one for 400", each, microseconds(400, || encodings(&points)));

    let chain = |at: usize| Chain::once(&points[at], false);
    let once = microseconds(400, || (0..400).map(|i| power_of_chains(&[(&chain(i), exponents[i])])).count());
    let table = generator();
    let fixed = microseconds(400, || exponents.iter().map(|each| table.add_power(crate::curve::NEUTRAL, each)).count());
    show("a power: by doublings / out of a table that is kept", once, fixed);

    let pair = microseconds(400, || {
        let chains = Chain::several(&points[..200], false);
        (0..400).map(|i| power_of_chains(&[(&chains[i / 2], exponents[i])])).count()
    });
    show("one of two powers of a base: alone / with shared doublings", once, pair);
    #[cfg(target_arch = "x86_64")]
    if has_vectors {
        let power = |i: usize| Powers { fixed: vec![], chained: vec![(i / 2, numbers[i])] };
        let wanted: Vec<Powers> = (0..400).map(power).collect();
        let side_by_side = microseconds(400, || commitments(&wanted, &Chain::several(&points[..200], true)));
        show("the same: one by one / four side by side", pair, side_by_side);
    }

    let several = microseconds(400, || EdwardsPoint::vartime_multiscalar_mul(&numbers, &by_dalek));
    show("a factor of a product of 400 powers: each alone / Pippenger (dalek)", once, several);
}
