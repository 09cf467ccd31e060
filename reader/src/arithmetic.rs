//! The functions between the matrix products, written so that the compiler turns them into vector instructions.

/// `e` to the power of `x`, to about 7 digits; 0 below −87.
fn exp(x: f32) -> f32 {
    // Adding and taking away this number rounds to whole numbers.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0) * std::f32::consts::LOG2_E;
    let whole = (x + ROUND) - ROUND;
    let part = (x - whole) * std::f32::consts::LN_2;
    // Taylor's series on ±ln 2 / 2.
    let series = 1.0 + part * (1.0 + part * (0.5 + part * (1.0 / 6.0 + part * (1.0 / 24.0 + part * (1.0 / 120.0)))));
    series * f32::from_bits(((whole as i32 + 127) << 23).cast_unsigned())
}

/// The Gaussian error linear unit of each number, `x Φ(x)`, with the error function of Abramowitz and Stegun 7.1.26.
pub(super) fn gelu(values: &mut [f32]) {
    for x in values {
        let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
        let t = 1.0 / (1.0 + 0.327_591_1 * z);
        let series = t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
        let erf = (1.0 - series * exp(-z * z)).copysign(*x);
        *x = 0.5 * *x * (1.0 + erf);
    }
}

/// Each row's shares: the exponentials of its numbers times `scale`, divided by their sum.
pub(super) fn softmax(rows: &mut [f32], width: usize, scale: f32) {
    for row in rows.chunks_exact_mut(width) {
        let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for x in row.iter_mut() {
            *x = exp((*x - most) * scale);
        }
        let whole: f32 = row.iter().sum();
        let part = 1.0 / whole;
        for x in row {
            *x *= part;
        }
    }
}

/// Adds `more` to `rows` and brings each row to mean 0 and variance 1, times `weight` and plus `bias`.
pub(super) fn add_and_normalise(rows: &mut [f32], more: &[f32], weight: &[f32], bias: &[f32]) {
    const EPSILON: f32 = 1e-12;
    let width = weight.len();
    for (row, more) in rows.chunks_exact_mut(width).zip(more.chunks_exact(width)) {
        for (x, more) in row.iter_mut().zip(more) {
            *x += more;
        }
        let mean = row.iter().sum::<f32>() / width as f32;
        let variance = row.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / width as f32;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        for ((x, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
            *x = (*x - mean) * scale * weight + bias;
        }
    }
}

/// A matrix in memory: its first number, and how far the next row and the next column are.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub numbers: &'a [f32],
    pub row: usize,
    pub column: usize,
}

/// Sets `out` (`rows` × `columns`, its rows `stride` apart) to `a` × `b` over `inner`, plus what it is times `keep`.
pub(super) fn multiply(
    (rows, inner, columns): (usize, usize, usize),
    a: View<'_>,
    b: View<'_>,
    keep: f32,
    out: &mut [f32],
    stride: usize,
) {
    let reach = |(height, width): (usize, usize), row: usize, column: usize| (height - 1) * row + (width - 1) * column;
    assert!(rows > 0 && inner > 0 && columns > 0);
    assert!(reach((rows, inner), a.row, a.column) < a.numbers.len());
    assert!(reach((inner, columns), b.row, b.column) < b.numbers.len());
    assert!(columns <= stride && reach((rows, columns), stride, 1) < out.len());
    // SAFETY: the assertions above keep every number that the strides lead to inside its slice, and no two places of
    // `out` are one.
    unsafe {
        matrixmultiply::sgemm(
            rows,
            inner,
            columns,
            1.0,
            a.numbers.as_ptr(),
            a.row.cast_signed(),
            a.column.cast_signed(),
            b.numbers.as_ptr(),
            b.row.cast_signed(),
            b.column.cast_signed(),
            keep,
            out.as_mut_ptr(),
            stride.cast_signed(),
            1,
        );
    }
}
