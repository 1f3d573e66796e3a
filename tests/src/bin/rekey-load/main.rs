//! Puts load on the practice site: the program behind `cargo xtask bench relying-party`.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    rekey_tests::load::bench().await
}
