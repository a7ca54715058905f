//! Commitments four at a time: those that are made of the same number of powers in the same way, side by side.

use crate::curve::{Extended, NEUTRAL};
use crate::digits::dense;
use crate::limbs::PackedAffine;
use crate::quad::{FixedStep, Step, WIDTH, evaluate};
use crate::tables::{Chain, Powers};

/// Digits of an exponent.
const DIGITS: usize = 64;

/// The commitments, in their order.
pub fn commitments(powers: &[Powers], chains: &[Chain]) -> Vec<Extended> {
    let shape = |at: &usize| {
        let units: Vec<usize> = powers[*at].chained.iter().map(|(chain, _)| chains[*chain].units.len()).collect();
        (units, powers[*at].fixed.len())
    };
    let mut order: Vec<usize> = (0..powers.len()).collect();
    order.sort_by_cached_key(shape);
    let mut found = vec![NEUTRAL; powers.len()];
    for alike in order.chunk_by(|a, b| shape(a) == shape(b)) {
        for four in alike.chunks(4) {
            let lanes = std::array::from_fn(|i| &powers[four[i.min(four.len() - 1)]]);
            for (at, point) in four.iter().zip(together(lanes, chains)) {
                found[*at] = point;
            }
        }
    }
    found
}

/// Four commitments of one shape.
fn together(lanes: [&Powers; 4], chains: &[Chain]) -> [Extended; 4] {
    let mut steps: Vec<Vec<Step>> = vec![];
    for place in 0..lanes[0].chained.len() {
        let of = lanes.map(|each| &chains[each.chained[place].0]);
        let digits = lanes.map(|each| dense(&each.chained[place].1.to_bytes(), WIDTH));
        let units = of[0].units.len();
        let share = DIGITS / units;
        steps.resize_with(steps.len().max(share), Vec::new);
        for (unit, at) in (0..units).flat_map(|unit| (0..share).map(move |at| (unit, at))) {
            steps[at].push(Step {
                tables: of.map(|chain| chain.row(unit)),
                digits: std::array::from_fn(|lane| digits[lane][unit * share + at]),
            });
        }
    }
    steps.reverse();
    let neutral = PackedAffine::neutral();
    let mut fixed = vec![];
    for place in 0..lanes[0].fixed.len() {
        let [a, b, c, d] = lanes.map(|each| each.fixed[place].0.choices(&each.fixed[place].1.to_bytes(), &neutral));
        fixed.extend(
            a.zip(b)
                .zip(c.zip(d))
                .map(|((a, b), (c, d))| FixedStep { chosen: [a.0, b.0, c.0, d.0], negative: [a.1, b.1, c.1, d.1] }),
        );
    }
    // Sound: vectors are used only where AVX2 is.
    unsafe { evaluate(&steps, &fixed) }
}
