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
import-did = In the ledger: { $new } new, { $changed } changed.
import-would = Only looked. It would be: { $new } new, { $changed } changed.
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
