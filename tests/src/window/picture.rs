use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat};

/// How often the screen is looked at, at most, until it rests; something may move all the time.
const LOOKS: u32 = 20;
const PACE: Duration = Duration::from_millis(80);

/// Saves the whole screen of a display as a PNG file, once two looks at it are the same.
pub fn picture(display: &str, file: &Path) -> Result<()> {
    let (connection, screen) = x11rb::connect(Some(display))?;
    let screen = connection.setup().roots.get(screen).context("the display has no screen")?;
    let (width, height) = (screen.width_in_pixels, screen.height_in_pixels);
    let look = || -> Result<Vec<u8>> {
        let image = connection.get_image(ImageFormat::Z_PIXMAP, screen.root, 0, 0, width, height, u32::MAX)?;
        Ok(image.reply()?.data)
    };
    let mut data = look()?;
    for _ in 0..LOOKS {
        std::thread::sleep(PACE);
        let before = std::mem::replace(&mut data, look()?);
        if before == data {
            break;
        }
    }
    // Four bytes a pixel: blue, green, red and nothing.
    let pixels: Vec<u8> = data
        .chunks_exact(4)
        .flat_map(|pixel| [pixel.get(2), pixel.get(1), pixel.first()].map(|byte| byte.copied().unwrap_or(0)))
        .collect();
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(file)?), width.into(), height.into());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(())
}
