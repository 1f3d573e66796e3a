# The plan: in which order to go, and what to do next.

# What came to be known of accounts and sites.
fact-account-judged = The password was looked at
fact-plan-chosen = You changed its place in the plan
fact-site-takes-passkeys = The site takes passkeys now

# The place and what decided it; $reason is one of plan-reason-…, or two joined by plan-and.
plan-why =
    { $place ->
        [1] First, because { $reason }.
        [2] Second, because { $reason }.
        [3] Third, because { $reason }.
       *[other] Number { $place }, because { $reason }.
    }
plan-why-nothing = Nothing to do now: { $reason }.
plan-why-no-reason = Number { $place } in the plan.
plan-and = { $first }, and { $second }

# Reasons: a clause that can follow "because", without a full stop.
plan-reason-pinned = you pinned it
plan-reason-recovers =
    { $count ->
        [one] { $count } other account recovers through it
       *[other] { $count } other accounts recover through it
    }
plan-reason-signs-in =
    { $count ->
        [one] you sign in to { $count } other account with it
       *[other] you sign in to { $count } other accounts with it
    }
plan-reason-mailbox = whoever reads this mailbox can reset other passwords
plan-reason-identity = whoever has it can get into other accounts
plan-reason-begun = you have begun with it
plan-reason-unproven = its passkey is made and only needs to be proven
plan-reason-money = it moves money
plan-reason-breached = its password is in a known breach
plan-reason-reused =
    { $bucket ->
        [few] its password is used on a few other sites too
        [many] its password is used on many other sites too
       *[counted]
            { $count ->
                [one] its password is used on { $count } other site too
               *[other] its password is used on { $count } other sites too
            }
    }
plan-reason-weak = its password is easily guessed
plan-reason-announced =
    { $by ->
        [site] the site itself says that it takes passkeys now
        [person] you said that the site takes passkeys
       *[directory] the site takes passkeys now
    }
plan-reason-easy = adding a passkey there is quick
plan-reason-in-vault = your vault holds a passkey for it that Rekey has not seen at work
plan-reason-waits = the site waits for you (“{ $reason }”)
plan-reason-takes-passkeys = the site takes passkeys
plan-reason-takes-beside-password = the site takes passkeys beside the password
plan-reason-shopping = it can hold cards and addresses
plan-reason-social = it speaks in your name
plan-reason-work = it holds work or things you run
plan-reason-official = it is about public services, health or insurance
plan-reason-fair = its password could be stronger
plan-reason-no-second-factor = no second factor is known for it
plan-reason-old = its password has not been changed for years
plan-reason-open-line = its address in the vault is not encrypted (http)
plan-reason-duplicate = the vault holds it twice
plan-reason-local = it belongs to your own network
plan-reason-site-unknown = nobody knows yet whether the site takes passkeys
plan-reason-takes-none = no passkeys have been seen there yet
plan-reason-found-none = Rekey looked and found no place for a passkey
plan-reason-takes-none-by-nature = no passkey can be made for such an address
plan-reason-not-judged = its password has not been looked at yet
plan-reason-no-password = the vault holds no password for it
plan-reason-stopped = something is in the way (“{ $reason }”)
plan-reason-follows = you sign in there with { $provider }
plan-reason-strong = its password is strong and used only here
plan-reason-proven = its passkey is proven
plan-reason-postponed = you put it off until { $date }
plan-reason-ignored = you chose to leave it out
plan-reason-archived = it is in your vault's archive
plan-reason-gone = no vault holds it any more

# How an account stands.
plan-state-proven = Passkey proven
plan-state-proven-second-factor = Passkey proven as second factor
plan-state-in-progress = Begun
plan-state-needs-you = Needs you
plan-state-stuck = Stuck
plan-state-in-vault = Passkey in the vault, not proven
plan-state-ready = Ready for a passkey
plan-state-unexplored = Not known yet
plan-state-to-strengthen = Password to be improved
plan-state-watched = Well secured, and watched
plan-state-settled = Well secured
plan-state-follows = Follows another account
plan-state-unclear = Way of signing in not known
plan-state-postponed = Put off
plan-state-ignored = Left out
plan-state-archived = Archived
plan-state-gone = No longer in a vault

# What to do next.
plan-step-open-passkey-page = Open the site's passkey page and add a passkey.
plan-step-sign-in-and-find = Sign in and add a passkey; where the page is, Rekey looks for it.
plan-step-sign-in-and-look = Sign in and see whether the site offers passkeys.
plan-step-go-on = Go on where you left off.
plan-step-prove = Prove the new passkey by signing in with it.
plan-step-prove-from-vault = Prove the passkey in your vault by signing in with it.
plan-step-answer = { $reason }. { $next }
plan-step-solve = { $reason }. { $next }
plan-step-secure =
    { $change ->
        [password] Change the password to a strong one that you use nowhere else. Missing: { $lacks }.
        [second-factor] Turn on a second factor, if the site offers one. Missing: { $lacks }.
       *[both] Change the password to a strong one that you use nowhere else, and turn on a second factor if the site offers one. Missing: { $lacks }.
    }
plan-step-replace-password =
    { $how ->
        [remove] Remove the password at the site, or change it: it still opens the account. Missing: { $lacks }.
       *[replace] Change the password: it still opens the account. Missing: { $lacks }.
    }
plan-step-open-vault = Open your vault, so that Rekey can look at the password.
plan-step-say-how = Add the password to the vault, or leave the account out: nothing in the vault signs in to it.
plan-step-follow-provider = Nothing to do here: it is as safe as your account at { $provider }.
plan-step-watch = Nothing to do. Rekey can watch whether the site begins to take passkeys.
plan-step-nothing = Nothing to do.

# What a password lacks.
plan-lack-unpublished = a password that is in no known breach
plan-lack-unique = a password of its own
plan-lack-strong = a stronger password
plan-lack-second-factor = a second factor

# What to know before a passkey is added.
plan-warning-second-factor-only = The site takes passkeys as a second factor only: it still asks for the password.
plan-warning-one-passkey-only = The site allows one passkey only. Keep another way in, such as recovery codes.
plan-warning-platform-only = The site wants a passkey of this device itself (such as Windows Hello or Touch ID).
plan-warning-cross-platform-only = The site wants a security key or a phone.
plan-warning-asks-email = The site sends a code by e-mail first: have your mailbox at hand.
plan-warning-asks-sms = The site sends a code to your phone first: have it at hand.
plan-warning-asks-identity = The site asks for a document or a picture of you first.
plan-warning-asks-captcha = The site asks you to solve a puzzle first.
plan-warning-needs-user-name = You will still type the user name before the passkey.
plan-warning-password-stays = The password stays valid beside the passkey: keep it strong.
plan-warning-facts-old = What is known of this site was seen in { $observed }; it may look different now.
plan-warning-facts-unsure = What is known of this site is not certain.

# Scores.
plan-ease-high = easy
plan-ease-middling = some work
plan-ease-low = more work
plan-risk-high = high risk
plan-risk-middling = some risk
plan-risk-low = low risk
plan-value-high = much depends on it
plan-value-middling = matters
plan-value-low = matters less
