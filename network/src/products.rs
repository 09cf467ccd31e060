//! Products of rows of 16-bit numbers with rows of 8-bit weights, in whole numbers.
//!
//! Both are laid out as they are multiplied: a few neighbours of each row after those of the row before, so that each
//! number of a register belongs to a product of its own and nothing need be summed across (Goto and van de Geijn 2008).

use std::ops::Range;

/// So many rows of numbers are multiplied together, to load weights less often.
pub(crate) const ROWS: usize = 6;

/// So many rows of weights stand together.
const PANEL: usize = 16;

/// A few rows of numbers at a time, the last time perhaps with some twice.
pub(crate) struct Strips<const R: usize> {
    /// For each strip and two neighbouring places those of each row, the first in the lower half.
    pairs: Vec<[i32; R]>,
    /// The scale of each row that counts.
    scales: Vec<f32>,
}

impl<const R: usize> Strips<R> {
    /// Of rows of equal and even length, each with its scale.
    pub(crate) fn new(rows: &[(&[i16], f32)]) -> Self {
        let width = rows.first().map_or(0, |(row, _)| row.len() / 2);
        let mut pairs = vec![[0; R]; rows.len().div_ceil(R) * width];
        for (group, pairs) in rows.chunks(R).zip(pairs.chunks_exact_mut(width)) {
            for i in 0..R {
                let (row, _) = group[i.min(group.len() - 1)];
                for (pairs, [first, second]) in pairs.iter_mut().zip(row.as_chunks().0) {
                    pairs[i] = i32::from(first.cast_unsigned()) | i32::from(*second) << 16;
                }
            }
        }
        Self { pairs, scales: rows.iter().map(|(_, scale)| *scale).collect() }
    }

    /// Each strip with the scales of its rows and these rows of `out`, which are `stride` numbers long.
    #[inline(always)]
    fn with<'a>(
        &'a self,
        stride: usize,
        out: &'a mut [f32],
    ) -> impl Iterator<Item = (&'a [[i32; R]], &'a [f32], &'a mut [f32])> {
        let width = self.pairs.len() / self.scales.len().div_ceil(R);
        let strips = self.pairs.chunks_exact(width).zip(self.scales.chunks(R)).zip(out.chunks_mut(R * stride));
        strips.map(|((pairs, scales), out)| (pairs, scales, out))
    }
}

/// Two neighbouring weights of each row of a panel.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Two([[i8; 2]; PANEL]);

/// Rows of weights, [`PANEL`] at a time, the last ones filled up with zeros.
pub(crate) struct Panels {
    twos: Vec<Two>,
    scales: Vec<f32>,
}

impl Panels {
    /// Of rows of equal and even length, of signed weights, with as many scales.
    pub(crate) fn new(rows: &[&[u8]], scales: Vec<f32>) -> Self {
        let width = rows.first().map_or(0, |row| row.len() / 2);
        let mut twos = vec![Two([[0; 2]; PANEL]); rows.len().div_ceil(PANEL) * width];
        for (group, twos) in rows.chunks(PANEL).zip(twos.chunks_exact_mut(width)) {
            for (column, row) in group.iter().enumerate() {
                for (two, [first, second]) in twos.iter_mut().zip(row.as_chunks().0) {
                    two.0[column] = [first.cast_signed(), second.cast_signed()];
                }
            }
        }
        Self { twos, scales }
    }

    /// The weights at these places, both ends even, of each row.
    pub(crate) fn part(&self, places: Range<usize>) -> Self {
        let places = places.start / 2..places.end / 2;
        let twos = self.panels().flat_map(|panel| &panel[places.clone()]).copied().collect();
        Self { twos, scales: self.scales.clone() }
    }

    fn panels(&self) -> std::slice::ChunksExact<'_, Two> {
        self.twos.chunks_exact(self.twos.len() / self.scales.len().div_ceil(PANEL))
    }
}

/// Adds to `out` the products of each row of `strips` with each of `weights`, a row after the other.
pub(crate) fn add_products<const R: usize>(strips: &Strips<R>, weights: &Panels, out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw") {
            // SAFETY: the machine has the instructions.
            return unsafe { x86::add_products_avx512(strips, weights, out) };
        }
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the machine has the instructions.
            return unsafe { x86::add_products_avx2(strips, weights, out) };
        }
    }
    add_all(strips, weights, out, portable, portable);
}

/// The sums of the products of `R` rows with `P` panels.
type Sums<const R: usize, const P: usize> = [[[i32; PANEL]; P]; R];

/// [`add_products`] with a function for `P` panels at a time and one for each that is left.
#[inline(always)]
fn add_all<const R: usize, const P: usize>(
    strips: &Strips<R>,
    weights: &Panels,
    out: &mut [f32],
    several: impl Fn(&[[i32; R]], [&[Two]; P]) -> Sums<R, P>,
    single: impl Fn(&[[i32; R]], [&[Two]; 1]) -> Sums<R, 1>,
) {
    let stride = weights.scales.len();
    let panels: Vec<&[Two]> = weights.panels().collect();
    let (groups, rest) = panels.as_chunks::<P>();
    // A group of panels stays in the nearest cache while all rows go by.
    for (group, first) in groups.iter().zip((0..).step_by(P * PANEL)) {
        for (pairs, scales, out) in strips.with(stride, out) {
            add(&several(pairs, *group), scales, &weights.scales, first, out);
        }
    }
    for (panel, first) in rest.iter().zip((groups.len() * P * PANEL..).step_by(PANEL)) {
        for (pairs, scales, out) in strips.with(stride, out) {
            add(&single(pairs, [*panel]), scales, &weights.scales, first, out);
        }
    }
}

/// Adds `sums`, times their scales, to columns `first` and following of the rows of `out`.
#[inline(always)]
fn add<const R: usize, const P: usize>(
    sums: &Sums<R, P>,
    of_rows: &[f32],
    of_weights: &[f32],
    first: usize,
    out: &mut [f32],
) {
    let rows = out.chunks_exact_mut(of_weights.len()).zip(of_rows).zip(sums);
    for ((out, of_row), sums) in rows {
        let places = out[first..].iter_mut().zip(&of_weights[first..]).zip(sums.as_flattened());
        for ((out, of_weights), sum) in places {
            *out += *sum as f32 * (of_row * of_weights);
        }
    }
}

/// The sums on any machine.
#[inline(always)]
fn portable<const R: usize>(rows: &[[i32; R]], [panel]: [&[Two]; 1]) -> Sums<R, 1> {
    let mut sums = [[[0; PANEL]]; R];
    for (pairs, two) in rows.iter().zip(panel) {
        for (pair, [sums]) in pairs.iter().zip(&mut sums) {
            let (low, high) = (i32::from(*pair as i16), pair >> 16);
            for (sum, weights) in sums.iter_mut().zip(two.0) {
                *sum += low * i32::from(weights[0]) + high * i32::from(weights[1]);
            }
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{PANEL, Panels, Strips, Sums, Two, add_all};

    /// The panels whose weights 512-bit registers hold beside the sums.
    const WIDE: usize = 4;

    /// [`super::add_products`] with 512-bit instructions.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub(super) fn add_products_avx512<const R: usize>(strips: &Strips<R>, weights: &Panels, out: &mut [f32]) {
        add_all(
            strips,
            weights,
            out,
            #[inline(always)]
            |rows, panels: [_; WIDE]| sums_avx512(rows, panels),
            #[inline(always)]
            |rows, panels| sums_avx512(rows, panels),
        );
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn sums_avx512<const R: usize, const P: usize>(rows: &[[i32; R]], panels: [&[Two]; P]) -> Sums<R, P> {
        let panels = panels.map(|panel| &panel[..rows.len()]);
        let mut sums = [[_mm512_setzero_si512(); P]; R];
        for (at, pairs) in rows.iter().enumerate() {
            // SAFETY: a `Two` has the 256 bits that are loaded, on a boundary of as many.
            let load = |panel: &[Two]| unsafe { _mm256_load_si256((&raw const panel[at]).cast()) };
            let weights = panels.map(|panel| _mm512_cvtepi8_epi16(load(panel)));
            for (pair, sums) in pairs.iter().zip(&mut sums) {
                let pair = _mm512_set1_epi32(*pair);
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm512_dpwssd_epi32(*sum, pair, weights);
                }
            }
        }
        let mut all = [[[0; PANEL]; P]; R];
        for (all, sum) in all.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
            // SAFETY: `all` has room for the sixteen numbers.
            unsafe { _mm512_storeu_si512(all.as_mut_ptr().cast(), *sum) };
        }
        all
    }

    /// [`super::add_products`] with 256-bit instructions.
    #[target_feature(enable = "avx2")]
    pub(super) fn add_products_avx2<const R: usize>(strips: &Strips<R>, weights: &Panels, out: &mut [f32]) {
        add_all(
            strips,
            weights,
            out,
            #[inline(always)]
            |rows, panels| sums_avx2(rows, panels),
            #[inline(always)]
            |rows, panels| sums_avx2(rows, panels),
        );
    }

    #[target_feature(enable = "avx2")]
    fn sums_avx2<const R: usize>(rows: &[[i32; R]], [panel]: [&[Two]; 1]) -> Sums<R, 1> {
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for (pairs, two) in rows.iter().zip(panel) {
            let halves = two.0.as_flattened().as_chunks::<PANEL>().0;
            // SAFETY: a half has the 128 bits that are loaded.
            let load = |half: usize| unsafe { _mm_loadu_si128(halves[half].as_ptr().cast()) };
            let weights = [_mm256_cvtepi8_epi16(load(0)), _mm256_cvtepi8_epi16(load(1))];
            for (pair, sums) in pairs.iter().zip(&mut sums) {
                let pair = _mm256_set1_epi32(*pair);
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pair, weights));
                }
            }
        }
        let mut all = [[[0; PANEL]]; R];
        for (all, [low, high]) in all.iter_mut().zip(sums) {
            let (first, last) = all[0].split_at_mut(PANEL / 2);
            // SAFETY: each half has room for eight numbers.
            unsafe {
                _mm256_storeu_si256(first.as_mut_ptr().cast(), low);
                _mm256_storeu_si256(last.as_mut_ptr().cast(), high);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_machine_gets_the_same_products() {
        let noise = |i: usize| (i as u32).wrapping_mul(2_654_435_761) >> 7;
        let (width, count, outer) = (48, 2 * ROWS + 1, 5 * PANEL + 3);
        let numbers: Vec<i16> = (0..count * width).map(|i| noise(i) as i16).collect();
        let rows: Vec<_> = numbers.chunks(width).zip((1..).map(|i| i as f32)).collect();
        let bytes: Vec<u8> = (7..7 + outer * width).map(|i| noise(i) as u8).collect();
        let weights = Panels::new(&bytes.chunks(width).collect::<Vec<_>>(), vec![0.5; outer]);
        let right: Vec<f32> = rows
            .iter()
            .flat_map(|(row, scale)| {
                let product = |weights: &[u8]| -> i32 {
                    row.iter().zip(weights).map(|(x, weight)| i32::from(*x) * i32::from(weight.cast_signed())).sum()
                };
                bytes.chunks(width).map(move |weights| product(weights) as f32 * (0.5 * scale))
            })
            .collect();
        check(&Strips::<ROWS>::new(&rows), &weights, &right);
        check(&Strips::<1>::new(&rows), &weights, &right);
    }

    fn check<const R: usize>(strips: &Strips<R>, weights: &Panels, right: &[f32]) {
        let found = |multiply: &dyn Fn(&mut [f32])| {
            let mut out = vec![0.0; right.len()];
            multiply(&mut out);
            out
        };
        assert_eq!(found(&|out| add_all(strips, weights, out, portable, portable)), right);
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                // SAFETY: the machine has the instructions.
                assert_eq!(found(&|out| unsafe { x86::add_products_avx2(strips, weights, out) }), right);
            }
            if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw") {
                // SAFETY: the machine has the instructions.
                assert_eq!(found(&|out| unsafe { x86::add_products_avx512(strips, weights, out) }), right);
            }
        }
    }
}
