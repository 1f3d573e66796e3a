# What the window says that depends on where things stand. Its labels are in window.ftl.

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

# What came of the look-ups.
guide-checked-refresh =
    { $found ->
        [one] The list has { $found } site.
       *[other] The list has { $found } sites.
    }
guide-checked-ask-sites =
    { $asked ->
        [0] No site had to be asked.
        [one] { $found } of { $asked } site says that it takes passkeys.
       *[other] { $found } of { $asked } sites say that they take passkeys.
    }
guide-checked-breaches =
    { $asked ->
        [one] { $found } of { $asked } password is in a known breach.
       *[other] { $found } of { $asked } passwords are in a known breach.
    }
guide-checked-failed =
    { $failed ->
        [one] { $failed } could not be asked: { $problem }.
       *[other] { $failed } could not be asked: { $problem }.
    }
