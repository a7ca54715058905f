//! Exponents as digits: sparse and odd for tables made on the spot, dense for tables that are kept.

/// How many binary digits an exponent below the order has in `sparse` form at most.
pub const LENGTH: usize = 256;

/// Digits d with Σ d[i]·2^i the number, each 0 or odd and below 2^(width − 1) in size, no two of `width` in a row not 0.
/// For a number below 2^253.
pub fn sparse(number: &[u8; 32], width: usize) -> [i8; LENGTH] {
    let mut words = [0u64; 5];
    for (word, bytes) in words.iter_mut().zip(number.chunks(8)) {
        *word = u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    }
    let mut digits = [0; LENGTH];
    let (size, mask) = (1 << width, (1 << width) - 1);
    let (mut at, mut carry) = (0, 0);
    while at < LENGTH {
        let (word, bit) = (at / 64, at % 64);
        let mut window = words[word] >> bit;
        if bit > 64 - width {
            window |= words[word + 1] << (64 - bit);
        }
        let value = carry + (window & mask);
        if value & 1 == 0 {
            at += 1;
            continue;
        }
        carry = u64::from(value > size / 2);
        digits[at] = (value as i64 - (carry * size) as i64) as i8;
        at += width;
    }
    digits
}

/// Digits d with Σ d[i]·2^(width·i) the number, each from −2^(width − 1) to 2^(width − 1), for a width up to 15.
/// For a number below 2^253.
pub fn dense(number: &[u8; 32], width: usize) -> Vec<i32> {
    let mut padded = [0; 40];
    padded[..32].copy_from_slice(number);
    let count = 254usize.div_ceil(width);
    let mut digits = Vec::with_capacity(count);
    let mut carry = 0;
    for i in 0..count {
        let at = i * width;
        let word = u32::from_le_bytes(padded[at / 8..at / 8 + 4].try_into().expect("four bytes"));
        let value = (word >> (at % 8) & ((1 << width) - 1)) as i32 + carry;
        carry = i32::from(value > 1 << (width - 1));
        digits.push(value - (carry << width));
    }
    digits
}
