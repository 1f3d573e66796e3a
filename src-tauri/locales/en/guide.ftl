# What the window says that depends on where things stand. Its labels are in window.ftl.

# What comes next for an account, in the list.
guide-next-new = Sign in with the password, add a passkey, and prove it.
guide-next-started = It was begun; Rekey looks how far it got and goes on.
guide-next-registered = The passkey is there; signing in with it is still to be proven.
guide-next-proven = Done. You can prove it again at any time.
guide-next-second-factor = Done as far as the site allows: it still asks for the password too.
guide-next-needs-person = It waits for you.
guide-next-stuck = Something must change before it can go on.

# The four steps of an account's way.
guide-step-sign-in = Sign in with the password
guide-step-enrol = Ask the site for a passkey
guide-step-accept = The site takes the passkey
guide-step-prove = Prove it: sign in with the passkey

# What happens at this moment.
guide-now-opening = Opening the site
guide-now-sign-in = Signing in with the password from the vault
guide-now-enrol = Looking for the page that adds a passkey
guide-now-accept = The site checks the new passkey
guide-now-prove = Signing in with the passkey, from a fresh private window
guide-now-code = Waiting for the next one-time code
guide-now-code-why = A code is never given twice.
guide-now-consent = Waiting for your answer

# How an account ended, where no reason says it.
guide-result-proven = Proven
    .happened = The passkey alone signed in, from a fresh private window.
    .safe = The password still works as before.
    .next = Keep the password until you can use the passkey wherever you sign in.
guide-result-second-factor = Proven as second factor
    .happened = The passkey works, and the site still asks for the password as well.
    .safe = The password still works as before.
    .next = Keep the password: this site needs both.
guide-result-skipped = Not finished
    .happened = You skipped this account or ended the run before it was finished.
    .safe = The ledger knows every step that was taken.
    .next = Go on with it when you want to; it continues where it stopped.
guide-result-stuck = Stuck
    .happened = The run broke off at this account.
    .safe = The ledger knows every step that was taken.
    .next = Go on with it; it continues where it stopped.

# The facts of a proof.
guide-proof-passkey = Passkey
guide-proof-home = Lives in
guide-proof-time = Proven on
guide-proof-signals = Seen by
guide-proof-source = Says who
guide-proof-source-rekey = Rekey made and used it
guide-proof-source-page = The page, of the browser's own authenticator
guide-proof-source-simulated = A test's authenticator: it counts for nothing

# What can show the sites.
guide-browser-embedded = Rekey's own window
guide-browser-embedded-is = The site opens beside this window. Nothing else needs to be installed.
guide-browser-embedded-missing = Not on this system in this version.
guide-browser-own = Installed browser
guide-browser-own-is = { $name }, in a fresh profile of Rekey's own.
guide-browser-own-missing = No Chrome, Chromium, Edge or Brave was found.
guide-browser-own-looking = Looking for installed browsers …

# A locked file that takes no key file.
guide-wrong-password = The password is wrong.
guide-wrong-password-next = Try again with the one that this file was saved or exported with.

# What to know about an account, in a few words.
guide-mark-breached = Password is in a known breach
guide-mark-reused =
    { $count ->
        [0] Password used at other sites
        [one] Password used at { $count } other site
       *[other] Password used at { $count } other sites
    }
guide-mark-weak = Weak password
guide-mark-old = Password not changed for years
guide-mark-open-line = Address over an open line (http)
guide-mark-duplicate = Twice in your files
guide-mark-second-factor-only = Passkey as second factor only
guide-mark-one-passkey-only = One passkey only
guide-mark-platform-only = Wants this device’s own passkey
guide-mark-cross-platform-only = Wants a security key or a phone
guide-mark-asks-email = Asks for a code by e-mail first
guide-mark-asks-sms = Asks for a code by text message first
guide-mark-asks-identity = Asks for a document first
guide-mark-asks-captcha = Sets a puzzle first
guide-mark-needs-user-name = User name still typed
guide-mark-password-stays = Password stays
guide-mark-facts-old = What is known is old
guide-mark-facts-unsure = What is known is not certain

# What the judged passwords come to.
guide-health-breached =
    { $count ->
        [one] { $count } account has a password that is in a known breach.
       *[other] { $count } accounts have passwords that are in a known breach.
    }
guide-health-reused =
    { $count ->
        [one] { $count } account has a password that other sites have too.
       *[other] { $count } accounts have passwords that other sites have too.
    }
guide-health-weak =
    { $count ->
        [one] { $count } account has a weak password.
       *[other] { $count } accounts have weak passwords.
    }
guide-health-open-line =
    { $count ->
        [one] { $count } account is at an address over an open line (http).
       *[other] { $count } accounts are at an address over an open line (http).
    }
guide-health-old =
    { $count ->
        [one] { $count } account has a password that was not changed for years.
       *[other] { $count } accounts have passwords that were not changed for years.
    }
guide-health-duplicate =
    { $count ->
        [one] { $count } account is in your files twice.
       *[other] { $count } accounts are in your files twice.
    }

# The person’s last word about the plan.
guide-undo-pin = { $site } stands at the top now.
guide-undo-postpone = { $site } is postponed until { $date }.
guide-undo-leave-out = { $site } is left out.
guide-undo-bring-back = { $site } is back in its place.

# What is known of a site.
guide-site-role = Passkeys are good for
guide-site-role-sign-in = Signing in without the password
guide-site-role-second-factor = A second factor beside the password
guide-site-role-both = Signing in without the password, or a second factor beside it
guide-site-role-none-seen = Nothing: somebody looked and found none
guide-site-passkey-page = Page that adds a passkey
guide-site-manage-page = Page that lists the passkeys
guide-site-asks-first = Asks first for
guide-site-asks-nothing = Nothing
guide-site-asks-password = The password once more
guide-site-asks-email = A code or link by e-mail
guide-site-asks-sms = A code by text message
guide-site-asks-totp = A code of an authenticator app
guide-site-asks-captcha = A puzzle
guide-site-asks-identity = A document or a picture of you
guide-site-asks-other = Something else
guide-site-asks-sometimes = { $what } (sometimes)
guide-site-authenticator = Kind of passkey
guide-site-authenticator-any = Any
guide-site-authenticator-platform = This device’s own (such as Windows Hello or Touch ID)
guide-site-authenticator-cross-platform = A security key or a phone
guide-site-capacity = Passkeys for each account
guide-site-capacity-one = One only
guide-site-capacity-several = Several
guide-site-capacity-at-most = { $count } at most
guide-site-usernameless = Signs in without a user name
guide-site-yes = Yes
guide-site-no = No
guide-site-password-after = The password afterwards
guide-site-password-after-removable = Can be removed
guide-site-password-after-stays = Stays
guide-site-password-after-skippable = Stays, and can be left unused
guide-site-password-after-has-none = There is none
guide-site-sign-in = Sign-in page
guide-site-change-password = Page that changes the password
guide-site-recovery-page = Page for those who are locked out
guide-site-help = The site’s own help
guide-site-rp-ids = Passkeys belong to
guide-site-equivalent = Same accounts at
guide-site-kind = Kind of account
guide-site-kind-mail = Mailbox
guide-site-kind-identity = Identity: opens other accounts
guide-site-kind-money = Money
guide-site-kind-shopping = Shopping
guide-site-kind-social = Social
guide-site-kind-work = Work
guide-site-kind-official = Public services, health, insurance
guide-site-kind-other = Other
guide-site-notes = Good to know
