//! The functions between the matrix products, written so that the compiler turns them into vector instructions.

/// Adding and taking away this number rounds to whole numbers.
const ROUND: f32 = 12_582_912.0;

/// `e` to the power of `x`, to about 7 digits; 0 below −87.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0) * std::f32::consts::LOG2_E;
    let shifted = x + ROUND;
    let part = (x - (shifted - ROUND)) * std::f32::consts::LN_2;
    // Taylor's series on ±ln 2 / 2.
    let series = 1.0 + part * (1.0 + part * (0.5 + part * (1.0 / 6.0 + part * (1.0 / 24.0 + part * (1.0 / 120.0)))));
    // The lowest bits of `shifted` are the whole number, which goes where the exponent is.
    series * f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23))
}

/// Declares a function that is compiled twice more, for 256-bit and for 512-bit instructions, which machines that have
/// them use. What it gives is the same on all, since no operation is left out, added or moved.
macro_rules! wide {
    ($($(#[$about:meta])* fn $name:ident($($argument:ident: $type:ty),*) -> $result:ty $body:block)*) => {$(
        $(#[$about])*
        pub fn $name($($argument: $type),*) -> $result {
            #[inline(always)]
            fn any($($argument: $type),*) -> $result $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn with_avx2($($argument: $type),*) -> $result {
                    any($($argument),*)
                }
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
                fn with_avx512($($argument: $type),*) -> $result {
                    any($($argument),*)
                }
                if $crate::arithmetic::has_avx512() {
                    // SAFETY: the machine has the instructions.
                    return unsafe { with_avx512($($argument),*) };
                }
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: the machine has the instructions.
                    return unsafe { with_avx2($($argument),*) };
                }
            }
            any($($argument),*)
        }
    )*};
}
pub(crate) use wide;

/// Whether the machine has the 512-bit instructions that are counted on.
#[cfg(target_arch = "x86_64")]
pub(crate) fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
}

/// What is smaller is rounded to 0.
const LEAST: f32 = 1e-30;

/// How many numbers are summed or compared side by side.
const LANES: usize = 8;

/// Brings what `of` makes of all numbers together with `join`, each of [`LANES`] columns by itself first.
#[inline(always)]
pub(crate) fn fold(numbers: &[f32], first: f32, of: impl Fn(f32) -> f32, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [first; LANES];
    let groups = numbers.chunks_exact(LANES);
    let rest = groups.remainder();
    for group in groups {
        for (lane, x) in lanes.iter_mut().zip(group) {
            *lane = join(*lane, of(*x));
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane = join(*lane, of(*x));
    }
    lanes.into_iter().reduce(join).unwrap_or(first)
}

#[inline(always)]
pub(crate) fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    fold(numbers, 0.0, of, |sum, x| sum + x)
}

wide! {
    /// The Gaussian error linear unit of each number, `x Φ(x)`, with the error function of Abramowitz and Stegun
    /// 7.1.26.
    fn gelu(values: &mut [f32]) -> () {
        for x in values {
            let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
            let t = 1.0 / (1.0 + 0.327_591_1 * z);
            let series = t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
            let erf = (1.0 - series * exp(-z * z)).copysign(*x);
            *x = 0.5 * *x * (1.0 + erf);
        }
    }

    /// Adds `more` to `rows` and does what [`normalise`] does.
    fn add_and_normalise(rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32]) -> () {
        let width = weight.len();
        for (row, more) in rows.chunks_exact_mut(width).zip(more.chunks_exact(width)) {
            for (x, more) in row.iter_mut().zip(more) {
                *x += more;
            }
            normalise_row(row, weight, bias);
        }
    }

    /// Brings each row to mean 0 and variance 1, times `weight` and plus `bias`.
    fn normalise(rows: &mut [f32], weight: &[f32], bias: &[f32]) -> () {
        for row in rows.chunks_exact_mut(weight.len()) {
            normalise_row(row, weight, bias);
        }
    }

    /// Adds `more` to `values`.
    fn add(values: &mut [f32], more: &[f32]) -> () {
        for (x, more) in values.iter_mut().zip(more) {
            *x += more;
        }
    }

    /// Sets each number to 0 that is below it, and adds `more`.
    fn rectify_and_add(values: &mut [f32], more: &[f32]) -> () {
        for (x, more) in values.iter_mut().zip(more) {
            *x = larger(*x, 0.0) + more;
        }
    }

    /// The hyperbolic tangent of each number.
    fn tanh(values: &mut [f32]) -> () {
        for x in values {
            *x = 1.0 - 2.0 / (exp(2.0 * *x) + 1.0);
        }
    }

    /// The sum of the products of the numbers of `a` and `b`.
    fn dot(a: &[i8], b: &[i8]) -> i32 {
        a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
    }

    /// Rounds `row` to whole numbers from `-most` to `most`, at most 32,767, and gives back what one of them stands
    /// for.
    fn round(row: &[f32], most: f32, rounded: &mut [i16]) -> f32 {
        let largest = fold(row, LEAST, f32::abs, larger);
        let scale = most / largest;
        for (whole, x) in rounded.iter_mut().zip(row) {
            // The lowest bits of a number of this size count ones.
            *whole = (x * scale + ROUND).to_bits() as i16;
        }
        largest / most
    }
}

#[inline(always)]
fn normalise_row(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    const EPSILON: f32 = 1e-12;
    let mean = sum(row, |x| x) / row.len() as f32;
    let variance = sum(row, |x| (x - mean) * (x - mean)) / row.len() as f32;
    let scale = 1.0 / (variance + EPSILON).sqrt();
    for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
        *x = (*x - mean) * scale * weight + bias;
    }
}

#[inline(always)]
pub(crate) fn larger(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_functions_are_what_they_are_called() {
        let numbers: Vec<f32> = (-40..41).map(|i| i as f32 / 8.0).collect();
        let mut found = numbers.clone();
        gelu(&mut found);
        for (x, (found, right)) in [(-5.0, (found[0], 0.0)), (0.0, (found[40], 0.0)), (1.0, (found[48], 0.841_345))] {
            assert!((found - right).abs() < 1e-5, "{x}: {found}");
        }
        for (x, y) in numbers.iter().zip(numbers.iter().map(|x| exp(*x))) {
            assert!((y / f64::from(*x).exp() as f32 - 1.0).abs() < 1e-5, "{x}: {y}");
        }
        let mut found = numbers.clone();
        tanh(&mut found);
        for (x, y) in numbers.iter().zip(found) {
            assert!((y - x.tanh()).abs() < 1e-6, "{x}: {y}");
        }
        let mut rectified = [-2.0, 3.0];
        rectify_and_add(&mut rectified, &[1.0, 0.5]);
        assert_eq!(rectified, [1.0, 3.5]);
        let mut row = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        add_and_normalise(&mut row, &[1.0; 9], &[2.0; 9], &[0.5; 9]);
        assert!(
            (row[4] - 0.5).abs() < 1e-6 && (row[8] - (0.5 + 2.0 * 4.0 / (60f32 / 9.0).sqrt())).abs() < 1e-5,
            "{row:?}"
        );
    }

    #[test]
    fn rounding_keeps_the_largest_number_and_takes_nothing_for_0() {
        let mut whole = [0; 3];
        assert_eq!(round(&[-2.0, 0.5, 0.0], 100.0, &mut whole), 0.02);
        assert_eq!(whole, [-100, 25, 0]);
        round(&[0.0; 3], 100.0, &mut whole);
        assert_eq!(whole, [0; 3]);
        round(&[1e-38, -1e-40, 0.0], 100.0, &mut whole);
        assert_eq!(whole, [0; 3]);
    }
}
