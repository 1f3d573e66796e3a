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
