//! A picture of QR codes: a screenshot of what a site or Google Authenticator shows.

mod bitmap;
mod finders;

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageError, ImageFormat, ImageReader};
use zeroize::Zeroizing;

use super::lines::Addresses;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Cost, Import, Part, ProblemCode, ReadError};
use bitmap::Bitmap;

const DAMAGED: ReadError = ReadError::damaged(Part::Structure);

/// The longest side of a picture, in pixels.
const LONGEST: u32 = 10_000;
/// Bytes that a picture may take while it is unpacked.
const BYTES: u64 = 256 << 20;
/// The area that codes are looked for in; larger pictures are made smaller.
const AREA: u64 = 8 << 20;

pub(crate) static SOURCE: Source = Source {
    name: "qr-code",
    product: "QR codes of authenticator apps and sites",
    kind: "PNG, JPEG",
    evidence: Evidence::Documentation,
    reader: Reader::Own { recognises: |sample| kind(sample.bytes).is_some(), lock: |_| Lock::Open, read },
};

fn kind(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(ImageFormat::Jpeg)
    } else {
        None
    }
}

fn read(input: &Input<'_>) -> Result<Import, ReadError> {
    let mut import = Import::new(input.format);
    find(&unpack(input.bytes())?, &mut import)?;
    Ok(import)
}

/// Adds what the codes in a picture set up. One that is seen but cannot be read is a problem.
pub(crate) fn find(picture: &GrayImage, import: &mut Import) -> Result<(), ReadError> {
    let (mut codes, mut refused): (Vec<Code>, _) = (Vec::new(), None);
    // A screenshot has two colours; a photograph is lit unevenly; in the dark, codes are often white on black. One may
    // show what another does not.
    for attempt in [Bitmap::plain, Bitmap::uneven] {
        for dark in [false, true] {
            match seen(&attempt(picture, dark)) {
                Ok(found) => found.into_iter().for_each(|code| code.add_to(&mut codes)),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
    }
    codes.sort_by_key(|code| code.area.top_left());
    let mut addresses = Addresses::new(import);
    let mut is_any = false;
    for text in codes.iter().filter_map(|code| code.text.as_ref()) {
        is_any |= addresses.add(text);
    }
    if !is_any {
        return Err(refused.unwrap_or(ReadError::NoQrCode));
    }
    for code in codes.iter().filter(|code| code.text.is_none()) {
        let (top, left) = code.area.top_left();
        addresses.import.report(format!("QR code at {left}, {top}"), ProblemCode::ItemUnreadable);
    }
    addresses.finish();
    Ok(())
}

/// A code in a picture; without a text where it cannot be read.
struct Code {
    area: Area,
    text: Option<Zeroizing<String>>,
}

impl Code {
    /// Adds it to what was seen, unless it is there already. What cannot be read and lies where another code does is a
    /// part of that one, or of several that were taken for one.
    fn add_to(self, codes: &mut Vec<Code>) {
        let meets = |code: &Code| code.area.meets(&self.area);
        if self.text.is_none() {
            if !codes.iter().any(meets) {
                codes.push(self);
            }
        } else if !codes.iter().any(|code| code.text == self.text) {
            codes.retain(|code| code.text.is_some() || !meets(code));
            codes.push(self);
        }
    }
}

/// Where a code is, in pixels: the rectangle around its corners.
struct Area {
    rows: std::ops::RangeInclusive<i32>,
    columns: std::ops::RangeInclusive<i32>,
}

impl Area {
    fn of(corners: &[rqrr::Point]) -> Self {
        let range = |of: fn(&rqrr::Point) -> i32| {
            let all = || corners.iter().map(of);
            all().min().unwrap_or_default()..=all().max().unwrap_or_default()
        };
        Self { rows: range(|corner| corner.y), columns: range(|corner| corner.x) }
    }

    fn top_left(&self) -> (i32, i32) {
        (*self.rows.start(), *self.columns.start())
    }

    fn meets(&self, other: &Self) -> bool {
        let meet = |a: &std::ops::RangeInclusive<i32>, b: &std::ops::RangeInclusive<i32>| {
            a.start() <= b.end() && b.start() <= a.end()
        };
        meet(&self.rows, &other.rows) && meet(&self.columns, &other.columns)
    }
}

/// Unpacks a picture to shades of grey, not larger than [`AREA`].
pub(crate) fn unpack(bytes: &[u8]) -> Result<GrayImage, ReadError> {
    let mut limits = image::Limits::no_limits();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST), Some(LONGEST));
    limits.max_alloc = Some(BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind(bytes).ok_or(DAMAGED)?);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| match error {
        ImageError::Limits(_) => {
            ReadError::TooCostly { cost: Cost::Inflated, asked: BYTES.saturating_add(1), limit: BYTES }
        }
        _ => DAMAGED,
    })?;
    let grey = on_white(&picture);
    let area = u64::from(grey.width()) * u64::from(grey.height());
    let times = area.div_ceil(AREA).isqrt();
    let times = u32::try_from(if times * times * AREA < area { times + 1 } else { times }).unwrap_or(u32::MAX);
    if times <= 1 {
        return Ok(grey);
    }
    let (width, height) = ((grey.width() / times).max(1), (grey.height() / times).max(1));
    Ok(image::imageops::thumbnail(&grey, width, height))
}

/// What is transparent is white: codes are often black on nothing.
fn on_white(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let picture = picture.to_luma_alpha8();
    let pixels = picture.pixels().map(|pixel| {
        let [grey, alpha] = pixel.0.map(u32::from);
        u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    });
    GrayImage::from_raw(picture.width(), picture.height(), pixels.collect()).unwrap_or_default()
}

/// The codes in a picture.
fn seen(bitmap: &Bitmap) -> Result<Vec<Code>, ReadError> {
    finders::check(bitmap)?;
    let decode = || {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_bitmap(bitmap.width, bitmap.height, |x, y| bitmap.is_black(x, y));
        let code = |grid: &rqrr::Grid<_>| Code {
            area: Area::of(&grid.bounds),
            text: grid.decode().ok().map(|(_, text)| Zeroizing::new(text)),
        };
        prepared.detect_grids().iter().map(code).collect()
    };
    // What it cannot make sense of it gives up with a panic here and there; then there is no code to be read.
    Ok(std::panic::catch_unwind(std::panic::AssertUnwindSafe(decode)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts that are left of codes at a column, and at which columns others are.
    fn check(seen: &[(i32, Option<&str>)], expect: (&[&str], &[i32])) {
        let mut codes = Vec::new();
        for (left, text) in seen {
            let area = Area { rows: 0..=9, columns: *left..=left + 9 };
            Code { area, text: text.map(|text| Zeroizing::new(text.to_owned())) }.add_to(&mut codes);
        }
        let texts: Vec<_> = codes.iter().filter_map(|code| code.text.as_ref()).map(|text| text.as_str()).collect();
        let others: Vec<_> =
            codes.iter().filter(|code| code.text.is_none()).map(|code| code.area.top_left().1).collect();
        assert_eq!((texts.as_slice(), others.as_slice()), expect, "{seen:?}");
    }

    #[test]
    fn what_several_attempts_see_is_one_picture() {
        check(&[(0, Some("a")), (0, Some("a"))], (&["a"], &[]));
        check(&[(0, None), (1, Some("a"))], (&["a"], &[]));
        check(&[(0, Some("a")), (1, None)], (&["a"], &[]));
        check(&[(0, Some("a")), (20, None), (21, None)], (&["a"], &[20]));
        check(&[(0, None), (20, Some("b")), (0, Some("a"))], (&["b", "a"], &[]));
    }
}
