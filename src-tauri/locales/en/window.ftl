# The window's own words: headings, buttons, labels. What depends on an account's state is in the other files.

window-skip-to-content = Skip to the content
window-safe = What is safe
window-next = What to do next
window-dismiss = Dismiss
window-notice = Message

window-menu = Settings
window-menu-appearance = Appearance
window-menu-appearance-system = As the system
window-menu-appearance-light = Light
window-menu-appearance-dark = Dark
window-menu-language = Language
window-menu-language-english = English
window-menu-language-spanish = Español
window-menu-version = Rekey { $version }

window-practice-badge = Practice
window-leave-practice = Leave practice
window-close-vault = Close

# The first screen.
window-welcome-title = Same lock, new key.
window-welcome-lead = Rekey moves your accounts from passwords to passkeys, one at a time, and proves each one by signing in with it.
window-welcome-drop = Drop your vault or export here
window-welcome-dropping = Let go to open
window-welcome-or = or
window-welcome-choose = Choose files…
window-welcome-busy = Reading…
window-welcome-formats = One file or several: KeePass databases, and what password managers, browsers and authenticator apps export.
window-welcome-promises = What Rekey promises
window-welcome-promise-read = Your vault is only read
window-welcome-promise-read-detail = Rekey never writes into your own file.
window-welcome-promise-local = Nothing is sent to us
window-welcome-promise-local-detail = Rekey talks only to the sites you choose.
window-welcome-promise-proof = Proven, not assumed
window-welcome-promise-proof-detail = A passkey counts once it has signed you in from a clean browser.
window-welcome-practice-title = Look around first?
window-welcome-practice-detail = The practice vault holds made-up accounts at a practice site on this computer. Nothing of yours is touched.
window-welcome-practice = Try it with a practice vault

# Unlocking the vault.
window-unlock-title = Unlock your vault
window-unlock-practice-title = Unlock the practice vault
window-unlock-password = Vault password
window-unlock-password-hint = Used once to open the file, then forgotten.
window-unlock-password-file = Password of this file
window-unlock-password-file-hint = The one it was saved or exported with. Used once to open the file, then forgotten.
window-unlock-key-file = Key file
window-unlock-key-file-none = None chosen
window-unlock-key-file-hint = Only if your vault was set up with one.
window-unlock-key-file-choose = Choose a key file…
window-unlock-key-file-remove = Remove the key file
window-unlock = Unlock
window-unlock-busy = Unlocking…
window-unlock-practice-detail = Rekey made this vault and knows its password, so there is nothing to type. With your own vault you would give the password here.
window-unlock-other = Choose another file
window-unlock-folder = in { $folder }

# Files on their way in.
window-reading-cancel = Cancel
window-reading-progress = Progress of reading { $file }
window-queue = File { $number } of { $total }
window-queue-skip = Skip this file
window-adding-back = Back to the accounts
window-recognised = Recognised as { $format }
window-costly-title = This file asks for an unusual effort
window-costly-try = Try anyway
window-costly-detail = Opening it may take minutes and much memory. You can cancel at any moment.

# A table whose columns nobody knows yet.
window-columns-title = What is in which column?
window-columns-lead =
    { $rows ->
        [one] This table is of no program that Rekey knows. It has { $rows } row. Say what each column holds; your answer is remembered.
       *[other] This table is of no program that Rekey knows. It has { $rows } rows. Say what each column holds; your answer is remembered.
    }
window-columns-heading = The first row names the columns
window-columns-heading-detail = If not, it is an entry like the others.
window-columns-column = Column
window-columns-looks = Looks like
window-columns-holds = Holds
window-columns-holds-of = What { $column } holds
window-columns-shapes-note = Only the shape of the cells is shown, never what is in them.
window-columns-empty = nothing
window-columns-read =
    { $rows ->
        [one] Read { $rows } row
       *[other] Read { $rows } rows
    }

# The open files.
window-sources =
    { $count ->
        [one] Your file
       *[other] Your { $count } files
    }
window-sources-add = Add another file…
window-sources-drop = Let go to add
window-sources-hint = Or drop it anywhere on this window.
window-sources-remove = Remove
window-sources-remove-of = Remove { $file }
window-sources-entries =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
window-sources-accounts =
    { $count ->
        [one] { $count } account
       *[other] { $count } accounts
    }
window-sources-codes =
    { $count ->
        [one] { $count } one-time code
       *[other] { $count } one-time codes
    }
window-sources-left-out = Left out: { $what }
window-sources-recycled = { $count } in the recycle bin
window-sources-templates =
    { $count ->
        [one] { $count } template
       *[other] { $count } templates
    }
window-sources-others =
    { $count ->
        [one] { $count } other item (card, note or the like)
       *[other] { $count } other items (cards, notes and the like)
    }

# A file that anybody can read.
window-exposed-title = { $file } can be read by anybody
window-exposed-detail = It holds your passwords as they are. Delete it when you are done here; Rekey has what it needs until you close this window.
window-exposed-delete = Delete the file…
window-exposed-delete-of = Delete the file… { $file }
window-exposed-keep = Keep it
window-exposed-keep-of = Keep it: { $file }
window-exposed-deleted = { $file } was deleted
window-exposed-deleted-detail = Copies in backups, clouds or e-mails are still there: look for them yourself.
window-exposed-done = All right
window-exposed-ask-title = Delete { $file }?
window-exposed-ask-safe = It is deleted at once and does not go to the trash. Your password manager is not touched.
window-exposed-ask-next = Do it only if your passwords are still in your password manager.
window-exposed-ask-where = Folder
window-exposed-ask-yes = Delete the file
window-exposed-ask-no = Keep it

# What the files leave open.
window-questions =
    { $count ->
        [0] Questions
        [one] { $count } question for you
       *[other] { $count } questions for you
    }
window-questions-detail = Nothing waits for them: answer what you like, now or later.
window-questions-later = Later
window-questions-later-of = Later: { $what }
window-questions-again =
    { $count ->
        [one] Ask the { $count } put-off question again
       *[other] Ask the { $count } put-off questions again
    }
window-questions-sites =
    { $count ->
        [one] Which site? { $count } entry has no web address
       *[other] Which site? { $count } entries have no web address
    }
window-questions-site-of = Site of { $entry }
window-questions-site-example = example.com
window-questions-site-use = Use this site
window-questions-site-use-of = Use this site for { $entry }
window-questions-passwords =
    { $count ->
        [0] Which password? All settled
        [one] Which password? { $count } account has several
       *[other] Which password? { $count } accounts have several
    }
window-questions-password-legend = Password of { $site }, { $user }
window-questions-password-where = in { $file }
window-questions-password-when = in { $file }, changed { $date }
window-questions-password-in-use = used as things stand
window-questions-password-use = Use this one
window-questions-password-use-of = Use this one: { $site }, { $user }
window-questions-password-chosen = You chose
window-questions-passwords-of = Wherever they differ, take the one in
window-questions-codes =
    { $count ->
        [one] Whose code is this? { $count } could belong to several accounts
       *[other] Whose code is this? { $count } could belong to several accounts
    }
window-questions-code-none = None of these
window-questions-code-use = It belongs here
window-questions-code-use-of = It belongs here: { $name }
window-questions-code-legend = Account of the code { $name }

# Where passwords are found.
window-export-title = Where do I find my passwords?
window-export-lead = Choose where they are now, and see where its export is hidden.
window-export-search = Search for a password manager or browser
window-export-none = Nothing is called “{ $search }” here. Many programs can export to CSV: bring that file, and say what its columns are.
window-export-list = Password managers and browsers
window-export-steps = How to export from { $product }
window-export-reads = Rekey reads: { $kinds }
window-export-unknown = Look for “Export” in its settings, and choose one of these kinds.
window-export-plain = An export like this can be read by anybody who gets it. Keep it on this computer only, and delete it when you are done; Rekey offers to.
window-export-back = Choose another

# What a vault notes about an account.
window-fields =
    { $count ->
        [one] Notes and fields ({ $count })
       *[other] Notes and fields ({ $count })
    }
window-fields-detail = What your vault notes beside the password, security answers for one. One at a time, for ten seconds.
window-fields-notes = Notes
window-fields-show = Show
window-fields-show-of = Show { $label }
window-fields-hide = Hide
window-fields-left =
    { $seconds ->
        [one] Hidden in { $seconds } second
       *[other] Hidden in { $seconds } seconds
    }

window-secret-show = Show what I type
window-secret-hide = Hide what I type
window-secret-caps = Caps Lock is on

# The accounts of the vault.
window-accounts-title =
    { $count ->
        [0] No accounts yet
        [one] { $count } account
       *[other] { $count } accounts
    }
window-accounts-new =
    { $count ->
        [one] { $count } new
       *[other] { $count } new
    }
window-accounts-changed =
    { $count ->
        [one] { $count } changed
       *[other] { $count } changed
    }
window-accounts-gone =
    { $count ->
        [one] { $count } no longer in your files
       *[other] { $count } no longer in your files
    }
window-accounts-since = Since last time: { $changes }
window-accounts-has-passkey = Passkey in the vault, not proven yet
window-accounts-archived = Archived
window-accounts-expired = Expired
window-accounts-sources = In { $files }
window-accounts-list = Accounts
window-accounts-filter = Filter by site or user name
window-accounts-filter-none = No account matches “{ $filter }”.
window-accounts-filter-clear = Clear the filter
window-accounts-select = Take { $site }, { $user } along
window-accounts-select-all = Select all that are left
window-accounts-selected =
    { $count ->
        [0] None selected
       *[other] { $count } selected
    }
window-accounts-start =
    { $count ->
        [0] Select accounts to start
        [one] Start with { $count } account
       *[other] Start with { $count } accounts
    }
window-accounts-all-done = Every account here is done.
window-accounts-empty-title = Nothing here that Rekey can take over yet
window-accounts-empty-detail = An account needs a site. Answer the questions above if there are any, look at the remarks below, or add another file.
window-action-start = Start
window-action-go-on = Go on
window-action-prove = Prove again
window-action-for = { $action }: { $site }, { $user }
window-accounts-no-user = No user name
window-accounts-has-totp = One-time code in the vault
window-accounts-no-password = No password in the vault
window-problems =
    { $count ->
        [one] { $count } remark about your files
       *[other] { $count } remarks about your files
    }
window-problems-more =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
window-problems-place = { $where } · { $file }

# How a run goes.
window-setup = How it runs
window-setup-assist = Who fills in and presses
window-setup-assist-watch = You do both
window-setup-assist-watch-detail = Rekey points to the place; you type and press.
window-setup-assist-assist = Rekey fills in, you press
window-setup-assist-assist-detail = You see every form before it is sent.
window-setup-assist-auto = Rekey does both
window-setup-assist-auto-detail = The fastest way. Some sites refuse automated browsers; Rekey then hands over to you.
window-setup-browser = Where the sites open
window-setup-verification = How often you confirm that it is you
window-setup-verification-each = For every passkey
window-setup-verification-each-detail = You give the store’s passphrase each time.
window-setup-verification-quarter = Every 15 minutes
window-setup-verification-quarter-detail = One passphrase covers the passkeys of the next quarter of an hour.
window-setup-store = Where passkeys are kept
window-setup-store-missing = Will be made when you start. You choose its passphrase.
window-setup-store-locked = Locked. You give its passphrase when you start.
window-setup-store-open = Open for this sitting.

# A run.
window-run-title = Moving to passkeys
window-run-title-over = The run is over
window-run-accounts = Accounts of this run
window-run-position = { $done } of { $total } finished
window-run-follow = Show the account in progress
window-run-status-waiting = Waiting
window-run-status-running = In progress
window-run-nothing-yet = It starts when the accounts before it are finished.
window-run-steps = The four steps
window-step-sign-in = Sign in
window-step-enrol = Add a passkey
window-step-accept = Site accepts
window-step-prove = Prove it
window-step-ahead = to come
window-step-now = now
window-step-done = done
window-step-stopped = stopped here
window-step-skipped = left out
window-who-rekey = Rekey is at work
window-who-person = Your turn
window-who-site = Waiting for the site
window-now-seconds =
    { $seconds ->
        [one] { $seconds } second left
       *[other] { $seconds } seconds left
    }
window-now-paused = Paused
window-now-paused-text = Nothing happens until you resume
window-now-paused-detail = What was done stays done.
window-now-pausing = Pausing…
window-now-pausing-detail = The step under way is finished first.
window-facts = What happened so far
window-facts-none = Nothing yet.
window-proof = The proof
window-run-pause = Pause
window-run-resume = Resume
window-run-skip = Skip this account
window-run-stop = Stop
window-run-finish = Back to the accounts
window-run-controls = Controls of the run
window-stop-title = Stop this run?
window-stop-safe = Everything that is done stays done, and the ledger knows each step. Your passwords work as before.
window-stop-next = You can go on later from the list of accounts.
window-stop-confirm = Stop the run
window-stop-cancel = Keep going
window-outcome-proven = Proven
window-outcome-second-factor = Second factor
window-outcome-needs-person = Needs you
window-outcome-stuck = Stuck
window-outcome-skipped = Skipped
window-result-happened = What happened
window-summary-title =
    { $total ->
        [one] { $proven } of { $total } account proven
       *[other] { $proven } of { $total } accounts proven
    }
window-summary-all = They sign in with a passkey now, each seen to work from a clean browser.
window-summary-some = What is proven is safe to use. The others are as the list says; nothing is lost.
window-summary-none = Nothing was lost: your passwords work as before. The list says how to go on.

# Questions that wait for an answer.
window-prompt-make-store = Choose a passphrase for your passkeys
window-prompt-make-store-detail = Rekey keeps the passkeys it makes in a store of its own, a file that only this passphrase opens.
window-prompt-make-store-warning = It cannot be recovered. Without it the passkeys in the store are lost, so write it down and keep it safe.
window-prompt-open-store = Open your store of passkeys
window-prompt-open-store-detail = The run keeps its passkeys there.
window-prompt-make-passkey = Make a passkey for { $site }?
window-prompt-make-passkey-detail = The site is ready. Rekey makes a new passkey and hands its public part to the site. Your password stays as it is.
window-prompt-use-passkey = Sign in to { $site } with the passkey?
window-prompt-use-passkey-detail = A clean browser, with nothing left of any sign-in before, asks for the passkey. If it signs you in, it is proven.
window-prompt-file = Store
window-prompt-site = Site
window-prompt-user = Account
window-prompt-relying-party = Passkey belongs to
window-prompt-home = Kept in
window-prompt-passphrase = Passphrase of the store
window-prompt-passphrase-new = New passphrase
window-prompt-passphrase-again = The same passphrase again
window-prompt-passphrases-differ = The two are not the same. Type it again.
window-prompt-passphrase-empty = Type a passphrase first.
window-prompt-practice = In practice Rekey chose the passphrase for you.
window-prompt-use-practice = Use the practice passphrase
window-prompt-create = Make the store
window-prompt-open = Open the store
window-prompt-make = Make the passkey
window-prompt-sign-in = Sign in
window-prompt-decline = Not now
window-prompt-sent = One moment…
window-strength-none = Use at least four random words, or 16 characters or more.
window-strength-short = Short: easy to guess for a computer.
window-strength-fair = Fair: longer is better.
window-strength-good = Good length.
window-strength-strong = Strong length.

# A fault that came without words.
window-unexpected = Something went wrong inside Rekey.
window-unexpected-safe = Your vault was not changed, and the ledger knows every step that was taken.
window-unexpected-next = Try again. If it comes back, close Rekey and open it again.
