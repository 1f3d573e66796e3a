//! A window with a line of text and nothing else: what `cargo xtask bench window` measures Rekey's beside.

use tauri::http::Response;
use tauri::{Builder, WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let mut context = tauri::generate_context!();
    context.config_mut().app.windows.clear();
    Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            Response::builder()
                .header("content-type", "text/html")
                .body(b"<!doctype html><p>Empty".to_vec())
                .unwrap_or_default()
        })
        .setup(|app| {
            let page = WebviewUrl::CustomProtocol("empty://localhost".parse()?);
            WebviewWindowBuilder::new(app, "main", page).inner_size(1100.0, 760.0).build()?;
            Ok(())
        })
        .run(context)
}
