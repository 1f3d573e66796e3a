use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex};

use rekey_lookup::{LookUp, breaches};
use secrecy::SecretString;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{Reply, Server, client, limits, only};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Everything that this crate and those below it write, at the highest level.
#[tokio::test(flavor = "multi_thread")]
async fn no_log_holds_a_password_or_a_part_of_its_hash() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .init();
    let server = Server::start(|_| Reply::ok("text/plain", format!("{}:1", "0".repeat(35)))).await;
    let client = client(&server, limits());
    // Its hash begins with letters, so that no number of a log is mistaken for it.
    let password = SecretString::from("summer of 1915");
    let results = breaches::check(&client, &only(LookUp::Breaches), &[password], |_| {}, pending()).await.unwrap();
    assert_eq!(results, [Ok(breaches::Seen::Never)]);
    let path = server.asked()[0].path.clone();
    let prefix = path.strip_prefix("/range/").unwrap();
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("api.pwnedpasswords.com"), "the log is not empty");
    assert!(!log.contains("summer of 1915") && !log.contains(&format!("/range/{prefix}")));
}
