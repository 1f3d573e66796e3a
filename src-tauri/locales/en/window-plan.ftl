# The window's words on the plan, on sites, and on what may leave the computer.

# The plan: in which order, and why.
window-plan-title = In this order
window-plan-sort = Sort by
window-plan-sort-plan = Plan
window-plan-sort-site = Site
window-plan-sort-state = State
window-plan-place = Number { $place }
window-plan-pinned = You put it at the top
window-plan-none-left = Nothing is left to do in this list.
window-plan-group-watched = Secured and watched
window-plan-group-watched-detail = These sites take no passkeys yet. A strong password and a second factor are the best there is; Rekey tells you when one of them begins to take passkeys, where you have it look.
window-plan-group-follows = Signed in with another account
window-plan-group-follows-detail = They are as safe as the account that you sign in with.
window-plan-group-postponed = Postponed
window-plan-group-postponed-detail = They come back to their place by themselves.
window-plan-group-done = Done
window-plan-group-done-detail = Each has a passkey that was seen to sign in.
window-plan-group-left-out = Left out
window-plan-group-left-out-detail = Rekey does nothing about these. What you left out you can bring back at any time.
window-plan-more = More for { $site }, { $user }
window-plan-pin = Put at the top
window-plan-unpin = No longer at the top
window-plan-postpone-week = Postpone for a week
window-plan-postpone-month = Postpone for a month
window-plan-postpone-until = Postpone until…
window-plan-leave-out = Leave out
window-plan-bring-back = Bring back
window-plan-about = What Rekey knows of this site
window-plan-about-of = What Rekey knows of { $site }
window-plan-until-title = Postpone { $site } until when?
window-plan-until-date = Day
window-plan-until-detail = On that day it is back in its place.
window-plan-until-yes = Postpone
window-plan-until-no = Cancel
window-plan-undo = Undo
window-plan-undo-keys = Ctrl+Z
window-plan-undo-close = Close

# How things stand, in one picture.
window-health-title = How things stand
window-health-done = With a passkey
window-health-ready = Ready
window-health-needs-you = Needs you
window-health-watched = Watched
window-health-aside = Put aside
window-health-picture = { $done } of { $total } accounts have a proven passkey, { $ready } are ready, { $you } need you, { $watched } are watched, { $aside } are put aside
window-health-judging = Looking at your passwords, on this computer…
window-health-show = What was found
window-mark-risk = Risk
window-mark-caution = Take care

# What the watch found.
window-news-title =
    { $count ->
        [one] { $count } of your sites now takes passkeys
       *[other] { $count } of your sites now take passkeys
    }
window-news-detail = They have left the watched ones and stand in the plan now. Choose one to find it.
window-news-find = Find { $site } in the list
window-news-more = and { $count } more
window-news-dismiss = All right

# What is known of a site.
window-site-title = What Rekey knows of { $site }
window-site-close = Close
window-site-loading = One moment…
window-site-why = Why it stands where it does
window-site-warnings = Before you begin
window-site-facts = Facts about { $site }
window-site-address-note = Rekey opens no address by itself. Copy it to look for yourself.
window-site-copy = Copy
window-site-copy-of = Copy { $address }
window-site-copied = Copied
window-site-also = { $label }: also said
window-site-source = Source
window-site-observed = Seen { $date }
window-site-observed-unknown = Nobody noted when
window-site-old = More than two years old: it may have changed
window-site-doubtful = Hearsay: look before you rely on it
window-site-layer-built-in = Comes with Rekey
window-site-layer-refreshed = Fetched list
window-site-layer-site = The site itself
window-site-layer-own = Your correction
window-site-unknown = Not known
window-site-unknown-detail = Nobody has observed this, so Rekey does not guess.
window-site-nothing = Nothing is known of this site
window-site-nothing-detail = Rekey looks for the page with you: it signs in, searches the settings for passkeys, and asks you where it cannot see the way.

# What may leave the computer.
window-lookups = Look-ups
window-lookups-open = Look-ups…
window-lookups-lead = Rekey works without any of these. Each is off until you switch it on, and says what it reveals.
window-lookups-reveals = What it reveals
window-lookups-never = Not made yet
window-lookups-last = Last made: { $when }
window-lookups-weekly = Watch every week
window-lookups-weekly-detail = Once a week, while Rekey is open, the look-ups that are on are made again. Sites that have begun to take passkeys are announced.
window-lookups-check = Check now
window-lookups-check-none = Switch one on to check
window-lookups-check-files = Open a vault first: there is nothing to check yet.
window-lookups-cancel = Cancel
window-lookups-progress = Progress of the check
window-lookups-close = Close
window-lookups-state =
    { $count ->
        [0] All off: nothing leaves this computer
        [one] { $count } of { $total } is on
       *[other] { $count } of { $total } are on
    }
