use image::GrayImage;

/// A picture in black and white.
pub(super) struct Bitmap {
    pub width: usize,
    pub height: usize,
    black: Vec<bool>,
}

impl Bitmap {
    /// Splits the shades of a picture in two, where they part best (Otsu's method); `dark` takes the light for the ink.
    pub(super) fn plain(picture: &GrayImage, dark: bool) -> Self {
        let mut counts = [0u64; 256];
        for shade in picture.as_raw() {
            if let Some(count) = counts.get_mut(usize::from(*shade)) {
                *count += 1;
            }
        }
        let threshold = between(&counts);
        Self::of(picture, |_, shade| (shade <= threshold) != dark)
    }

    /// Compares every pixel with its surroundings, an eighth of the picture.
    pub(super) fn uneven(picture: &GrayImage, dark: bool) -> Self {
        let (width, height) = size(picture);
        // Sums of everything above and to the left, a column and a row of zeros in front.
        let stride = width + 1;
        let mut sums = vec![0u64; stride * (height + 1)];
        let mut row_sum = 0u64;
        for (at, shade) in picture.as_raw().iter().enumerate() {
            let (x, y) = (at % width, at / width);
            row_sum = if x == 0 { 0 } else { row_sum } + u64::from(*shade);
            let above = sums.get(y * stride + x + 1).copied().unwrap_or_default();
            if let Some(sum) = sums.get_mut((y + 1) * stride + x + 1) {
                *sum = above + row_sum;
            }
        }
        let sum = |x: usize, y: usize| sums.get(y * stride + x).copied().unwrap_or_default();
        let reach = (width.max(height) / 16).max(4);
        Self::of(picture, |at, shade| {
            let (x, y) = (at % width, at / width);
            let (left, top) = (x.saturating_sub(reach), y.saturating_sub(reach));
            let (right, bottom) = ((x + reach).min(width), (y + reach).min(height));
            let area = u64::try_from((right - left) * (bottom - top)).unwrap_or(1);
            let total = (sum(right, bottom) + sum(left, top)).saturating_sub(sum(right, top) + sum(left, bottom));
            let shade = u64::from(shade) * area;
            if dark { shade * 100 > total * 110 } else { shade * 100 < total * 90 }
        })
    }

    fn of(picture: &GrayImage, is_black: impl Fn(usize, u8) -> bool) -> Self {
        let (width, height) = size(picture);
        let black = picture.as_raw().iter().enumerate().map(|(at, shade)| is_black(at, *shade)).collect();
        Self { width, height, black }
    }

    pub(super) fn is_black(&self, x: usize, y: usize) -> bool {
        self.black.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// The rows from the top down.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.black.chunks(self.width.max(1))
    }
}

fn size(picture: &GrayImage) -> (usize, usize) {
    let number = |side: u32| usize::try_from(side).unwrap_or_default();
    (number(picture.width()), number(picture.height()))
}

/// The last shade of the darker ones.
fn between(counts: &[u64; 256]) -> u8 {
    let weigh = |counts: &[u64]| (0u64..).zip(counts).map(|(shade, count)| shade * count).sum::<u64>();
    let (total, weight) = (counts.iter().sum::<u64>(), weigh(counts));
    let (mut dark, mut dark_weight) = (0u64, 0u64);
    let (mut best, mut threshold) = (-1f64, 0u8);
    for (shade, count) in (0u8..=255).zip(counts) {
        dark += count;
        dark_weight += u64::from(shade) * count;
        let light = total - dark;
        if dark > 0 && light > 0 {
            let mean = |weight: u64, count: u64| to_f64(weight) / to_f64(count);
            let apart = mean(weight - dark_weight, light) - mean(dark_weight, dark);
            let variance = to_f64(dark) * to_f64(light) * apart * apart;
            if variance > best {
                (best, threshold) = (variance, shade);
            }
        }
    }
    threshold
}

/// Exact for all that occurs: no picture has 2^53 shades in sum.
#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
fn to_f64(number: u64) -> f64 {
    number as f64
}
