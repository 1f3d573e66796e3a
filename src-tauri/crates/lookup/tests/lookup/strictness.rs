//! What the client refuses, seen through one question to one site.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rekey_lookup::ask::{ChangePassword, Passkeys, Question, ask_all};
use rekey_lookup::{Client, Limits, LookUp};

use crate::support::{Asked, Reply, Server, client, client_with_names, limits, only};

/// What comes of asking example.com: the passkeys' outcome or error, and the same of the password.
async fn ask(client: &Client) -> (String, String) {
    let question = Question { domain: "example.com".to_owned(), rp_ids: Vec::new(), sign_in: None };
    let answers = ask_all(client, &only(LookUp::AskSites), vec![question], |_| {}, pending()).await.unwrap();
    let passkeys = match &answers[0].passkeys {
        Passkeys::Failed(error) => error.code(),
        other => other.name(),
    };
    let change_password = match &answers[0].change_password {
        ChangePassword::At(url) => url.as_str(),
        ChangePassword::NotSaid => "not-said",
        ChangePassword::Failed(error) => error.code(),
    };
    (passkeys.to_owned(), change_password.to_owned())
}

fn is_endpoints(asked: &Asked) -> bool {
    asked.path == "/.well-known/passkey-endpoints"
}

fn is_nowhere(asked: &Asked) -> bool {
    asked.path == "/.well-known/resource-that-should-not-exist-whose-status-code-should-not-be-200"
}

/// What is said of passkeys where the server answers so.
async fn check(reply: impl Fn() -> Reply + Send + Sync + 'static, expect: &str) -> Server {
    check_within(limits(), reply, expect).await
}

async fn check_within(limits: Limits, reply: impl Fn() -> Reply + Send + Sync + 'static, expect: &str) -> Server {
    let server = Server::start(move |asked| if is_endpoints(asked) { reply() } else { Reply::not_found() }).await;
    assert_eq!(ask(&client(&server, limits)).await.0, expect);
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_none() {
    let json = "application/json";
    check(|| Reply::ok(json, "{}"), "supports-without-links").await;
    check(|| Reply::ok("application/json; charset=utf-8", "{}"), "supports-without-links").await;
    check(|| Reply::ok(json, r#"{"enroll":"https://example.com/add"}"#), "supports").await;
    check(|| Reply::ok("text/plain", "{}"), "other_type").await;
    check(|| Reply::full("200 OK", "", "{}"), "other_type").await;
    check(Reply::page, "web_page").await;
    check(|| Reply::ok(json, "<!doctype html>"), "malformed").await;
    check(|| Reply::ok(json, "[".repeat(60_000)), "malformed").await;
    check(|| Reply::ok(json, "{\"enroll\":".repeat(6_000)), "malformed").await;
    check(|| Reply::full("203 Other", "content-type: application/json\r\n", "{}"), "status").await;
    check(|| Reply::status("403 Forbidden"), "status").await;
    check(|| Reply::status("500 Oops"), "status").await;
    check(|| Reply::status("304 Not Modified"), "status").await;
    check(|| Reply::status("410 Gone"), "not-said").await;
    check(|| Reply::redirect("/elsewhere"), "not-said").await;
    check(|| Reply::Cut(b"SSH-2.0-OpenSSH\r\n".to_vec()), "not_http").await;
    check(|| Reply::Cut(Vec::new()), "cut_off").await;
    let cut = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{\"enroll\":";
    check(|| Reply::Cut(cut.to_vec()), "cut_off").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_given_up_early() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let stated = format!("{head}content-length: {}\r\n\r\n", 10_u64 << 30);
    let server = check(move || Reply::Endless(stated.clone()), "too_large").await;
    assert!(server.sent() < 64 << 20);
    let unstated = format!("{head}\r\n");
    let server = check(move || Reply::Endless(unstated.clone()), "too_large").await;
    assert!(server.sent() < 64 << 20, "of ten gigabytes {} bytes were sent", server.sent());
    let headers = (0..5000).map(|n| format!("x-{n}: {n}\r\n")).collect::<String>();
    check(move || Reply::full("200 OK", &headers, "{}"), "not_http").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_decompressed() {
    use std::io::Write as _;
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b' '; 32 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    let headers = "content-type: application/json\r\ncontent-encoding: gzip\r\n";
    let server = check(move || Reply::full("200 OK", headers, &bomb), "encoded").await;
    assert!(server.asked().iter().all(|asked| asked.header("accept-encoding").is_none()));
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_stall() {
    let short = Duration::from_millis(300);
    let limits =
        || Limits { connect: short, read: short, whole: Duration::from_secs(20), at_once_per_host: 1, ..limits() };
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let begun = Instant::now();
    check_within(limits(), || Reply::Stall(String::new()), "stalled").await;
    check_within(limits(), move || Reply::Stall(head.to_owned()), "stalled").await;
    check_within(limits(), move || Reply::Stall(format!("{head}\r\n{{")), "stalled").await;
    assert!(begun.elapsed() < Duration::from_secs(15));
    // Never long enough to stall, and never at its end.
    let trickle = move || Reply::Trickle(format!("{head}\r\n"), Duration::from_millis(20));
    let limits = Limits { whole: Duration::from_secs(2), ..crate::support::limits() };
    check_within(limits, trickle, "too_slow").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_never_says_a_word_is_given_up() {
    // Connections are accepted by the system and never taken up.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let server = Server::start(|_| Reply::not_found()).await;
    let transport = rekey_lookup::TestTransport::new(&server.root, vec![address], move |_| vec![address]);
    let limits = Limits { connect: Duration::from_millis(300), ..limits() };
    assert_eq!(ask(&Client::for_tests(limits, transport).unwrap()).await.0, "connect_timeout");
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_stay_within_the_site() {
    async fn check(to: &'static str, expect: &str) {
        let server = Server::start(move |asked| match asked.path.as_str() {
            "/.well-known/change-password" => Reply::redirect(to),
            _ => Reply::not_found(),
        })
        .await;
        assert_eq!(ask(&client(&server, limits())).await.1, expect, "{to}");
        assert!(server.asked().iter().all(|asked| asked.host.ends_with("example.com")), "{:?}", server.addresses());
    }
    check("/settings/password", "https://example.com/settings/password").await;
    check("https://id.example.com/password", "https://id.example.com/password").await;
    check("http://example.com/password", "redirected_insecurely").await;
    check("https://example.com:8443/password", "redirected_insecurely").await;
    check("ftp://example.com/password", "redirected_insecurely").await;
    check("javascript:alert(1)", "redirected_insecurely").await;
    check("https://me:pw@example.com/", "redirected_insecurely").await;
    check("https://example.org/password", "redirected_elsewhere").await;
    check("https://example.com.evil.org/", "redirected_elsewhere").await;
    check("//example.org/", "redirected_elsewhere").await;
    check("https://127.0.0.1/", "redirected_elsewhere").await;
    check("https://[::ffff:10.0.0.1]/", "redirected_elsewhere").await;
    check("https://router.lan/", "redirected_elsewhere").await;
    check("https://localhost/", "redirected_elsewhere").await;
    check("https://", "malformed").await;
    check("", "too_many_redirects").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_redirects_are_not_followed() {
    let server = Server::start(|asked| {
        let number = |text: &str| text.strip_prefix("/.well-known/change-password?")?.parse::<u32>().ok();
        match asked.path.as_str() {
            path if path.starts_with("/.well-known/change-password") => {
                let next = number(path).unwrap_or(0) + 1;
                if next > 300 {
                    Reply::page()
                } else {
                    Reply::redirect(&format!("/.well-known/change-password?{next}"))
                }
            }
            _ => Reply::not_found(),
        }
    })
    .await;
    assert_eq!(ask(&client(&server, limits())).await.1, "too_many_redirects");
    let nowhere = Server::start(|asked| match asked.path.as_str() {
        "/.well-known/change-password" => Reply::redirect("/password"),
        path => Reply::redirect(&format!("{path}x")),
    })
    .await;
    assert_eq!(ask(&client(&nowhere, limits())).await.1, "not-said", "whoever leads everything on says nothing");
    assert!(server.asked().len() + nowhere.asked().len() < 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_lead_into_the_own_network_are_not_connected_to() {
    let server = Server::start(|_| Reply::ok("application/json", "{}")).await;
    for private in
        ["127.0.0.1", "10.0.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "::1", "fd00::1", "::ffff:127.0.0.1"]
    {
        // The port is the server's, which is let through under its own address only.
        let address =
            SocketAddr::new(private.parse().unwrap(), if private == "127.0.0.1" { 1 } else { server.address.port() });
        let client = client_with_names(&server, limits(), move |_| vec![address]);
        assert_eq!(ask(&client).await, ("refused_address".to_owned(), "refused_address".to_owned()), "{private}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_changes_its_mind_gains_nothing() {
    // The first look-up has a good address among the bad; those after it have none.
    let server = Server::start(|asked| {
        if is_nowhere(asked) {
            return Reply::not_found();
        }
        Reply::full("200 OK", "content-type: application/json\r\nconnection: close\r\n", "{}")
    })
    .await;
    let (address, asked) = (server.address, AtomicUsize::new(0));
    let inside = "192.168.1.1:443".parse().unwrap();
    let names =
        move |_: &str| if asked.fetch_add(1, Ordering::SeqCst) == 0 { vec![inside, address] } else { vec![inside] };
    let client = client_with_names(&server, Limits { at_once: 1, ..limits() }, names);
    let (passkeys, change_password) = ask(&client).await;
    assert_eq!((passkeys.as_str(), change_password.as_str()), ("refused_address", "refused_address"));
    assert_eq!(server.addresses(), ["example.com/.well-known/passkey-endpoints"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_the_site_is_not_believed() {
    async fn check(named: &'static str, expect: &str) {
        let server = Server::with_certificates(|_| Reply::page(), move |_| named.to_owned()).await;
        assert_eq!(ask(&client(&server, limits())).await.0, expect, "{named}");
        assert_eq!(server.asked().len(), 0, "nothing is said to it");
    }
    check("portal.hotel.org", "certificate_of_another_name").await;
    check("expired", "certificate_not_valid_now").await;
    let server = Server::start(|_| Reply::page()).await;
    let other = Server::start(|_| Reply::page()).await;
    let address = server.address;
    let transport = rekey_lookup::TestTransport::new(&other.root, vec![address], move |_| vec![address]);
    assert_eq!(ask(&Client::for_tests(limits(), transport).unwrap()).await.0, "certificate_untrusted");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_that_is_what_it_says() {
    let server = Server::start(|_| Reply::page()).await;
    let client = client_with_names(&server, limits(), |_| Vec::new());
    assert_eq!(ask(&client).await.0, "no_such_name");
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let transport = rekey_lookup::TestTransport::new(&server.root, vec![closed], move |_| vec![closed]);
    assert_eq!(ask(&Client::for_tests(limits(), transport).unwrap()).await.0, "unreachable");
}
