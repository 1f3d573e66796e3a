use std::collections::HashSet;
use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rekey_lookup::ask::{ChangePassword, LinkProblem, Passkeys, Question, ask_all, related_origins};
use rekey_lookup::{Error, Limits, LookUp, Progress};
use tokio::sync::{Barrier, Notify};

use crate::support::{Asked, Reply, Server, client, client_with_names, limits, only};

const ENDPOINTS: &str = "/.well-known/passkey-endpoints";
const CHANGE: &str = "/.well-known/change-password";

fn question(domain: &str, rp_ids: &[&str], sign_in: Option<&str>) -> Question {
    Question {
        domain: domain.to_owned(),
        rp_ids: rp_ids.iter().map(|&id| id.to_owned()).collect(),
        sign_in: sign_in.map(|url| url.parse().unwrap()),
    }
}

async fn ask(server: &Server, question: Question) -> rekey_lookup::ask::Answer {
    let client = client(server, limits());
    ask_all(&client, &only(LookUp::AskSites), vec![question], |_| {}, pending()).await.unwrap().remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn hosts_are_asked_in_order_until_one_says_it() {
    let server = Server::start(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("login.example.com", ENDPOINTS) => Reply::ok(
            "application/json",
            r#"{"enroll": "https://login.example.com/add", "manage": "https://id.example.net/keys", "prfUsageDetails": "http://example.com/"}"#,
        ),
        _ => Reply::not_found(),
    })
    .await;
    let question = question("example.com", &["id.example.net"], Some("https://login.example.com/in"));
    let answer = ask(&server, question).await;
    let Passkeys::Supports(links) = answer.passkeys else { panic!("{:?}", answer.passkeys) };
    assert_eq!(links.enroll.unwrap().as_str(), "https://login.example.com/add");
    assert_eq!(links.manage.unwrap().as_str(), "https://id.example.net/keys");
    assert!(links.prf_usage_details.is_none());
    assert_eq!(links.refused[0].problem, LinkProblem::Insecure);
    assert_eq!(answer.change_password, ChangePassword::NotSaid);
    let asked: Vec<_> = server.addresses().into_iter().filter(|address| address.ends_with(ENDPOINTS)).collect();
    let hosts = ["id.example.net", "example.com", "www.example.com", "login.example.com"];
    assert_eq!(asked, hosts.map(|host| format!("{host}{ENDPOINTS}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_object_counts_where_not_everything_is_one() {
    let honest = Server::start(|asked| match asked.path.as_str() {
        ENDPOINTS => Reply::ok("application/json", "{}"),
        _ => Reply::not_found(),
    })
    .await;
    assert_eq!(ask(&honest, question("example.com", &[], None)).await.passkeys.name(), "supports-without-links");
    let yes = Server::start(|_| Reply::ok("application/json", "{}")).await;
    let answer = ask(&yes, question("example.com", &[], None)).await;
    assert_eq!(answer.passkeys, Passkeys::NotSaid);
    assert_eq!(answer.change_password, ChangePassword::NotSaid);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_password_is_changed() {
    async fn check(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static, expect: Option<&str>) {
        let server =
            Server::start(move |asked| if asked.path == ENDPOINTS { Reply::not_found() } else { reply(asked) }).await;
        let answer = ask(&server, question("example.com", &[], None)).await;
        let expect = expect.map_or(ChangePassword::NotSaid, |url| ChangePassword::At(url.parse().unwrap()));
        assert_eq!(answer.change_password, expect);
    }
    let only_change =
        |reply: fn() -> Reply| move |asked: &Asked| if asked.path == CHANGE { reply() } else { Reply::not_found() };
    check(only_change(|| Reply::redirect("/account/password")), Some("https://example.com/account/password")).await;
    check(only_change(Reply::page), Some("https://example.com/.well-known/change-password")).await;
    // What may have been made for this request, and what has no end, is not kept.
    for page in ["/login?state=f00d", "/#/account", &format!("/{}", "a".repeat(3000))].map(str::to_owned) {
        let reply = move |asked: &Asked| match asked.path.as_str() {
            CHANGE => Reply::redirect(&page),
            _ => Reply::not_found(),
        };
        check(reply, Some("https://example.com/.well-known/change-password")).await;
    }
    check(only_change(Reply::not_found), None).await;
    // A page for everything, and one door for everything.
    check(|_| Reply::page(), None).await;
    check(|asked| if asked.path == "/" { Reply::page() } else { Reply::redirect("/") }, None).await;
    check(
        |asked| if asked.path == CHANGE { Reply::redirect("/p") } else { Reply::redirect("https://example.org/") },
        None,
    )
    .await;
    // The site lives at www.
    let moved = |asked: &Asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("example.com", path) => Reply::redirect(&format!("https://www.example.com{path}")),
        (_, CHANGE) => Reply::redirect("/password"),
        _ => Reply::not_found(),
    };
    check(moved, Some("https://www.example.com/password")).await;
    let marked = |asked: &Asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("example.com", CHANGE) => Reply::redirect(&format!("https://www.example.com{CHANGE}?from=f00d")),
        ("www.example.com", CHANGE) => Reply::page(),
        _ => Reply::not_found(),
    };
    check(marked, Some("https://www.example.com/.well-known/change-password")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_one_host_or_site_is_its_own() {
    let server = Server::start(|asked| match asked.path.as_str() {
        ENDPOINTS if asked.host == "good.co.uk" => {
            Reply::ok("application/json", r#"{"manage":"https://good.co.uk/k"}"#)
        }
        ENDPOINTS if asked.host == "page.co.uk" => Reply::page(),
        _ => Reply::not_found(),
    })
    .await;
    let address = server.address;
    let names = move |name: &str| if name.ends_with("gone.co.uk") { vec![] } else { vec![address] };
    let client = client_with_names(&server, limits(), names);
    let domains = ["gone.co.uk", "page.co.uk", "good.co.uk", "192.168.1.1", "not a domain", "localhost"];
    let questions = domains.iter().map(|domain| question(domain, &[], None)).collect();
    let answers = ask_all(&client, &only(LookUp::AskSites), questions, |_| {}, pending()).await.unwrap();
    let outcomes: Vec<_> = answers
        .iter()
        .map(|answer| match &answer.passkeys {
            Passkeys::Failed(error) => error.code(),
            other => other.name(),
        })
        .collect();
    // page.co.uk itself answers with a page, and its www says clearly that there is nothing.
    assert_eq!(outcomes, ["no_such_name", "not-said", "supports", "not_a_site", "not_a_site", "not_a_site"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_sites_in_one_go() {
    let server = Server::start(|asked| match asked.path.as_str() {
        ENDPOINTS if asked.host.starts_with("shop-1") => Reply::ok("application/json", "{\"enroll\":\"x\"}"),
        CHANGE => Reply::redirect("/password"),
        _ => Reply::not_found(),
    })
    .await;
    let client = client(&server, limits());
    let questions = (0..500).map(|n| question(&format!("shop-{n}.co.uk"), &[], None)).collect();
    let mut seen = Vec::new();
    let answers = ask_all(&client, &only(LookUp::AskSites), questions, |now| seen.push(now), pending()).await.unwrap();
    assert_eq!(seen, (1..=500).map(|done| Progress { done, total: 500 }).collect::<Vec<_>>());
    for (n, answer) in answers.iter().enumerate() {
        let expect = if n.to_string().starts_with('1') { "supports-without-links" } else { "not-said" };
        assert_eq!(answer.passkeys.name(), expect, "{n}");
        let page = format!("https://shop-{n}.co.uk/password").parse().unwrap();
        assert_eq!(answer.change_password, ChangePassword::At(page));
    }
    assert!(server.most_at_once() <= Limits::default().at_once);
}

#[tokio::test(flavor = "multi_thread")]
async fn so_many_at_once_and_no_more() {
    // Whoever asks is answered when four are there: fewer would wait for ever, more would be counted.
    let four = Arc::new(Barrier::new(4));
    let server = Server::start(move |_| {
        let Reply::Bytes(bytes) = Reply::not_found() else { unreachable!() };
        Reply::Together(Arc::clone(&four), bytes)
    })
    .await;
    let client = client(&server, Limits { at_once: 4, ..limits() });
    let questions = (0..20).map(|n| question(&format!("shop-{n}.co.uk"), &[], None)).collect();
    let answers = ask_all(&client, &only(LookUp::AskSites), questions, |_| {}, pending()).await.unwrap();
    assert!(answers.iter().all(|answer| answer.passkeys == Passkeys::NotSaid), "{answers:?}");
    assert_eq!(server.most_at_once(), 4);
    assert_eq!(server.addresses().into_iter().collect::<HashSet<_>>().len(), 80);
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_takes_hold_at_once() {
    let reached = Arc::new(Notify::new());
    let tell = Arc::clone(&reached);
    let server = Server::start(move |asked| {
        if asked.host.ends_with("slow.co.uk") {
            tell.notify_one();
            return Reply::Stall(String::new());
        }
        Reply::not_found()
    })
    .await;
    let client = client(&server, Limits { at_once: 1, ..limits() });
    let mut questions = vec![question("quick.co.uk", &[], None), question("slow.co.uk", &[], None)];
    questions.extend((0..498).map(|n| question(&format!("shop-{n}.co.uk"), &[], None)));
    let mut cancelled = None;
    let cancel = async {
        reached.notified().await;
        cancelled = Some(Instant::now());
    };
    let answers = ask_all(&client, &only(LookUp::AskSites), questions, |_| {}, cancel).await.unwrap();
    assert!(cancelled.unwrap().elapsed() < Duration::from_secs(1));
    assert_eq!(answers.len(), 500);
    assert_eq!(answers[1].passkeys, Passkeys::Failed(Error::Cancelled));
    let asked = server.asked().len();
    assert!(asked < 500, "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relying_party_is_asked_for_its_related_origins_strictly() {
    let check = async |reply: fn() -> Reply, expect: Result<&str, &str>| {
        let server = Server::start(move |_| reply()).await;
        let url = "https://example.com/.well-known/webauthn".parse().unwrap();
        let said = related_origins(&client(&server, limits()), &only(LookUp::AskSites), &url).await;
        let said = said.map(|body| String::from_utf8(body).unwrap()).map_err(|error| format!("{error:?}"));
        match expect {
            Ok(text) => assert_eq!(said.as_deref(), Ok(text)),
            Err(name) => assert!(said.as_ref().is_err_and(|error| error.starts_with(name)), "{name}: {said:?}"),
        }
        server.addresses()
    };
    const LIST: &str = r#"{"origins":["https://example.de"]}"#;
    let asked = check(|| Reply::ok("application/json", LIST), Ok(LIST)).await;
    assert_eq!(asked, ["example.com/.well-known/webauthn"]);
    check(|| Reply::ok("text/html", LIST), Err("WebPage")).await;
    check(Reply::not_found, Err("NotFound")).await;
    check(|| Reply::redirect("https://www.example.com/.well-known/webauthn"), Err("Redirected")).await;

    let server = Server::start(|_| Reply::ok("application/json", LIST)).await;
    let url = "https://example.com/.well-known/webauthn".parse().unwrap();
    let refused = related_origins(&client(&server, limits()), &only(LookUp::Refresh), &url).await;
    assert!(refused.is_err() && server.addresses().is_empty(), "nothing is asked while it is switched off");
}
