//! The site on a real port.

use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{Config, Difficulty, Error, PracticeSite, Seed};

/// Sends bytes and reads until the server closes.
async fn exchange(host: &str, port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect((host, port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A connection that breaks off has answered with what came until then.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

fn get(port: u16, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn it_starts_answers_and_stops() {
    let site = PracticeSite::start(Config::default()).await.unwrap();
    let port = site.port();
    assert_eq!(site.url().as_str(), format!("http://localhost:{port}/"));
    let answer = exchange("localhost", port, &get(port, "/")).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    let second = PracticeSite::start(Config { port, ..Config::default() }).await;
    assert!(matches!(second, Err(Error::Listen { port: taken, .. }) if taken == port));
    site.stop().await;
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_err());
}

#[tokio::test]
async fn the_connection_breaks_off_after_the_right_password() {
    let accounts = Seed::practice(1);
    let password = accounts[0].password.clone();
    let difficulties = vec![Difficulty::DropConnectionAfterPassword];
    let site = PracticeSite::start(Config { accounts, difficulties, ..Config::default() }).await.unwrap();
    let port = site.port();
    let page = exchange("127.0.0.1", port, &get(port, "/login")).await;
    let between = |from: &str, to: &str| page.split_once(from).unwrap().1.split_once(to).unwrap().0.to_owned();
    let (cookie, token) = (between("set-cookie: ", ";"), between("name=\"csrf-token\" content=\"", "\""));
    let post = |password: &str| {
        let body = format!("csrf_token={token}&username=alma&password={password}");
        format!(
            "POST /login HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    assert!(exchange("127.0.0.1", port, &post("wrong")).await.starts_with("HTTP/1.1 200 OK"));
    assert_eq!(exchange("127.0.0.1", port, &post(password.expose_secret())).await, "");
    site.stop().await;
}

#[tokio::test]
async fn accounts_that_cannot_be_are_named() {
    let twice = vec![Seed::practice(1).remove(0), Seed { user_name: "ALMA".into(), ..Seed::practice(1).remove(0) }];
    let error = PracticeSite::start(Config { accounts: twice, ..Config::default() }).await.err().unwrap();
    assert_eq!(error.to_string(), "two accounts have the user name ALMA");
    let bad = Seed { totp: Some(SecretString::from("not base32!")), ..Seed::practice(1).remove(0) };
    let error = PracticeSite::start(Config { accounts: vec![bad], ..Config::default() }).await.err().unwrap();
    assert_eq!(error.to_string(), "the TOTP secret of alma is not base32");
}
