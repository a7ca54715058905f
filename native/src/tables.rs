//! Powers of points for public exponents: out of tables that are kept, or made on the spot from shared doublings.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use curve25519_dalek::Scalar;

use crate::curve::{Addend, Extended, NEUTRAL, Projective, affine, decode};
use crate::digits::{LENGTH, dense, sparse};
use crate::limbs::PackedAffine;
#[cfg(target_arch = "x86_64")]
use crate::quad::{self, Packed, ROW, rows};

/// Bits of an exponent that one addition of a kept table covers: 32 rows of 128 points, 480 KB.
const WIDTH: usize = 8;
/// Tables kept at most, that of the generator not among them.
const KEPT: usize = 8;
/// Uses of a base, in one call or in several, from which on a table of it pays.
const OFTEN: usize = 64;

/// The multiples of a base that any exponent is a sum of 32 of.
pub struct FixedBase(Vec<PackedAffine>);

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
        FixedBase(affine(&multiples).iter().map(PackedAffine::of).collect())
    }

    /// The point and the base to an exponent.
    pub fn add_power(&self, point: Extended, exponent: &[u8; 32]) -> Extended {
        let mut sum = point;
        for (digit, row) in dense(exponent, WIDTH).into_iter().zip(self.0.chunks(1 << (WIDTH - 1))) {
            if digit > 0 {
                sum = sum.add_affine(&row[digit as usize - 1].affine()).extended();
            } else if digit < 0 {
                sum = sum.subtract_affine(&row[-digit as usize - 1].affine()).extended();
            }
        }
        sum
    }

    /// For each digit of an exponent the point that it adds, and whether to subtract it instead.
    pub fn choices<'a>(
        &'a self,
        exponent: &[u8; 32],
        neutral: &'a PackedAffine,
    ) -> impl Iterator<Item = (&'a PackedAffine, bool)> + use<'a> {
        dense(exponent, WIDTH).into_iter().zip(self.0.chunks(1 << (WIDTH - 1))).map(move |(digit, row)| match digit {
            0 => (neutral, false),
            _ => (&row[digit.unsigned_abs() as usize - 1], digit < 0),
        })
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

/// A point that is raised to few exponents, or its powers of 2^64 each: multiples of them to choose from.
pub struct Chain {
    pub units: Vec<Extended>,
    tables: Tables,
}

enum Tables {
    /// For one computation: the odd multiples below 2^(width − 1).
    Odd { rows: Vec<Addend>, width: usize },
    /// For four side by side: all to 8.
    #[cfg(target_arch = "x86_64")]
    All(Vec<[Packed; ROW]>),
}

/// Digits of an exponent that a unit of a chain of four covers.
pub const SHARE: usize = LENGTH / 4;

impl Chain {
    /// For one exponent: no doublings beforehand.
    pub fn once(point: &Extended, in_vectors: bool) -> Self {
        Chain::of_units(vec![*point], in_vectors)
    }

    /// For several exponents each, which then share 192 of 256 doublings.
    pub fn several(points: &[Extended], in_vectors: bool) -> Vec<Self> {
        points
            .chunks(4)
            .flat_map(|part| units(part, in_vectors))
            .map(|each| Chain::of_units(each, in_vectors))
            .collect()
    }

    /// That of the product of points, out of theirs; nothing if one of them is for one exponent.
    pub fn product(chains: &[&Chain], in_vectors: bool) -> Option<Self> {
        let (first, rest) = chains.split_first()?;
        let mut units = first.units.clone();
        for chain in rest {
            units.iter_mut().zip(&chain.units).for_each(|(sum, unit)| *sum = sum.plus(unit));
        }
        let is_whole = chains.iter().all(|each| each.units.len() == 4);
        is_whole.then(|| Chain::of_units(units, in_vectors))
    }

    fn of_units(units: Vec<Extended>, in_vectors: bool) -> Self {
        #[cfg(target_arch = "x86_64")]
        if in_vectors {
            let lanes = std::array::from_fn(|i| units.get(i).unwrap_or(&NEUTRAL));
            // Sound: vectors are used only where AVX2 is.
            let rows = unsafe { rows(lanes) };
            return Chain { tables: Tables::All(rows[..units.len()].to_vec()), units };
        }
        let width = if units.len() == 1 { 5 } else { 4 };
        let mut rows = Vec::with_capacity(units.len() << (width - 2));
        for unit in &units {
            let step = unit.doubles(1).addend();
            let mut multiple = *unit;
            rows.push(multiple.addend());
            for _ in 1..1 << (width - 2) {
                multiple = multiple.add(&step).extended();
                rows.push(multiple.addend());
            }
        }
        Chain { units, tables: Tables::Odd { rows, width } }
    }

    /// The multiples of a unit, for computing side by side.
    #[cfg(target_arch = "x86_64")]
    pub fn row(&self, unit: usize) -> &[Packed] {
        match &self.tables {
            Tables::All(rows) => &rows[unit],
            Tables::Odd { .. } => unreachable!("vectors are used for all of a call or for nothing"),
        }
    }
}

/// Powers whose product is a commitment: of bases with tables, and of chains by their places in a list of them.
#[derive(Default)]
pub struct Powers {
    pub fixed: Vec<(Arc<FixedBase>, Scalar)>,
    pub chained: Vec<(usize, Scalar)>,
}

/// Up to four points, each with its powers of 2^64, 2^128 and 2^192.
fn units(points: &[Extended], in_vectors: bool) -> Vec<Vec<Extended>> {
    #[cfg(target_arch = "x86_64")]
    if in_vectors {
        let lanes = std::array::from_fn(|i| points.get(i).unwrap_or(&NEUTRAL));
        // Sound: vectors are used only where AVX2 is.
        return unsafe { quad::units(lanes) }[..points.len()].iter().map(|each| each.to_vec()).collect();
    }
    let of_one = |point: &Extended| {
        let mut units = vec![*point];
        for i in 0..3 {
            units.push(units[i].doubles(SHARE));
        }
        units
    };
    points.iter().map(of_one).collect()
}

/// The product of powers of chains: Straus's method, one doubling a digit for all of them.
pub fn power_of_chains(terms: &[(&Chain, [u8; 32])]) -> Extended {
    let mut rows: Vec<(&[Addend], Vec<i8>)> = vec![];
    for (chain, exponent) in terms {
        let Tables::Odd { rows: odd, width } = &chain.tables else {
            unreachable!("vectors are used for all of a call or for nothing");
        };
        let digits = sparse(exponent, *width);
        let share = LENGTH / chain.units.len();
        let tables = odd.chunks(1 << (width - 2));
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
