//! Which site an Android app's accounts belong to. Only what is known: a package name is chosen by whoever publishes the
//! app, so that nothing can be concluded from it.

/// The site of an app, by its package name.
pub(crate) fn site(package: &str) -> Option<&'static str> {
    SITES.binary_search_by(|(name, _)| name.cmp(&package)).ok().and_then(|at| SITES.get(at)).map(|(_, site)| *site)
}

/// Package names and the sites they sign in at, sorted by name.
const SITES: &[(&str, &str)] = &[
    ("ch.protonmail.android", "proton.me"),
    ("com.Slack", "slack.com"),
    ("com.adobe.reader", "adobe.com"),
    ("com.airbnb.android", "airbnb.com"),
    ("com.alibaba.aliexpresshd", "aliexpress.com"),
    ("com.amazon.avod.thirdpartyclient", "amazon.com"),
    ("com.amazon.kindle", "amazon.com"),
    ("com.amazon.mShop.android.shopping", "amazon.com"),
    ("com.asana.app", "asana.com"),
    ("com.atlassian.android.jira.core", "atlassian.com"),
    ("com.binance.dev", "binance.com"),
    ("com.booking", "booking.com"),
    ("com.box.android", "box.com"),
    ("com.canva.editor", "canva.com"),
    ("com.cloudflare.onedotonedotonedotone", "cloudflare.com"),
    ("com.coinbase.android", "coinbase.com"),
    ("com.contextlogic.wish", "wish.com"),
    ("com.crunchyroll.crunchyroid", "crunchyroll.com"),
    ("com.discord", "discord.com"),
    ("com.disney.disneyplus", "disneyplus.com"),
    ("com.dropbox.android", "dropbox.com"),
    ("com.duolingo", "duolingo.com"),
    ("com.ebay.kleinanzeigen", "kleinanzeigen.de"),
    ("com.ebay.mobile", "ebay.com"),
    ("com.etsy.android", "etsy.com"),
    ("com.evernote", "evernote.com"),
    ("com.expedia.bookings", "expedia.com"),
    ("com.facebook.katana", "facebook.com"),
    ("com.facebook.lite", "facebook.com"),
    ("com.facebook.orca", "facebook.com"),
    ("com.figma.mirror", "figma.com"),
    ("com.garmin.android.apps.connectmobile", "garmin.com"),
    ("com.github.android", "github.com"),
    ("com.goodreads", "goodreads.com"),
    ("com.google.android.apps.docs", "google.com"),
    ("com.google.android.apps.photos", "google.com"),
    ("com.google.android.gm", "google.com"),
    ("com.google.android.youtube", "google.com"),
    ("com.hulu.plus", "hulu.com"),
    ("com.instagram.android", "instagram.com"),
    ("com.kickstarter.kickstarter", "kickstarter.com"),
    ("com.linkedin.android", "linkedin.com"),
    ("com.medium.reader", "medium.com"),
    ("com.meetup", "meetup.com"),
    ("com.netflix.mediaclient", "netflix.com"),
    ("com.nordvpn.android", "nordvpn.com"),
    ("com.patreon.android", "patreon.com"),
    ("com.paypal.android.p2pmobile", "paypal.com"),
    ("com.pinterest", "pinterest.com"),
    ("com.quora.android", "quora.com"),
    ("com.reddit.frontpage", "reddit.com"),
    ("com.revolut.revolut", "revolut.com"),
    ("com.robinhood.android", "robinhood.com"),
    ("com.roblox.client", "roblox.com"),
    ("com.shopify.mobile", "shopify.com"),
    ("com.snapchat.android", "snapchat.com"),
    ("com.soundcloud.android", "soundcloud.com"),
    ("com.spotify.music", "spotify.com"),
    ("com.strava", "strava.com"),
    ("com.stripe.android.dashboard", "stripe.com"),
    ("com.ticketmaster.mobile.android.na", "ticketmaster.com"),
    ("com.tinder", "tinder.com"),
    ("com.todoist", "todoist.com"),
    ("com.transferwise.android", "wise.com"),
    ("com.tripadvisor.tripadvisor", "tripadvisor.com"),
    ("com.tumblr", "tumblr.com"),
    ("com.twitter.android", "x.com"),
    ("com.ubercab", "uber.com"),
    ("com.udemy.android", "udemy.com"),
    ("com.valvesoftware.android.steam.community", "steampowered.com"),
    ("com.venmo", "venmo.com"),
    ("com.vimeo.android.videoapp", "vimeo.com"),
    ("com.vkontakte.android", "vk.com"),
    ("com.walmart.android", "walmart.com"),
    ("com.yahoo.mobile.client.android.mail", "yahoo.com"),
    ("com.yelp.android", "yelp.com"),
    ("com.zhiliaoapp.musically", "tiktok.com"),
    ("com.zillow.android.zillowmap", "zillow.com"),
    ("com.zoho.mail", "zoho.com"),
    ("deezer.android.app", "deezer.com"),
    ("me.lyft.android", "lyft.com"),
    ("org.coursera.android", "coursera.org"),
    ("org.khanacademy.android", "khanacademy.org"),
    ("org.wikipedia", "wikipedia.org"),
    ("org.wordpress.android", "wordpress.com"),
    ("tv.twitch.android.app", "twitch.tv"),
    ("us.zoom.videomeetings", "zoom.us"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_sorted_and_sites_are_domains() {
        assert!(SITES.is_sorted_by(|one, other| one.0 < other.0));
        for (package, domain) in SITES {
            assert_eq!(site(package), Some(*domain));
            assert_eq!(rekey_origin::Site::parse(domain).map(|site| site.to_string()).as_deref(), Some(*domain));
        }
        assert_eq!(site("com.example"), None);
    }
}
