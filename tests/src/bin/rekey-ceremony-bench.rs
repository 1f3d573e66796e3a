//! How long ceremonies take: the program behind `cargo xtask bench webauthn`.

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    rekey_tests::ceremony_bench::bench().await
}
