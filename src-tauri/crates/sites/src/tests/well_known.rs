//! Forty sites and more that people have: what is said of them, offline, by their domain and by an address as a vault has it.

use super::*;
use Role::{Both, SecondFactor, SignIn};

/// What both the domain and the address lead to. A `page` is the one that adds a passkey; empty where nobody has seen it.
fn check(domain: &str, address: &str, name: &str, role: Option<Role>, page: &str) {
    let directory = Directory::built_in();
    for text in [domain, address] {
        let known = directory.look_up_text(text).unwrap_or_else(|| panic!("{text} is not known"));
        let found = (known.domain(), known.name(), known.role().map(|fact| fact.value));
        assert_eq!(found, (domain, name, role), "{text}");
        assert_eq!(known.passkey_page().map_or("", |fact| fact.value.as_ref()), page, "{text}");
        let dated = known.role().is_none_or(|fact| fact.provenance.observed.is_some());
        assert!(dated, "{text}: its role was observed at no time");
    }
}

#[test]
fn well_known_sites_are_answered_offline() {
    check(
        "google.com",
        "https://accounts.google.com/v3/signin/identifier?continue=https%3A%2F%2Fmail.google.com",
        "Google",
        Some(SignIn),
        "https://myaccount.google.com/signinoptions/passkeys",
    );
    check(
        "microsoft.com",
        "https://login.live.com/login.srf?wa=wsignin1.0",
        "Microsoft",
        Some(SignIn),
        "https://account.live.com/proofs/manage/additional",
    );
    check("apple.com", "https://www.icloud.com/mail/", "Apple", Some(Both), "https://account.apple.com/account/manage");
    check(
        "amazon.com",
        "https://www.amazon.es/ap/signin",
        "Amazon",
        Some(SignIn),
        "https://www.amazon.com/ax/claim/webauthn/enroll",
    );
    check(
        "github.com",
        "https://github.com/login?return_to=%2F",
        "GitHub",
        Some(SignIn),
        "https://github.com/settings/security",
    );
    check(
        "paypal.com",
        "https://www.paypal.com/es/signin",
        "PayPal",
        Some(SignIn),
        "https://www.paypal.com/myaccount/security/passkeyLogin/createPasskey",
    );
    check(
        "ebay.com",
        "https://signin.ebay.it/ws/eBayISAPI.dll",
        "eBay",
        Some(SignIn),
        "https://accounts.ebay.com/acctsec/manage/passkeys/create",
    );
    check(
        "adobe.com",
        "https://auth.services.adobe.com/de_DE/index.html",
        "Adobe",
        Some(SignIn),
        "https://account.adobe.com/security?addPasskey",
    );
    check(
        "linkedin.com",
        "https://es.linkedin.com/in/somebody",
        "LinkedIn",
        Some(SignIn),
        "https://www.linkedin.com/mypreferences/d/passkey",
    );
    check(
        "x.com",
        "https://twitter.com/i/flow/login",
        "X (Twitter)",
        Some(SignIn),
        "https://x.com/settings/account/passkey",
    );
    check(
        "facebook.com",
        "https://m.facebook.com/login.php",
        "Facebook",
        Some(Both),
        "https://accountscenter.facebook.com/password_and_security",
    );
    check("instagram.com", "https://www.instagram.com/accounts/login/", "Instagram", None, "");
    check("whatsapp.com", "https://web.whatsapp.com/", "WhatsApp", Some(SecondFactor), "");
    check(
        "tiktok.com",
        "https://www.tiktok.com/login/phone-or-email",
        "TikTok",
        Some(SignIn),
        "https://www.tiktok.com/ucenter_web/passkey_wizard?ug_source=others.pwdmanager&awedp_require_login=normal",
    );
    check(
        "yahoo.com",
        "https://login.yahoo.com/?.src=ym",
        "Yahoo!",
        Some(SignIn),
        "https://login.yahoo.com/myaccount/security",
    );
    check(
        "coinbase.com",
        "https://login.coinbase.com/signin",
        "Coinbase",
        Some(Both),
        "https://accounts.coinbase.com/security/settings",
    );
    check(
        "binance.com",
        "https://accounts.binance.com/en/login",
        "Binance",
        Some(SignIn),
        "https://www.binance.com/en/my/security",
    );
    check(
        "kraken.com",
        "https://www.kraken.com/sign-in",
        "Kraken",
        Some(SecondFactor),
        "https://www.kraken.com/c/account-settings/security",
    );
    check(
        "nintendo.com",
        "https://accounts.nintendo.com/login",
        "Nintendo",
        Some(SignIn),
        "https://accounts.nintendo.com/passkey",
    );
    check("playstation.com", "https://id.sonyentertainmentnetwork.com/signin/", "PlayStation", Some(SignIn), "");
    check(
        "roblox.com",
        "https://www.roblox.com/login",
        "Roblox",
        Some(SignIn),
        "https://www.roblox.com/my/account#!/info",
    );
    check("discord.com", "https://discordapp.com/login", "Discord", Some(Both), "https://discord.com/channels/@me");
    check("dropbox.com", "https://www.dropbox.com/login", "Dropbox", Some(Both), "");
    check(
        "shopify.com",
        "https://accounts.shopify.com/lookup",
        "Shopify",
        Some(SignIn),
        "https://accounts.shopify.com/",
    );
    check(
        "stripe.com",
        "https://dashboard.stripe.com/login",
        "Stripe",
        Some(SignIn),
        "https://dashboard.stripe.com/settings/user",
    );
    check(
        "cloudflare.com",
        "https://dash.cloudflare.com/login",
        "Cloudflare",
        Some(SecondFactor),
        "https://dash.cloudflare.com/profile/authentication/management",
    );
    check(
        "gitlab.com",
        "https://gitlab.com/users/sign_in",
        "GitLab",
        Some(SecondFactor),
        "https://gitlab.com/-/profile/two_factor_auth",
    );
    check(
        "bitbucket.org",
        "https://bitbucket.org/account/signin/",
        "Bitbucket",
        Some(SecondFactor),
        "https://id.atlassian.com/manage-profile/security/two-step-verification",
    );
    check(
        "docusign.com",
        "https://account.docusign.com/",
        "DocuSign",
        Some(SignIn),
        "https://account.docusign.com/me/privacy-security",
    );
    check(
        "canva.com",
        "https://www.canva.com/login/",
        "Canva",
        Some(SignIn),
        "https://www.canva.com/settings/login-and-security",
    );
    check("uber.com", "https://auth.uber.com/v2/", "Uber", Some(Both), "https://account.uber.com/passkeys");
    check("airbnb.com", "https://www.airbnb.es/login", "Airbnb", None, "");
    check(
        "bestbuy.com",
        "https://www.bestbuy.com/identity/global/signin",
        "Best Buy",
        Some(SignIn),
        "https://www.bestbuy.com/identity/accountSettings/page/passkeyDetails",
    );
    check(
        "target.com",
        "https://www.target.com/account",
        "Target",
        Some(SignIn),
        "https://www.target.com/account/settings/signinsecurity",
    );
    check("walmart.com", "https://www.walmart.com/account/login", "Walmart", Some(SignIn), "");
    check("cvs.com", "https://www.cvs.com/account-login/look-up", "CVS", Some(SignIn), "");
    check(
        "kayak.com",
        "https://www.kayak.es/profile/account",
        "KAYAK",
        Some(SignIn),
        "https://www.kayak.com/profile/account/passkeys",
    );
    check("robinhood.com", "https://robinhood.com/login/", "Robinhood", Some(SignIn), "");
    check("revolut.com", "https://app.revolut.com/start", "Revolut", Some(SignIn), "");
    check("booking.com", "https://account.booking.com/sign-in", "Booking.com", Some(SignIn), "");
    check("netflix.com", "https://www.netflix.com/es/login", "Netflix", None, "");
    check("reddit.com", "https://old.reddit.com/login", "Reddit", Some(SignIn), "");
    check(
        "proton.me",
        "https://account.proton.me/login",
        "Proton",
        Some(SecondFactor),
        "https://account.proton.me/u/0/mail/account-password",
    );
    check("wikipedia.org", "https://de.wikipedia.org/w/index.php?title=Spezial:Anmelden", "Wikipedia", Some(Both), "");
}

#[test]
fn what_nobody_knows_is_unknown() {
    let directory = Directory::built_in();
    for text in [
        "no-such-shop-rekey.com",
        "https://www.no-such-shop-rekey.co.uk/login",
        "nas.lan",
        "http://nas.lan:5001/",
        "192.168.178.1",
        "https://[fd00::1]:8443/",
        "8.8.8.8",
        "localhost:8080",
        "http://localhost:8080/login",
        // Cyrillic о and е; Greek omicron; a small capital G; the same written as a registry has it.
        "gооgle.com",
        "googlе.com",
        "https://accounts.gοοgle.com/",
        "ɢoogle.com",
        "xn--ggle-55da.com",
        "google.com.evil-example.net",
        "https://google.com@evil-example.net/",
        "google.co",
        "com",
        "",
    ] {
        assert_eq!(directory.look_up_text(text).map(|known| known.domain()), None, "{text}");
    }
}
