//! Powers of points for public exponents: out of tables that are kept, or made on the spot from shared doublings.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use crate::curve::{Addend, Affine, Extended, NEUTRAL, Projective, affine, decode};
use crate::digits::{LENGTH, dense, sparse};

/// Bits of an exponent that one addition of a kept table covers: 32 rows of 128 points, 480 KB.
const WIDTH: usize = 8;
/// Tables kept at most, that of the generator not among them.
const KEPT: usize = 8;
/// Uses of a base, in one call or in several, from which on a table of it pays.
const OFTEN: usize = 64;

/// The multiples of a base that any exponent is a sum of 32 of.
pub struct FixedBase(Vec<Affine>);

impl FixedBase {
    fn new(base: &Extended) -> Self {
        let mut multiples = vec![];
        let mut unit = *base;
        for _ in 0..254usize.div_ceil(WIDTH) {
            let step = unit.addend();
            let mut multiple = unit;
            for _ in 1..1 << (WIDTH - 1) {
                multiples.push(multiple);
                multiple = multiple.add(&step).extended();
            }
            multiples.push(multiple);
            unit = multiple.doubles(1);
        }
        FixedBase(affine(&multiples))
    }

    /// The point and the base to an exponent.
    pub fn add_power(&self, point: Extended, exponent: &[u8; 32]) -> Extended {
        let mut sum = point;
        for (digit, row) in dense(exponent, WIDTH).into_iter().zip(self.0.chunks(1 << (WIDTH - 1))) {
            if digit > 0 {
                sum = sum.add_affine(&row[digit as usize - 1]).extended();
            } else if digit < 0 {
                sum = sum.subtract_affine(&row[-digit as usize - 1]).extended();
            }
        }
        sum
    }
}

static GENERATOR: LazyLock<Arc<FixedBase>> = LazyLock::new(|| {
    let encoding = curve25519_dalek::constants::ED25519_BASEPOINT_COMPRESSED.0;
    Arc::new(FixedBase::new(&decode(&encoding).expect("the generator is a point")))
});

#[derive(Default)]
struct Bases {
    tables: HashMap<[u8; 32], Arc<FixedBase>>,
    seen: HashMap<[u8; 32], usize>,
}

static BASES: LazyLock<Mutex<Bases>> = LazyLock::new(Mutex::default);

pub fn generator() -> Arc<FixedBase> {
    GENERATOR.clone()
}

/// The table of a base that is now used so many times, if it is used often.
pub fn table(encoding: &[u8; 32], base: &Extended, uses: usize) -> Option<Arc<FixedBase>> {
    if encoding == &curve25519_dalek::constants::ED25519_BASEPOINT_COMPRESSED.0 {
        return Some(generator());
    }
    let mut bases = BASES.lock().unwrap_or_else(|broken| broken.into_inner());
    if let Some(found) = bases.tables.get(encoding) {
        return Some(found.clone());
    }
    if bases.seen.len() > 1000 {
        bases.seen.clear();
    }
    let seen = bases.seen.entry(*encoding).or_default();
    *seen += uses;
    if *seen < OFTEN {
        return None;
    }
    if bases.tables.len() >= KEPT {
        bases.tables.clear();
    }
    let made = Arc::new(FixedBase::new(base));
    bases.tables.insert(*encoding, made.clone());
    Some(made)
}

/// A point that is raised to few exponents: the odd multiples of it, or of its powers of 2^64 each.
pub struct Chain {
    units: Vec<Extended>,
    odd: Vec<Addend>,
    width: usize,
}

/// Digits of an exponent that a unit of a chain of four covers.
const SHARE: usize = LENGTH / 4;

impl Chain {
    /// For one exponent: no doublings beforehand.
    pub fn once(point: &Extended) -> Self {
        Chain::of_units(vec![*point], 5)
    }

    /// For several exponents, which then share 192 of 256 doublings.
    pub fn several(point: &Extended) -> Self {
        let mut units = vec![*point];
        for i in 0..3 {
            units.push(units[i].doubles(SHARE));
        }
        Chain::of_units(units, 4)
    }

    /// That of the product of points, out of theirs; nothing if one of them is for one exponent.
    pub fn product<'a>(chains: impl Iterator<Item = &'a Chain>) -> Option<Self> {
        let mut units = vec![NEUTRAL; 4];
        for chain in chains {
            if chain.units.len() != 4 {
                return None;
            }
            for (sum, unit) in units.iter_mut().zip(&chain.units) {
                *sum = sum.plus(unit);
            }
        }
        Some(Chain::of_units(units, 4))
    }

    fn of_units(units: Vec<Extended>, width: usize) -> Self {
        let mut odd = Vec::with_capacity(units.len() << (width - 2));
        for unit in &units {
            let step = unit.doubles(1).addend();
            let mut multiple = *unit;
            odd.push(multiple.addend());
            for _ in 1..1 << (width - 2) {
                multiple = multiple.add(&step).extended();
                odd.push(multiple.addend());
            }
        }
        Chain { units, odd, width }
    }
}

/// The product of powers of chains: Straus's method, one doubling a digit for all of them.
pub fn power_of_chains(terms: &[(&Chain, [u8; 32])]) -> Extended {
    let mut rows: Vec<(&[Addend], Vec<i8>)> = vec![];
    for (chain, exponent) in terms {
        let digits = sparse(exponent, chain.width);
        let share = LENGTH / chain.units.len();
        let tables = chain.odd.chunks(1 << (chain.width - 2));
        rows.extend(tables.zip(digits.chunks(share)).map(|(table, part)| (table, part.to_vec())));
    }
    let used = |part: &Vec<i8>| part.iter().rposition(|&digit| digit != 0).map_or(0, |at| at + 1);
    let length = rows.iter().map(|(_, part)| used(part)).max().unwrap_or(0);
    let mut point: Projective = NEUTRAL.projective();
    let mut last = NEUTRAL;
    for at in (0..length).rev() {
        let mut sum = point.double();
        for (table, part) in &rows {
            let digit = part.get(at).copied().unwrap_or(0);
            if digit > 0 {
                sum = sum.extended().add(&table[digit as usize / 2]);
            } else if digit < 0 {
                sum = sum.extended().subtract(&table[-digit as usize / 2]);
            }
        }
        if at == 0 {
            last = sum.extended();
        } else {
            point = sum.projective();
        }
    }
    last
}
