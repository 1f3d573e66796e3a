use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use rekey_lookup::refresh::{
    Kept, List, Listing, PublisherKey, RefreshError, Refreshed, Role, SignatureError, refresh,
};
use rekey_lookup::{Client, Error, LookUp};

use crate::support::{Publisher, Reply, Server, client, limits, only};

const FIRST: &str = r#"{"a.example.com": {"passwordless": "allowed"}}"#;
const SECOND: &str = r#"{"a.example.com": {"passwordless": "allowed"}, "example.net": {"mfa": "required"}}"#;

fn day(number: i64) -> Timestamp {
    Timestamp::from_second(1_900_000_000 + number * 86_400).unwrap()
}

fn domains(listing: &Listing) -> Vec<&str> {
    listing.sites.iter().map(|site| site.domain.as_str()).collect()
}

fn signed(message: Vec<u8>, etag: &str) -> Reply {
    Reply::full("200 OK", &format!("content-type: application/pgp-signature\r\netag: {etag}\r\n"), message)
}

/// A server whose answer a test changes, its publisher, and a folder.
struct Lab {
    publisher: Publisher,
    reply: Arc<Mutex<Box<dyn Fn() -> Reply + Send>>>,
    server: Server,
    client: Client,
    folder: tempfile::TempDir,
}

impl Lab {
    async fn new() -> Self {
        let reply: Arc<Mutex<Box<dyn Fn() -> Reply + Send>>> = Arc::new(Mutex::new(Box::new(Reply::not_found)));
        let current = Arc::clone(&reply);
        let server = Server::start(move |_| (current.lock().unwrap())()).await;
        let client = client(&server, limits());
        Self { publisher: Publisher::new(7), reply, server, client, folder: tempfile::tempdir().unwrap() }
    }

    fn answer(&self, reply: impl Fn() -> Reply + Send + 'static) {
        *self.reply.lock().unwrap() = Box::new(reply);
    }

    fn kept(&self) -> Kept {
        Kept::new(self.folder.path().join("lists"), List::Supported, self.publisher.public())
    }

    async fn refresh(&self, now: Timestamp) -> Result<Refreshed, RefreshError> {
        refresh(&self.client, &only(LookUp::Refresh), &self.kept(), now).await
    }

    /// The list that a test begins with, of day 0.
    async fn first(&mut self) {
        let message = self.publisher.sign_at(FIRST, 1_800_000_000);
        self.answer(move || signed(message.clone(), "\"one\""));
        assert!(matches!(self.refresh(day(0)).await, Ok(Refreshed::New(_))));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_fetched_kept_and_asked_for_again_after_a_day() {
    let mut lab = Lab::new().await;
    assert_eq!(lab.kept().read(), Ok(None));
    lab.first().await;
    assert_eq!(lab.server.addresses(), ["passkeys-api.2fa.directory/v1/supported.json.sig"]);
    assert_eq!(lab.server.asked()[0].header("if-none-match"), None);
    let listing = lab.kept().read().unwrap().unwrap();
    assert_eq!(domains(&listing), ["a.example.com"]);
    assert_eq!((listing.signed.as_second(), listing.fetched, listing.checked), (1_800_000_000, day(0), day(0)));

    // Within the day nobody is asked.
    let later = day(1) - jiff::SignedDuration::from_secs(1);
    assert_eq!(lab.refresh(later).await, Ok(Refreshed::NotDue(listing.clone())));
    assert_eq!(lab.server.asked().len(), 1);

    // After it, with the tag; what has not changed stays, and is good for another day.
    lab.answer(|| Reply::full("304 Not Modified", "etag: \"one\"\r\n", ""));
    let unchanged = Listing { checked: day(1), ..listing };
    assert_eq!(lab.refresh(day(1)).await, Ok(Refreshed::Unchanged(unchanged.clone())));
    assert_eq!(lab.server.asked()[1].header("if-none-match"), Some("\"one\""));
    assert_eq!(lab.kept().read(), Ok(Some(unchanged.clone())));
    assert_eq!(lab.refresh(day(1)).await, Ok(Refreshed::NotDue(unchanged)));

    // What has changed is there.
    let message = lab.publisher.sign_at(SECOND, 1_800_100_000);
    lab.answer(move || signed(message.clone(), "\"two\""));
    let Ok(Refreshed::New(listing)) = lab.refresh(day(2)).await else { panic!("no new list") };
    assert_eq!(domains(&listing), ["a.example.com", "example.net"]);
    assert_eq!(listing.sites[1].role, Role::SecondFactor);
    assert_eq!(lab.kept().read(), Ok(Some(listing)));
    assert_eq!(fs::read_dir(lab.folder.path().join("lists")).unwrap().count(), 1, "nothing else is left behind");

    // A clock that was ahead does not put off the next refresh for ever.
    lab.answer(|| Reply::full("304 Not Modified", "", ""));
    assert!(matches!(lab.refresh(day(-5)).await, Ok(Refreshed::Unchanged(_))));
    lab.kept().forget().unwrap();
    assert_eq!(lab.kept().read(), Ok(None));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_short_plain_tag_is_sent_back() {
    let long = |length: usize| format!("\"{}\"", "a".repeat(length - 2));
    for (tag, is_sent) in [
        ("W/\"66d0f1a2-1a2b\"".to_owned(), true),
        (long(64), true),
        (long(65), false),
        ("\"one two\"".to_owned(), false),
        ("\"caf\u{e9}\"".to_owned(), false),
    ] {
        let mut lab = Lab::new().await;
        let message = lab.publisher.sign_at(FIRST, 1_800_000_000);
        let sent = tag.clone();
        lab.answer(move || signed(message.clone(), &sent));
        lab.refresh(day(0)).await.unwrap();
        lab.refresh(day(1)).await.unwrap();
        let header = lab.server.asked()[1].header("if-none-match").map(str::to_owned);
        assert_eq!(header, is_sent.then(|| tag.to_lowercase()), "{tag}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_goes_wrong_the_old_list_stays() {
    let mut lab = Lab::new().await;
    lab.first().await;
    let old = lab.kept().read().unwrap();
    let good = lab.publisher.sign_at(SECOND, 1_800_100_000);

    async fn check(lab: &Lab, old: &Option<Listing>, reply: impl Fn() -> Reply + Send + 'static, expect: RefreshError) {
        lab.answer(reply);
        assert_eq!(lab.refresh(day(3)).await, Err(expect.clone()));
        assert_eq!(&lab.kept().read().unwrap(), old, "{expect:?}");
    }
    let of_request = RefreshError::Request;
    check(&lab, &old, Reply::not_found, of_request(Error::NotFound)).await;
    check(&lab, &old, Reply::page, of_request(Error::WebPage)).await;
    check(&lab, &old, || Reply::status("503 Busy"), of_request(Error::Status(503))).await;
    check(&lab, &old, || Reply::redirect("/v2/supported.json.sig"), of_request(Error::Redirected)).await;
    check(&lab, &old, || Reply::redirect("http://127.0.0.1/"), of_request(Error::Redirected)).await;
    let endless = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n\r\n";
    check(&lab, &old, || Reply::Endless(endless.to_owned()), of_request(Error::TooLarge { limit: 4 << 20 })).await;
    let whole = Reply::full("200 OK", "", &good);
    let Reply::Bytes(mut cut) = whole else { unreachable!() };
    cut.truncate(cut.len() - 10);
    check(&lab, &old, move || Reply::Cut(cut.clone()), of_request(Error::CutOff)).await;

    let message = |bytes: &[u8]| {
        let bytes = bytes.to_vec();
        move || signed(bytes.clone(), "\"x\"")
    };
    let of_signature = RefreshError::Signature;
    check(&lab, &old, message(b""), of_signature(SignatureError::NotSigned)).await;
    check(&lab, &old, message(SECOND.as_bytes()), of_signature(SignatureError::NotSigned)).await;
    check(&lab, &old, message(&good[..good.len() / 2]), of_signature(SignatureError::NotSigned)).await;
    let tampered = lie(&good, b"example.net", b"example.org");
    check(&lab, &old, message(&tampered), of_signature(SignatureError::Wrong)).await;
    let other = Publisher::new(8).sign(SECOND);
    check(&lab, &old, message(&other), of_signature(SignatureError::OtherKey)).await;
    let twice = lab.publisher.sign_twice(SECOND);
    check(&lab, &old, message(&twice), of_signature(SignatureError::NotSigned)).await;
    let bomb = lab.publisher.sign(vec![b' '; 40 << 20]);
    assert!(bomb.len() < 1 << 20);
    check(&lab, &old, message(&bomb), of_signature(SignatureError::TooLarge)).await;

    let page = lab.publisher.sign("<!doctype html>");
    check(&lab, &old, message(&page), RefreshError::Malformed).await;
    let deep = lab.publisher.sign("{\"a\":".repeat(200_000));
    check(&lab, &old, message(&deep), RefreshError::Malformed).await;
    let empty = lab.publisher.sign("{}");
    check(&lab, &old, message(&empty), RefreshError::Empty).await;
    let useless = lab.publisher.sign(r#"{"localhost": {"mfa": "allowed"}}"#);
    check(&lab, &old, message(&useless), RefreshError::Empty).await;
    let older = lab.publisher.sign_at(SECOND, 1_700_000_000);
    check(&lab, &old, message(&older), RefreshError::Older).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_in_between_changes_nothing() {
    let mut lab = Lab::new().await;
    lab.first().await;
    let old = lab.kept().read().unwrap();
    let portal = Server::with_certificates(|_| Reply::page(), |_| "portal.hotel.org".to_owned()).await;
    let client = client(&portal, limits());
    let error = refresh(&client, &only(LookUp::Refresh), &lab.kept(), day(9)).await.unwrap_err();
    assert_eq!(error.code(), "certificate_of_another_name");
    assert_eq!(lab.kept().read().unwrap(), old);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_checked_when_it_is_read() {
    let mut lab = Lab::new().await;
    lab.first().await;
    let path = lab.folder.path().join("lists/passkeys-supported.list");
    let whole = fs::read(&path).unwrap();

    let changed = lie(&whole, b"a.example.com", b"b.example.com");
    fs::write(&path, &changed).unwrap();
    assert_eq!(lab.kept().read(), Err(RefreshError::Signature(SignatureError::Wrong)));
    let stranger = Kept::new(lab.folder.path().join("lists"), List::Supported, Publisher::new(8).public());
    fs::write(&path, &whole).unwrap();
    assert_eq!(stranger.read(), Err(RefreshError::Signature(SignatureError::OtherKey)));
    for broken in [&b""[..], b"{}", b"{}\n", b"\n\n", &whole[..whole.len() - 20], &[b'x'; 5000]] {
        fs::write(&path, broken).unwrap();
        assert!(lab.kept().read().is_err(), "{:?}", broken.len());
    }
    // Then there is nothing to compare with: it is fetched as if for the first time.
    assert!(matches!(lab.refresh(day(0)).await, Ok(Refreshed::New(_))));
    assert_eq!(lab.server.asked().last().unwrap().header("if-none-match"), None);
    assert_eq!(domains(&lab.kept().read().unwrap().unwrap()), ["a.example.com"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_written_is_said() {
    let mut lab = Lab::new().await;
    let message = lab.publisher.sign(FIRST);
    lab.answer(move || signed(message.clone(), "\"one\""));
    fs::write(lab.folder.path().join("lists"), "a file where the folder should be").unwrap();
    assert!(matches!(lab.refresh(day(0)).await, Err(RefreshError::Folder(_))));
}

/// What gpg itself made with `--sign`, as the publisher does: compressed, of a length that is not stated.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_gpg_is_read() {
    let key = PublisherKey::read(&of_gpg("publisher.gpg")).unwrap();
    assert_eq!(key.fingerprint(), "08161CFB385F5047AC9D4FDA46459E678230952F");
    let message = of_gpg("supported.json.sig");
    let server = Server::start(move |_| signed(message.clone(), "W/\"gpg\"")).await;
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path(), List::Supported, key);
    let refreshed = refresh(&client(&server, limits()), &only(LookUp::Refresh), &kept, day(0)).await.unwrap();
    let Refreshed::New(listing) = refreshed else { panic!("not new") };
    assert_eq!(domains(&listing), ["login.example.com", "example.net", "example.org"]);
    assert_eq!(listing.signed, "2026-11-27T13:22:48Z".parse().unwrap());
    let roles: Vec<_> = listing.sites.iter().map(|site| site.role).collect();
    assert_eq!(roles, [Role::SignIn, Role::SecondFactor, Role::Both]);
    // Against the key of the real publisher it is somebody else's.
    let kept = Kept::new(folder.path(), List::Supported, PublisherKey::pinned().unwrap());
    assert_eq!(kept.read(), Err(RefreshError::Signature(SignatureError::OtherKey)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_over_a_sha_1_is_none() {
    let server = Server::start(|_| signed(of_gpg("weak.json.sig"), "\"weak\"")).await;
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(folder.path(), List::Supported, PublisherKey::read(&of_gpg("publisher.gpg")).unwrap());
    let refreshed = refresh(&client(&server, limits()), &only(LookUp::Refresh), &kept, day(0)).await;
    assert_eq!(refreshed, Err(RefreshError::Signature(SignatureError::Weak)));
}

/// Made with a key of an invented publisher.
fn of_gpg(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gpg").join(name)).unwrap()
}

/// The same bytes with one word for another of the same length.
fn lie(bytes: &[u8], word: &[u8], other: &[u8]) -> Vec<u8> {
    let at = bytes.windows(word.len()).position(|window| window == word).expect("the message is not compressed");
    [&bytes[..at], other, &bytes[at + word.len()..]].concat()
}
