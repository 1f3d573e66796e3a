# What the command line says besides words.ftl.

error-label = Error

ask-vault-password = Password of the vault:{" "}
ask-store-passphrase = Passphrase of Rekey's store:{" "}
ask-store-passphrase-again = Your verification has lapsed. Passphrase of Rekey's store:{" "}
ask-new-store-passphrase = Choose a passphrase for Rekey's new store:{" "}
ask-again = Once more:{" "}

import-done =
    { $entries ->
        [one] Read { $format }: 1 entry,{" "}
       *[other] Read { $format }: { $entries } entries,{" "}
    }{ $accounts ->
        [one] 1 account.
       *[other] { $accounts } accounts.
    }
import-did = In the ledger: { $new } new, { $changed } changed, { $gone } gone.
import-would = Only looked. It would be: { $new } new, { $changed } changed, { $gone } gone.
import-problems =
    { $count ->
        [one] 1 thing to look at:
       *[other] { $count } things to look at:
    }

accounts-none = No account to show. "rekey import FILE" brings accounts in; without filters all are listed.
report-written = Report: { $path }

live-store-created = A new store for passkeys was made: { $store }
live-store-created-from-file = A new store for passkeys was made: { $store }. Its passphrase is what { $file } holds; without it the passkeys are lost.
live-waiting-for-code =
    { $seconds ->
        [one] Waiting 1 second for the next one-time code
       *[other] Waiting { $seconds } seconds for the next one-time code
    }

practice-address = Practice site: { $url }
practice-account =
    { $totp ->
        [yes] { $user }  { $url }  password and one-time code
       *[no] { $user }  { $url }  password
    }
practice-vault = Practice vault: { $path }
practice-password = Its password is in: { $path }
practice-explain = What happens in a ceremony: { $url }
practice-inbox = E-mails of the accounts: { $url }
practice-kept = The site's data stays in: { $path }
practice-kept-as-it-was = The accounts that were kept are there as they were; --accounts and --rehearse count for a new site only.
practice-end = The site runs until you press Ctrl-C.

# Bringing vaults in.
ask-vault-password-of = Password of { $file }:{" "}
reading = Reading { $file }: { $stage } { $percent }
reading-key = making the key from the password
reading-entries = entries
import-file =
    { $entries ->
        [one] Read { $file } ({ $format }): 1 entry.
       *[other] Read { $file } ({ $format }): { $entries } entries.
    }
import-together =
    { $count ->
        [one] Together they hold 1 account.
       *[other] Together they hold { $count } accounts.
    }
import-recycled =
    { $count ->
        [one] Left out: 1 entry in the recycle bin.
       *[other] Left out: { $count } entries in the recycle bin.
    }
import-templates =
    { $count ->
        [one] Left out: 1 template.
       *[other] Left out: { $count } templates.
    }
import-not-logins =
    { $count ->
        [one] Left out: 1 item that is no sign-in (a card, a note, a key).
       *[other] Left out: { $count } items that are no sign-ins (cards, notes, keys).
    }
import-with-passkey =
    { $count ->
        [one] 1 account has a passkey in the vault already. Rekey has not proven it.
       *[other] { $count } accounts have a passkey in the vault already. Rekey has not proven them.
    }
import-tokens =
    { $count ->
        [one] 1 one-time code belongs to no account here. Bring in the vault with that account together with this file.
       *[other] { $count } one-time codes belong to no account here. Bring in the vault with their accounts together with this file.
    }
import-gone =
    { $count ->
        [one] 1 account is no longer in the vault. What the ledger knows of it stays:
       *[other] { $count } accounts are no longer in the vault. What the ledger knows of them stays:
    }
import-differing =
    { $count ->
        [one] 1 account has different passwords. The newest is used; --prefer FILE takes that file's:
       *[other] { $count } accounts have different passwords. The newest are used; --prefer FILE takes that file's:
    }
import-password-used = used: { $file }, { $entry }, changed { $modified }
import-password-other = not used: { $file }, { $entry }, changed { $modified }
import-unplaced =
    { $count ->
        [one] 1 entry has no web address. Which site is it? Say so with --place "TITLE=SITE":
       *[other] { $count } entries have no web address. Which sites are they? Say so with --place "TITLE=SITE":
    }
import-plain-text = { $file } holds secrets that anybody who gets hold of it can read. Delete it when you are done, from the trash too; --delete-export does it after asking you.
delete-ask = Type { $name } to delete that file:{" "}
delete-kept = { $file } was not deleted.
delete-not = { $file } was not deleted: not all of it could be read, or it is a link.
delete-done = { $file } is deleted. Backups, cloud folders and the disk itself may still hold what was in it.
formats-name = Name
formats-product = Source
formats-kind = Kind
formats-evidence = Tried on
formats-export = How to get the file:
evidence-program = compared with { $program }
evidence-export = real exports ({ $from })
evidence-documentation = documentation only

site-unknown = Nothing is known of { $site }. Whether it takes passkeys: unknown. Rekey looks for the page with you when you start.
site-unknown-fields = Unknown: { $fields }
site-sources = Sources
site-old = seen more than two years ago
site-overruled = not what counts

contribute-files =
    { $count ->
        [0] There are no corrections to give.
        [one] Written { $count } site. Read it before you give it away:
       *[other] Written { $count } sites. Read them before you give them away:
    }
contribute-kept-back =
    { $count ->
        [one] Kept back, because it may tell who wrote it:
       *[other] Kept back, because they may tell who wrote them:
    }

plan-more =
    { $count ->
        [one] And { $count } more; --limit shows it.
       *[other] And { $count } more; --limit shows them.
    }
plan-resting =
    { $count ->
        [one] Nothing to do at { $count } other account; --everything shows it.
       *[other] Nothing to do at { $count } other accounts; --everything shows them.
    }

look-ups-on = on
look-ups-off = off
look-ups-watch-on = While Rekey's window is open, what is on is looked up again once a week.
look-ups-watch-off = Rekey looks up nothing by itself (--watch yes changes that).
look-ups-last = Last looked up: { $time }
look-ups-never = Nothing was ever looked up.

recheck-refresh =
    { $failed ->
        [0] The list of sites: { $found } sites that take passkeys.
       *[other] The list of sites could not be fetched:
    }
recheck-sites =
    { $asked ->
        [0] No site needed to be asked.
       *[other] Asked { $asked } sites: { $found } say that they take passkeys; { $failed } could not be asked.
    }
recheck-breaches = Looked up { $asked } passwords: { $found } are in known breaches; { $failed } could not be looked up.
recheck-news =
    { $count ->
        [0] No site is known to take passkeys that did not before.
        [one] { $count } site takes passkeys now:
       *[other] { $count } sites take passkeys now:
    }
recheck-no-vault = No vault was named, so that no password is looked up: rekey recheck VAULT
recheck-no-breaches = Looking up passwords is switched off, so that the files are not read: rekey look-ups --on breaches
recheck-cancelled = It was ended before all was asked. What was found until then is kept.
plan-then = Then: { $step }
import-next = In which order to go, and why: rekey plan
recheck-refused = Nobody could be asked, so that nothing is known that was not known before.

# What an authenticator asks at the terminal.
ask-pin = PIN of { $home }:{" "}
ask-pin-again = That PIN is wrong{ $left ->
        [-1] .
        [one] ; one try is left.
       *[other] ; { $left } tries are left.
    } PIN of { $home }:{" "}
ask-new-pin = { $home } has no PIN yet. A new one, at least { $shortest } characters:{" "}
ask-new-pin-refused = { $home } does not take that PIN. Another one, at least { $shortest } characters:{" "}
pins-differ = The two PINs differ; nothing was set.
notice-insert = Plug in your security key, or hold it near.
notice-touch-to-choose = Touch the security key that you want to use.
notice-touch = Touch your security key.
notice-verify = Give your fingerprint, or what the authenticator asks for.
