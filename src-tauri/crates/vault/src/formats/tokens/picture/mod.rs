//! A picture of QR codes: a screenshot of what a site or Google Authenticator shows.

mod bitmap;
mod finders;

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageError, ImageFormat, ImageReader};
use zeroize::Zeroizing;

use super::lines::Addresses;
use crate::format::{Evidence, Lock, Reader, Source};
use crate::formats::Input;
use crate::{Cost, Import, Part, ReadError};
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

/// Adds what the codes in a picture set up.
pub(crate) fn find(picture: &GrayImage, import: &mut Import) -> Result<(), ReadError> {
    let mut addresses = Addresses::new(import);
    let mut any = false;
    // A screenshot has two colours; a photograph is lit unevenly; in the dark, codes are often white on black.
    for attempt in [Bitmap::plain, Bitmap::uneven] {
        for dark in [false, true] {
            for text in texts(&attempt(picture, dark))? {
                any |= addresses.add(&text);
            }
            if any {
                addresses.finish();
                return Ok(());
            }
        }
    }
    Err(ReadError::NoQrCode)
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

/// The texts of the codes in a picture, from the top down.
fn texts(bitmap: &Bitmap) -> Result<Vec<Zeroizing<String>>, ReadError> {
    finders::check(bitmap)?;
    let decode = || {
        let mut prepared =
            rqrr::PreparedImage::prepare_from_bitmap(bitmap.width, bitmap.height, |x, y| bitmap.is_black(x, y));
        let mut grids = prepared.detect_grids();
        grids.sort_by_key(|grid| grid.bounds.iter().map(|corner| (corner.y, corner.x)).min());
        grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| Zeroizing::new(text)).collect()
    };
    // What it cannot make sense of it gives up with a panic here and there; then there is no code to be read.
    Ok(std::panic::catch_unwind(std::panic::AssertUnwindSafe(decode)).unwrap_or_default())
}
