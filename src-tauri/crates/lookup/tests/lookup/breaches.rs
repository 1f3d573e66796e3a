use std::future::{pending, ready};
use std::sync::Arc;

use rekey_lookup::breaches::{Seen, check};
use rekey_lookup::{Error, LookUp, Progress};
use secrecy::SecretString;
use sha1::{Digest as _, Sha1};
use tokio::sync::Barrier;

use crate::support::{Asked, Reply, Server, client, limits, only};

/// Speaks the protocol: what it knows of a range, among rows of others and padding.
fn range(asked: &Asked, known: &[(&str, u64)]) -> Reply {
    assert_eq!(asked.header("add-padding"), Some("true"));
    assert_eq!(asked.host, "api.pwnedpasswords.com");
    let prefix = asked.path.strip_prefix("/range/").unwrap();
    assert!(prefix.len() == 5 && prefix.bytes().all(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(&b)), "{prefix}");
    let mut rows: Vec<_> = (0..800).map(|n| format!("{n:035X}:{}", if n % 3 == 0 { 0 } else { n })).collect();
    for (password, times) in known {
        let hash = hash(password);
        if let Some(suffix) = hash.strip_prefix(prefix) {
            rows.insert(400, format!("{suffix}:{times}"));
        }
    }
    Reply::ok("text/plain", rows.join("\r\n"))
}

fn hash(password: &str) -> String {
    Sha1::digest(password.as_bytes()).iter().map(|byte| format!("{byte:02X}")).collect()
}

fn passwords(texts: &[&str]) -> Vec<SecretString> {
    texts.iter().map(|&text| SecretString::from(text)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_are_found_without_being_told() {
    let known = [("hunter2", 17_000), ("summer in june", 4), ("horse", 300), ("padding", 0)];
    let server = Server::start(move |asked| range(asked, &known)).await;
    let client = client(&server, limits());
    let asked = ["hunter2", "a long one of nobody else's", "summer in june", "hunter2", "horse", "padding"];
    let mut seen = Vec::new();
    let results = check(&client, &only(LookUp::Breaches), &passwords(&asked), |now| seen.push(now), pending()).await;
    use Seen::{Everywhere, Never, Often, Rarely};
    assert_eq!(results.unwrap(), [Everywhere, Never, Rarely, Everywhere, Often, Never].map(Ok));
    assert_eq!(seen.last(), Some(&Progress { done: 6, total: 6 }));
    assert_eq!(server.asked().len(), 5, "a password that occurs twice is asked once");
    for request in server.asked() {
        for password in asked {
            assert!(!request.head.contains(&hash(password).to_lowercase()[5..]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_says_nothing() {
    let server = Server::start(|asked| range(asked, &[])).await;
    let client = client(&server, rekey_lookup::Limits { at_once: 1, ..limits() });
    let many: Vec<_> = (0..40).map(|n| SecretString::from(format!("password {n}"))).collect();
    check(&client, &only(LookUp::Breaches), &many, |_| {}, pending()).await.unwrap();
    let given: Vec<_> = (0..40).map(|n| format!("/range/{}", &hash(&format!("password {n}"))[..5])).collect();
    let asked: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    assert_eq!(sorted(&asked), sorted(&given));
    assert!(asked != given && asked != sorted(&given), "one in 40! runs is an accident");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_host_is_not_asked_too_much_at_once() {
    let two = Arc::new(Barrier::new(2));
    let server = Server::start(move |asked| {
        let Reply::Bytes(bytes) = range(asked, &[]) else { unreachable!() };
        Reply::Together(Arc::clone(&two), bytes)
    })
    .await;
    let client = client(&server, rekey_lookup::Limits { at_once_per_host: 2, ..limits() });
    let many: Vec<_> = (0..12).map(|n| SecretString::from(format!("password {n}"))).collect();
    let results = check(&client, &only(LookUp::Breaches), &many, |_| {}, pending()).await.unwrap();
    assert!(results.iter().all(|result| *result == Ok(Seen::Never)));
    assert_eq!((server.asked().len(), server.most_at_once()), (12, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_none() {
    async fn ask(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Result<Seen, Error> {
        let server = Server::start(move |_| reply()).await;
        let client = client(&server, limits());
        let results = check(&client, &only(LookUp::Breaches), &passwords(&["horse"]), |_| {}, pending()).await;
        results.unwrap().remove(0)
    }
    assert_eq!(ask(Reply::page).await, Err(Error::WebPage));
    assert_eq!(ask(|| Reply::ok("text/plain", "")).await, Err(Error::Malformed));
    assert_eq!(ask(|| Reply::ok("text/plain", "<!doctype html>")).await, Err(Error::Malformed));
    assert_eq!(ask(|| Reply::ok("application/json", "{}")).await, Err(Error::OtherType));
    assert_eq!(ask(|| Reply::status("429 Too Many Requests")).await, Err(Error::Status(429)));
    assert_eq!(ask(|| Reply::redirect("https://example.org/")).await, Err(Error::Redirected));
    let row = format!("{}:2\r\n", "0".repeat(35));
    assert_eq!(ask(move || Reply::ok("text/plain", row.repeat(40_000))).await, Err(Error::TooLarge { limit: 1 << 20 }));
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n";
    assert_eq!(ask(move || Reply::Endless(head.to_owned())).await, Err(Error::TooLarge { limit: 1 << 20 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cancelled_is_not_said_to_be_safe() {
    let server = Server::start(|asked| range(asked, &[])).await;
    let client = client(&server, limits());
    let results = check(&client, &only(LookUp::Breaches), &passwords(&["a", "b"]), |_| {}, ready(())).await;
    assert_eq!(results.unwrap(), [Err(Error::Cancelled), Err(Error::Cancelled)]);
}
