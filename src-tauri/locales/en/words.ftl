# Words that the command line, the report and the window share.

count-accounts =
    { $count ->
        [one] { $count } account
       *[other] { $count } accounts
    }

state-new = New
state-started = Begun
state-registered = Passkey added, not proven
state-proven = Proven
state-second-factor = Proven as second factor
state-needs-person = Needs you
state-stuck = Stuck

outcome-proven = Proven
outcome-second-factor = Proven as second factor
outcome-needs-person = Needs you
outcome-stuck = Stuck
outcome-skipped = Not finished in this run. The same command goes on.

# What was done for an account, in one line.
done-new = Nothing yet
done-started = Begun, not finished
done-registered = Passkey added; signing in with it is not proven yet
done-proven = Passkey added; it signs in without the password
done-second-factor = Passkey added; the site still asks for the password too
done-needs-person = Waits for you: { $reason }
done-stuck = Stopped: { $reason }
done-kept = { $done }. Last run: { $reason }

# Where a passkey lives.
home-store = Rekey's store
home-browser-profile = Browser's profile
home-security-key = Security key
home-phone = Phone
home-windows-hello = Windows Hello
home-icloud-keychain = iCloud Keychain
home-tpm = Security chip (only on this computer)
home-own-manager = Password manager
home-simulated = Simulated (test)
home-none = –

# Facts of the ledger, as a run tells them.
fact-account-imported = Imported from the vault
fact-account-gone = No longer in the vault
fact-entry-placed = You said which site it belongs to
fact-user-verified = You were verified
fact-journey-started = Opening the site ({ $browser })
fact-user-name-given = User name filled in
fact-password-given =
    { $occasion ->
        [reauthentication] The site asks again: password filled in once more
        [proof] The site still wants the password: filled in
       *[other] Password filled in
    }
fact-code-given = One-time code filled in
fact-signed-in = Signed in (seen by: { $signals })
fact-reauthenticated = The site accepted the re-authentication
fact-passwordless-box-ticked = Ticked the box for signing in without a password
fact-key-named = Gave the passkey a name
fact-recovery-codes-shown = The site showed recovery codes: fetch and keep them yourself at the site
fact-passkey-created = Passkey made ({ $home })
fact-passkey-accepted = The site took the passkey
fact-passkey-refused = The site refused the passkey
fact-passkey-lost = The passkey is lost
fact-proof-started = Proving: signing in from a fresh private window
fact-asserted =
    { $verified ->
        [yes] The passkey answered, with you verified
       *[other] The passkey answered
    }
fact-proven =
    { $proof ->
        [passwordless] Proven: the passkey alone signs in (seen by: { $signals })
       *[other] Proven as second factor: the site still asks for the password (seen by: { $signals })
    }
fact-stopped = Stopped: { $reason }

# What speaks for being signed in.
signal-sign-out-control = sign-out control
signal-account-settings = account settings
signal-user-name-shown = user name shown
signal-sign-in-fields-gone = sign-in form gone
signal-cookie-changed = new session cookie
signal-protected-page-opened = protected page opened
signal-none = nothing

# What a run asks of the person.
live-waiting-for-person = Your turn in the browser window: { $reason }
live-please-press = Please press: { $label }
live-please-fill-user-name = Please fill in the user name
live-please-fill-password = Please fill in the password
live-please-fill-code = Please fill in the one-time code
live-please-fill-key-name = Please give the passkey a name
live-please-tick = Please tick the box for signing in without a password

